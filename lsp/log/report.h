/*
 * report.h - what the provider reports to the administrator, and the places it goes to: the decision log, the
 * Windows Event Log, a debugger. LogLevel holds for both logs.
 *
 * Any thread; the caller sees to it that it acts as the process and that a socket call made from inside
 * passes through, since writing an event takes RPC. `attributes` may be NULL. The last error is preserved,
 * and no failure is visible to the caller.
 */
#ifndef SOCKWARDEN_LSP_REPORT_H
#define SOCKWARDEN_LSP_REPORT_H

#include "policy.h"
#include "process_attributes.h"

/* Whether report_decision would write anything: a compare or two. */
bool report_wants(const policy_verdict_t *verdict);

/* A decision. */
void report_decision(process_attributes_t *attributes, const policy_request_t *request,
                     const policy_verdict_t *verdict);

/* One report of the engine or of the settings; also as a line for a debugger or DebugView. */
void report_policy(process_attributes_t *attributes, const policy_report_t *report);

/* The provider ends: write what was only counted, close what is open. */
void report_end(void);

#endif
