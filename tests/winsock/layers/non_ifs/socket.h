/* A socket of the non-IFS layer: the handle its client has, from WPUCreateSocketHandle, and the socket of the
 * provider below. */
#ifndef SOCKWARDEN_TESTS_SOCKET_H
#define SOCKWARDEN_TESTS_SOCKET_H

#include "../recorder/chain.h"

typedef struct socket {
  struct socket *next;
  LONG references; /* one while the socket is open, one for each request under way */
  chain_t *chain;
  SOCKET handle, below;
  BOOL closed;
} socket_t;

/* The socket of a handle, with a reference for the caller; NULL and WSAENOTSOCK where it is none, or closed.
 */
socket_t *socket_hold(SOCKET handle, int *error);

/* One reference fewer. The last one gives the handle back to ws2_32 (WPUCloseSocketHandle). */
void socket_release(socket_t *socket);

/* The handle of the open socket over that socket below; INVALID_SOCKET where there is none. */
SOCKET socket_over(SOCKET below);

/* Closes what is still open, below. */
void socket_close_all(void);

#endif
