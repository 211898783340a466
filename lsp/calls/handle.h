/*
 * handle.h - the sockets that a lower provider makes: which chain owns them for ws2_32, and which error is
 * reported where none was made.
 */
#ifndef SOCKWARDEN_LSP_HANDLE_H
#define SOCKWARDEN_LSP_HANDLE_H

#include "chain_instance.h"

/*
 * Label a handle that the lower provider made with our chain (WPUModifyIFSHandle) and return what the caller
 * may be given. A lower provider without IFS handles keeps its label: claiming its handle would be a lie.
 * Where ws2_32 refuses, the lower socket is closed, INVALID_SOCKET returned and *error is ws2_32's. Source:
 * docs/winsock-notes.md 2; LPWSPSocket, Remarks.
 */
SOCKET handle_label(const chain_instance_t *instance, SOCKET s, INT *error);

/*
 * Finish a call on `s` for which the lower provider returned `made`, with `error` where that is
 * INVALID_SOCKET: label it, unless it is `s` itself, which is labelled. Reports failure in *lpErrno.
 */
SOCKET handle_finish(const chain_instance_t *instance, SOCKET s, SOCKET made, INT error, LPINT lpErrno);

/* Report an error as all socket functions do; a lower provider that failed and named no error failed all the
 * same: WSAENETDOWN. */
void handle_fail(LPINT lpErrno, INT error);

#endif
