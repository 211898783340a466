/*
 * decision_thread.h - a thread that is deciding: that it is, so that a socket call it makes meanwhile is not
 * decided in turn, and that it works as the process where it impersonates a client.
 */
#ifndef SOCKWARDEN_LSP_DECISION_THREAD_H
#define SOCKWARDEN_LSP_DECISION_THREAD_H

#include <stdbool.h>
#include "winsock.h"

/* One decision under way; on the stack of its thread. */
typedef struct decision_thread {
  DWORD index;
  HANDLE client; /* the token that the thread impersonated with, or NULL */
  bool as_process;
} decision_thread_t;

typedef enum decision_thread_state {
  DECISION_THREAD_BEGUN,
  DECISION_THREAD_BUSY,  /* the thread is deciding already: nothing to end */
  DECISION_THREAD_FAILED /* there is no TLS index or no memory: nothing to end */
} decision_thread_state_t;

decision_thread_state_t decision_thread_begin(decision_thread_t *thread);

/* The thread impersonates again, where it did, and is not deciding any more. */
void decision_thread_end(decision_thread_t *thread);

/* Policies, settings and tokens are the process's business, not that of whoever the thread serves just now
 * (docs/winsock-notes.md 3). Done when the engine first asks for any, so a decision that does not costs
 * nothing. Does nothing on a thread that is not deciding. */
void decision_thread_act_as_process(void);

/* The TLS index: take one where there is none; give it up, for the caller to free (TLS_OUT_OF_INDEXES: none).
 * Under the startup lock; no thread is deciding when it is given up. */
void decision_thread_attach(void);
DWORD decision_thread_detach(void);

#endif
