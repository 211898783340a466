/*
 * handle.h - sockets that come to life below us: whose they are for ws2_32, and what went wrong where none
 * did.
 */
#ifndef SOCKWARDEN_LSP_HANDLE_H
#define SOCKWARDEN_LSP_HANDLE_H

#include "chain_instance.h"

/*
 * Label a handle the lower provider made with our chain (WPUModifyIFSHandle) and return what the caller may
 * be given. A lower provider without IFS handles keeps its label: claiming its handle would be a lie. Where
 * ws2_32 refuses, the lower socket is closed, INVALID_SOCKET returned and *error is ws2_32's. Source:
 * docs/winsock-notes.md 2; LPWSPSocket, Remarks.
 */
SOCKET handle_adopt(const slot_t *slot, SOCKET s, INT *error);

/* Report an error in the way of all socket functions; a provider below that named none failed all the same.
 */
void handle_fail(LPINT lpErrno, INT error);

#endif
