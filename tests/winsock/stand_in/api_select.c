/* Waiting for several sockets. */
#include "builtin.h"
#include "route.h"

#include <mswsock.h>
#include <stdlib.h>

static BOOL first_socket(const fd_set *set, SOCKET *first)
{
  if (set == NULL || !set->fd_count)
    return FALSE;
  *first = set->fd_array[0];
  return TRUE;
}

/* "The select function is limited to a set of sockets associated with a single service provider" (Multiple
 * Provider Restrictions on Select): the whole call goes to the provider of the first socket. */
int WSAAPI select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const PTIMEVAL timeout)
{
  if (!process_started())
    return SOCKET_ERROR;
  SOCKET first;
  if (!first_socket(readfds, &first) && !first_socket(writefds, &first) && !first_socket(exceptfds, &first))
    return route_result(SOCKET_ERROR, WSAEINVAL);
  const WSPPROC_TABLE *table = route_socket(first);
  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPSelect(nfds, readfds, writefds, exceptfds, timeout, &error);
  return route_result(result, error);
}

/* There is no WSPPoll: the base provider's handles are polled, and SIO_BSP_HANDLE_POLL is how a layer is
 * asked for them. */
static SOCKET poll_handle(SOCKET socket)
{
  const WSPPROC_TABLE *table = route_socket(socket);
  SOCKET base;
  DWORD size;
  int error = 0;

  if (table == NULL || table->lpWSPIoctl(socket, SIO_BSP_HANDLE_POLL, NULL, 0, &base, sizeof base, &size,
                                         NULL, NULL, NULL, &error))
    return socket;
  return base;
}

int WSAAPI WSAPoll(LPWSAPOLLFD fdArray, ULONG fds, INT timeout)
{
  if (!process_started())
    return SOCKET_ERROR;
  if (fdArray == NULL || !fds)
    return route_result(SOCKET_ERROR, fds ? WSAEFAULT : WSAEINVAL);
  WSAPOLLFD *base = malloc(fds * sizeof *base);
  if (base == NULL)
    return route_result(SOCKET_ERROR, WSAENOBUFS);
  for (ULONG i = 0; i < fds; i++) {
    base[i] = fdArray[i];
    /* "If a negative value is passed, the structure is ignored." */
    if ((SSIZE_T)fdArray[i].fd >= 0)
      base[i].fd = poll_handle(fdArray[i].fd);
  }
  int result = builtin()->WSAPoll(base, fds, timeout);
  DWORD error = GetLastError();
  for (ULONG i = 0; i < fds; i++)
    fdArray[i].revents = base[i].revents;
  free(base);
  SetLastError(error);
  return result;
}
