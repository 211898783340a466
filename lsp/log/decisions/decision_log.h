/*
 * decision_log.h - what was decided, as JSON Lines under LogDir (docs/operations.md).
 *
 * Equal decisions are written once and counted from then on; the count follows in a record of its own. A
 * process writes so many bytes a minute at most; what it leaves out and what cannot be written is counted,
 * and the counts are in the next record that can be written. No heap, no thread, no lock that another process
 * could hold; nothing here fails a socket call. Any thread; the caller sees to it that it does not
 * impersonate and that a socket call from inside passes through. GetLastError is not preserved.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_H
#define SOCKWARDEN_LSP_DECISION_LOG_H

#include "policy.h"
#include "process_attributes.h"
#include "settings.h"

enum {
  LOG_REPEAT_MS = 10 * 1000,    /* how long equal decisions are only counted */
  LOG_MINUTE_BYTES = 64 * 1024, /* that a process writes in a minute */
  LOG_RETRY_MS = 5 * 1000       /* how long nothing is tried after a write that failed */
};

/* Take up settings, and write what was counted long enough. At every reading of the settings. */
void decision_log_configure(const settings_log_t *settings);

/* Whether anything at all is logged under the settings in force. */
bool decision_log_is_on(void);

/* Whether this decision is to be logged: a compare or two. */
bool decision_log_wants(const policy_verdict_t *verdict);

/* Log it. True where it is new, false where an equal one was logged just before. `attributes` may be NULL. */
bool decision_log_decision(process_attributes_t *attributes, const policy_request_t *request,
                           const policy_verdict_t *verdict);

/* Log a report of the engine or of the settings; information only at the highest level. */
void decision_log_report(process_attributes_t *attributes, const policy_report_t *report);

/* The error because of which records cannot be written now, or 0. */
DWORD decision_log_failure(void);

/* Write what was only counted, and close the file. */
void decision_log_end(void);

#endif
