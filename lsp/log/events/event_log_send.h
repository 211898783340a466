/*
 * event_log_send.h - the way to the Event Log service. Apart, so that tests can see what goes there.
 */
#ifndef SOCKWARDEN_LSP_EVENT_LOG_SEND_H
#define SOCKWARDEN_LSP_EVENT_LOG_SEND_H

#include <stdbool.h>
#include "winsock.h"

/* Tell one event: EVENTLOG_*_TYPE, its number, its strings. False where the service did not take it. In the
 * process of the service itself, and in that of the RPC service, nothing is told and true returned: a call of
 * theirs to themselves may never return. */
bool event_log_send(WORD type, DWORD id, LPCWSTR *strings, WORD count);

/* Give back what was kept open. Where another thread is inside event_log_send it is kept. */
void event_log_close(void);

#endif
