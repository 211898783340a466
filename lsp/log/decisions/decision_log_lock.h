/*
 * decision_log_lock.h - the one lock of the decision log's state in this process. Held for a few memory
 * operations, never while the system is called.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_LOCK_H
#define SOCKWARDEN_LSP_DECISION_LOG_LOCK_H

#include <stdbool.h>
#include "winsock.h"

/* False where it cannot be had in a moment: whoever held it may have been terminated, and no socket call
 * waits for a log. */
bool decision_log_lock(void);
void decision_log_unlock(void);

#endif
