/*
 * log_clock.h - the time, for both logs. Apart, so that tests can let days pass.
 */
#ifndef SOCKWARDEN_LSP_LOG_CLOCK_H
#define SOCKWARDEN_LSP_LOG_CLOCK_H

#include "winsock.h"

/* Milliseconds, wrapping: compare differences. */
DWORD log_clock_tick(void);

/* The time, UTC. */
void log_clock_time(SYSTEMTIME *now);

#endif
