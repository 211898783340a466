/*
 * policy_link.h - the process's policy engine and the way to it.
 *
 * The engine is made by the first decision, not by WSPStartup, and freed by the last WSPCleanup, for ws2_32
 * may unload the DLL right after that and DllMain must not free anything.
 */
#ifndef SOCKWARDEN_LSP_POLICY_LINK_H
#define SOCKWARDEN_LSP_POLICY_LINK_H

#include "policy.h"
#include "winsock.h"

/* What policy_link_detach takes out of use. */
typedef struct policy_link {
  void *live;
  DWORD tls;
} policy_link_t;

/* At the first start and after the last end, under the startup lock: they allocate a TLS index, exchange
 * pointers and call nothing else. */
void policy_link_attach(void);
policy_link_t policy_link_detach(void);

/* Free what was detached. Not under a lock. */
void policy_link_destroy(policy_link_t *link);

/*
 * Decide, as policy_decide does, with what belongs to a provider around it: critical system processes always
 * pass; a call made while this thread is already deciding (a fact may need RPC, RPC may need a socket) passes
 * too; the engine's own work is done as the process even where the thread impersonates; where no engine can
 * be had, OnError decides. Any thread, no lock. May change GetLastError.
 */
void policy_link_decide(const policy_request_t *request, policy_verdict_t *verdict);

#endif
