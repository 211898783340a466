/*
 * report.h - what the provider has to say, for the administrator.
 */
#ifndef SOCKWARDEN_LSP_REPORT_H
#define SOCKWARDEN_LSP_REPORT_H

#include "policy.h"

/* One report of the engine, as a line for a debugger or DebugView. Any thread; preserves the last error; no
 * failure is visible to the caller. The event log and the decision log will hang here. */
void report_policy(const policy_report_t *report);

#endif
