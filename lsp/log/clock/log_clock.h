/*
 * decision_log_machine.h - what both logs need of the machine: its clocks, and the one call that writes a
 * record. Apart, so that tests can have a full disk and let days pass.
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_MACHINE_H
#define SOCKWARDEN_LSP_DECISION_LOG_MACHINE_H

#include "winsock.h"

/* Milliseconds, wrapping: compare differences. */
DWORD decision_log_tick(void);

/* The time, UTC. */
void decision_log_time(SYSTEMTIME *now);

/* As decision_log_write. */
DWORD decision_log_append(HANDLE file, const char *bytes, DWORD size);

#endif
