/*
 * impersonation.h - acting as the process on a thread that impersonates a client (docs/winsock-notes.md 3).
 */
#ifndef SOCKWARDEN_WINHOST_IMPERSONATION_H
#define SOCKWARDEN_WINHOST_IMPERSONATION_H

#include "winsock.h"

/* Stop impersonating on this thread. Returns the token to give back, or NULL where the thread does not
 * impersonate or cannot be made to stop. */
HANDLE impersonation_suspend(void);

/* Impersonate again, on the same thread; frees the token. */
void impersonation_resume(HANDLE token);

#endif
