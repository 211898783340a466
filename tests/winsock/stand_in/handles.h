/* Which catalog entry owns which socket handle. Any thread.
 *
 * Two sorts: file handles of IFS providers, which are only noted here; and handles made here for providers
 * that have none (WPUCreateSocketHandle), with the provider's context and the completion port that a client
 * tied them to. */
#ifndef SOCKWARDEN_TESTS_HANDLES_H
#define SOCKWARDEN_TESTS_HANDLES_H

#include "process.h"

/* Notes the owner of a file handle; a handle noted before gets the new one: with layers, the top layer's call
 * comes last. 0, WSAENOBUFS, or WSAEINVAL for a handle that was made here: WPUModifyIFSHandle takes "an IFS
 * handle allocated by the provider". */
int handles_note(SOCKET socket, entry_t *owner);

/* NULL where the handle has not been seen. */
entry_t *handles_owner(SOCKET socket);

/* Returns the owner it had, so that a failed closesocket can put it back. Leaves alone, and returns NULL for,
 * a handle that was made here: that one lives until handles_unmake. */
entry_t *handles_forget(SOCKET socket);

/* A handle "indistinguishable from true file system handles" (WPUCreateSocketHandle). 0 or WSAENOBUFS. */
int handles_make(entry_t *owner, DWORD_PTR context, SOCKET *socket);

/* These fail for handles that were not made here. */
BOOL handles_unmake(SOCKET socket);
BOOL handles_context(SOCKET socket, DWORD_PTR *context);

/* Ties a made handle to a completion port, of which a duplicate is kept. FALSE where it is tied already. */
BOOL handles_tie(SOCKET socket, HANDLE port, ULONG_PTR key);

/* The handle's port, NULL where it is not tied. Calls `post` with the handle's port, which stays open
 * meanwhile. FALSE where the handle was not made here. */
BOOL handles_with_port(SOCKET socket, void (*post)(HANDLE port, ULONG_PTR key, void *argument),
                       void *argument);

/* How many open handles are known. The label of a socket that a layer closed below it, for a handle of its
 * own, stays until the system gives the same handle out again: nobody tells ws2_32. */
DWORD handles_count(void);

void handles_forget_all(void);

#endif
