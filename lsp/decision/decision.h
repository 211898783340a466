/*
 * decision.h - one request decided, with what belongs to a provider around the engine.
 */
#ifndef SOCKWARDEN_LSP_DECISION_H
#define SOCKWARDEN_LSP_DECISION_H

#include "policy.h"

/*
 * Decide, as policy_decide does, and log what is to be logged. Critical system processes always pass. A call
 * made while this thread is already deciding passes too: an attribute may need RPC, and RPC a socket. The
 * engine's own work is done as the process even where the thread impersonates. Where no engine can be had,
 * OnError decides. Any thread, no lock. May change GetLastError.
 */
void decision_make(const policy_request_t *request, policy_verdict_t *verdict);

#endif
