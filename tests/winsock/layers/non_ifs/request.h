/* Overlapped requests. The client ties its completion port to the handle it has, the provider below knows
 * only the socket below: so each request goes down with a structure and an event of our own, and when that
 * event is set the end is reported to the client in the way it chose ("Layered Service Provider
 * Considerations" of WPUCreateSocketHandle). */
#ifndef SOCKWARDEN_TESTS_REQUEST_H
#define SOCKWARDEN_TESTS_REQUEST_H

#include "socket.h"

typedef struct request {
  WSAOVERLAPPED own;        /* for the provider below */
  DWORD transferred, flags; /* for what it tells at once */
  socket_t *socket;
  WSAOVERLAPPED *client;
  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
  WSATHREADID thread;
  BOOL thread_is_ours;
  int error;
  TP_WAIT *wait;
} request_t;

/* A request on its way; takes over the caller's reference to the socket. `thread` may be NULL: the calling
 * thread then. NULL and *error on failure, the reference released. */
request_t *request_begin(socket_t *socket, WSAOVERLAPPED *client, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                         const WSATHREADID *thread, int *error);

/* What the provider below answered: `result` 0, or SOCKET_ERROR with `error`. Returns SOCKET_ERROR and
 * *lpErrno for the client: WSA_IO_PENDING, even where it is done already, since its end will be reported; or
 * the failure, the request then gone. */
int request_sent(request_t *request, int result, int error, LPINT lpErrno);

/* WSPGetOverlappedResult. */
WINBOOL WSPAPI request_result(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD transferred, WINBOOL wait,
                              LPDWORD flags, LPINT lpErrno);

#endif
