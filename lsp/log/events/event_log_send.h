/*
 * event_log_send.h - the way to the Event Log service. Apart, so that tests can see what is written.
 */
#ifndef SOCKWARDEN_LSP_EVENT_LOG_SEND_H
#define SOCKWARDEN_LSP_EVENT_LOG_SEND_H

#include <stdbool.h>
#include "winsock.h"

/* Write one event: EVENTLOG_*_TYPE, its number, its strings. False where the service did not take it. In the
 * process of the service itself, and in that of the RPC service, nothing is written and true returned: a call
 * of theirs to themselves may never return. */
bool event_log_send(WORD type, DWORD id, LPCWSTR *strings, WORD count);

/* Close what is kept open, unless another thread is inside event_log_send. */
void event_log_close(void);

#endif
