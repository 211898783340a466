/*
 * event_log.h - rejections and failures as events of the source Sockwarden in the Windows Event Log.
 *
 * Writing an event takes a local call to the Event Log service. So only what is new to the decision log is
 * written, a few events a minute and process at most; where the service is slow or away, nothing for a while;
 * and nothing in the processes it depends on. Any thread; the caller sees to it that it does not impersonate
 * and that a socket call from inside passes through. `attributes` may be NULL.
 */
#ifndef SOCKWARDEN_LSP_EVENT_LOG_H
#define SOCKWARDEN_LSP_EVENT_LOG_H

#include "policy.h"
#include "process_attributes.h"
#include "winsock.h"

/* The messages of event_log.mc. */
enum {
  EVENT_REJECTED = 1,
  EVENT_WOULD_REJECT,
  EVENT_POLICY_ERROR,
  EVENT_POLICY_WARNING,
  EVENT_LOG_UNWRITABLE,
  EVENT_LEFT_OUT,
  EVENT_END
};

enum {
  EVENTS_A_MINUTE = 6,
  EVENT_SLOW_MS = 250,           /* a call that took longer */
  EVENT_REST_MS = 5 * 60 * 1000, /* is followed by so long a rest */
  EVENT_RETRY_MS = 60 * 1000     /* and one that failed by this */
};

/* A rejection, or what would have been one in audit mode. Does nothing for other verdicts. */
void event_log_decision(process_attributes_t *attributes, const policy_request_t *request,
                        const policy_verdict_t *verdict);

/* A warning or an error. */
void event_log_report(process_attributes_t *attributes, const policy_report_t *report);

/* The decision log cannot be written. */
void event_log_unwritable(process_attributes_t *attributes, DWORD error);

#endif
