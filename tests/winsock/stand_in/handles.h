/* Which catalog entry owns which socket handle. Any thread. */
#ifndef SOCKWARDEN_TESTS_HANDLES_H
#define SOCKWARDEN_TESTS_HANDLES_H

#include "process.h"

/* Notes the owner; a handle noted before gets the new one: with layers, the top layer's call comes last. 0 or
 * WSAENOBUFS. */
int handles_note(SOCKET socket, entry_t *owner);

/* NULL where the handle has not been seen. */
entry_t *handles_owner(SOCKET socket);

/* Returns the owner it had, so that a failed closesocket can put it back. */
entry_t *handles_forget(SOCKET socket);

void handles_forget_all(void);

#endif
