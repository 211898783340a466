/*
 * decision_log_repeats.h - equal decisions: written once and counted from then on.
 *
 * Everything here under decision_log_lock, but for decision_log_repeats_pending.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_REPEATS_H
#define SOCKWARDEN_LSP_DECISION_LOG_REPEATS_H

#include <stdbool.h>
#include "decision_log_record.h"

enum { LOG_REPEAT_MS = 10 * 1000 }; /* how long equal decisions are only counted */

/* Take note of a decision. True where it is new and to be written, false where it was counted. *overdue
 * receives a count that is to be written, too; its size is 0 where there is none. */
bool decision_log_repeats_add(const log_record_t *record, log_record_t *overdue);

/* A count that has waited for so long, as a record to write; its size is 0 where there is none. The count
 * starts anew. */
void decision_log_repeats_take(DWORD waited, log_record_t *record);

/* Whether there is any count. */
bool decision_log_repeats_pending(void);

/* What comes next is new. */
void decision_log_repeats_forget(void);

#endif
