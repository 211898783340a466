#include "socket.h"

#include "../recorder/kind.h"

#include <stdlib.h>

const char kind_name[] = "non-ifs";

static socket_t *sockets;
static SRWLOCK lock = SRWLOCK_INIT;

/* Under the lock. The context is a pointer that ws2_32 kept for us; but handles of other non-IFS layers have
 * contexts too, so it counts only if it is on the list. */
static socket_t *find(SOCKET handle)
{
  DWORD_PTR context;
  int ignored;

  if (chain_upcalls()->lpWPUQuerySocketHandleContext(handle, &context, &ignored))
    return NULL;
  socket_t *socket = sockets;
  while (socket != NULL && socket != (socket_t *)context)
    socket = socket->next;
  return socket;
}

socket_t *socket_hold(SOCKET handle, int *error)
{
  AcquireSRWLockExclusive(&lock);
  socket_t *socket = find(handle);
  if (socket != NULL && socket->closed)
    socket = NULL;
  if (socket != NULL)
    socket->references++;
  ReleaseSRWLockExclusive(&lock);
  if (socket == NULL)
    *error = WSAENOTSOCK;
  return socket;
}

void socket_release(socket_t *socket)
{
  int ignored;

  AcquireSRWLockExclusive(&lock);
  BOOL last = --socket->references == 0;
  if (last) {
    socket_t **place = &sockets;

    while (*place != socket)
      place = &(*place)->next;
    *place = socket->next;
    chain_upcalls()->lpWPUCloseSocketHandle(socket->handle, &ignored);
  }
  ReleaseSRWLockExclusive(&lock);
  if (last)
    free(socket);
}

SOCKET socket_over(SOCKET below)
{
  SOCKET handle = INVALID_SOCKET;

  AcquireSRWLockShared(&lock);
  for (socket_t *socket = sockets; socket != NULL; socket = socket->next) {
    if (socket->below == below && !socket->closed)
      handle = socket->handle;
  }
  ReleaseSRWLockShared(&lock);
  return handle;
}

/* An open socket, marked as closed, with the reference that it had while it was open. */
static socket_t *take_open(void)
{
  AcquireSRWLockExclusive(&lock);
  socket_t *socket = sockets;
  while (socket != NULL && socket->closed)
    socket = socket->next;
  if (socket != NULL)
    socket->closed = TRUE;
  ReleaseSRWLockExclusive(&lock);
  return socket;
}

void socket_close_all(void)
{
  int ignored;

  for (socket_t *socket = take_open(); socket != NULL; socket = take_open()) {
    socket->chain->next.lpWSPCloseSocket(socket->below, &ignored);
    socket_release(socket);
  }
}

SOCKET kind_adopt(chain_t *chain, SOCKET below, int *error)
{
  int ignored;
  socket_t *socket = calloc(1, sizeof *socket);

  *error = WSAENOBUFS;
  if (socket == NULL)
    goto close_below;
  *socket = (socket_t){.references = 1, .chain = chain, .below = below};
  socket->handle = chain_upcalls()->lpWPUCreateSocketHandle(chain->own_id, (DWORD_PTR)socket, error);
  if (socket->handle == INVALID_SOCKET)
    goto free_socket;
  SOCKET handle = socket->handle;
  AcquireSRWLockExclusive(&lock);
  socket->next = sockets;
  sockets = socket;
  ReleaseSRWLockExclusive(&lock);
  return handle;
free_socket:
  free(socket);
close_below:
  chain->next.lpWSPCloseSocket(below, &ignored);
  return INVALID_SOCKET;
}

BOOL kind_below(chain_t **chain, SOCKET s, SOCKET *below, int *error)
{
  socket_t *socket = socket_hold(s, error);

  if (socket == NULL)
    return FALSE;
  *chain = socket->chain;
  *below = socket->below;
  socket_release(socket);
  return TRUE;
}

/* Requests that the closing broke off still have to be reported, on this handle: it stays until then. */
void kind_closed(SOCKET s)
{
  int ignored;
  socket_t *socket = socket_hold(s, &ignored);

  if (socket == NULL)
    return;
  AcquireSRWLockExclusive(&lock);
  BOOL open = !socket->closed;
  socket->closed = TRUE;
  ReleaseSRWLockExclusive(&lock);
  if (open)
    socket_release(socket);
  socket_release(socket);
}

void kind_describe(const chain_t *chain, WSAPROTOCOL_INFOW *answer)
{
  int protocol = answer->iProtocol;

  *answer = chain->own_info;
  answer->iProtocol = protocol;
}
