/* Everything else that is asked of one socket. */
#include "protocol_info.h"
#include "route.h"
#include "thread.h"

#include <mswsock.h>
#include <string.h>

int WSAAPI bind(SOCKET s, const struct sockaddr *name, int namelen)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPBind(s, name, namelen, &error);
  return route_result(result, error);
}

int WSAAPI WSAConnect(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                      LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPConnect(s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS, &error);
  return route_result(result, error);
}

int WSAAPI connect(SOCKET s, const struct sockaddr *name, int namelen)
{
  return WSAConnect(s, name, namelen, NULL, NULL, NULL, NULL);
}

int WSAAPI listen(SOCKET s, int backlog)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPListen(s, backlog, &error);
  return route_result(result, error);
}

int WSAAPI shutdown(SOCKET s, int how)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPShutdown(s, how, &error);
  return route_result(result, error);
}

int WSAAPI getsockname(SOCKET s, struct sockaddr *name, int *namelen)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPGetSockName(s, name, namelen, &error);
  return route_result(result, error);
}

int WSAAPI getpeername(SOCKET s, struct sockaddr *name, int *namelen)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPGetPeerName(s, name, namelen, &error);
  return route_result(result, error);
}

/* SO_OPENTYPE belongs to the thread, whatever socket is named. */
static int open_type(int *value, int *size, BOOL set)
{
  thread_t *thread = thread_current();

  if (thread == NULL || value == NULL || *size < (int)sizeof *value)
    return route_result(SOCKET_ERROR, WSAEFAULT);
  if (set)
    thread->open_type = *value;
  else
    *value = thread->open_type;
  *size = sizeof *value;
  return 0;
}

static int protocol_info_narrowed(const WSPPROC_TABLE *table, SOCKET s, char *optval, int *optlen)
{
  WSAPROTOCOL_INFOW wide;
  int size = sizeof wide, error = 0;

  if (optval == NULL || optlen == NULL || *optlen < (int)sizeof(WSAPROTOCOL_INFOA)) {
    if (optval != NULL && optlen != NULL)
      *optlen = sizeof(WSAPROTOCOL_INFOA);
    return route_result(SOCKET_ERROR, WSAEFAULT);
  }
  int result = table->lpWSPGetSockOpt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&wide, &size, &error);
  if (result == 0) {
    WSAPROTOCOL_INFOA narrow;

    protocol_info_narrow(&wide, &narrow);
    memcpy(optval, &narrow, sizeof narrow);
  }
  return route_result(result, error);
}

int WSAAPI getsockopt(SOCKET s, int level, int optname, char *optval, int *optlen)
{
  if (level == SOL_SOCKET && optname == SO_OPENTYPE)
    return process_started() ? open_type((int *)(void *)optval, optlen, FALSE) : SOCKET_ERROR;
  const WSPPROC_TABLE *table = route_socket(s);
  if (table == NULL)
    return SOCKET_ERROR;
  /* The SPI knows the wide form only. */
  if (level == SOL_SOCKET && optname == SO_PROTOCOL_INFOA)
    return protocol_info_narrowed(table, s, optval, optlen);
  int error = 0;
  int result = table->lpWSPGetSockOpt(s, level, optname, optval, optlen, &error);
  return route_result(result, error);
}

int WSAAPI setsockopt(SOCKET s, int level, int optname, const char *optval, int optlen)
{
  if (level == SOL_SOCKET && optname == SO_OPENTYPE)
    return process_started() ? open_type((int *)(ULONG_PTR)optval, &optlen, TRUE) : SOCKET_ERROR;
  const WSPPROC_TABLE *table = route_socket(s);
  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPSetSockOpt(s, level, optname, optval, optlen, &error);
  return route_result(result, error);
}

int WSAAPI WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer,
                    LPVOID lpvOutBuffer, DWORD cbOutBuffer, LPDWORD lpcbBytesReturned,
                    LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  thread_t *thread = lpOverlapped != NULL ? thread_current() : NULL;
  int error = 0;
  int result = table->lpWSPIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer,
                                 lpcbBytesReturned, lpOverlapped, lpCompletionRoutine,
                                 thread != NULL ? &thread->id : NULL, &error);
  return route_result(result, error);
}

int WSAAPI ioctlsocket(SOCKET s, __LONG32 cmd, u_long *argp)
{
  DWORD returned;

  return WSAIoctl(s, (DWORD)cmd, argp, sizeof *argp, argp, sizeof *argp, &returned, NULL, NULL);
}

int WSAAPI WSAEventSelect(SOCKET s, WSAEVENT hEventObject, __LONG32 lNetworkEvents)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPEventSelect(s, hEventObject, lNetworkEvents, &error);
  return route_result(result, error);
}

int WSAAPI WSAEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject, LPWSANETWORKEVENTS lpNetworkEvents)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPEnumNetworkEvents(s, hEventObject, lpNetworkEvents, &error);
  return route_result(result, error);
}

int WSAAPI WSAAsyncSelect(SOCKET s, HWND hWnd, u_int wMsg, __LONG32 lEvent)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPAsyncSelect(s, hWnd, wMsg, lEvent, &error);
  return route_result(result, error);
}

WINBOOL WSAAPI WSAGetQOSByName(SOCKET s, LPWSABUF lpQOSName, LPQOS lpQOS)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return FALSE;
  int error = 0;
  WINBOOL found = table->lpWSPGetQOSByName(s, lpQOSName, lpQOS, &error);
  if (!found)
    SetLastError((DWORD)error);
  return found;
}
