/*
 * call_route.h - which chain instance serves a call, and what the call asks for: resolved once, at the entry
 * of the call, and handed on. Nothing after it looks the catalog up again, but for the chain of a rewritten
 * triple.
 *
 * lpProtocolInfo comes from the application or from a layer above and is not trusted: it counts only by the
 * catalog entry whose id it names.
 */
#ifndef SOCKWARDEN_LSP_CALL_ROUTE_H
#define SOCKWARDEN_LSP_CALL_ROUTE_H

#include "chain_instance.h"
#include "policy.h"

typedef struct call_route {
  chain_instance_t *instance;   /* of the chain that serves the call */
  const catalog_entry_t *entry; /* call_route_entry's: says what wildcards mean */
  bool on_top;                  /* ws2_32 chose a chain of ours: a handle may be labelled with another one */
  bool shared;                  /* the call opens a socket that another process duplicated */
  policy_triple_t requested;    /* as the program gave it */
  policy_triple_t effective;    /* 0 and FROM_PROTOCOL_INFO resolved from `entry` */
} call_route_t;

/*
 * Resolve a call that came through `through`. Almost always the chain of the function that was called serves
 * it; but a layer above that started us once and uses that table for all its chains names the chain in the
 * info, and the lower provider is another one then: that chain of ours is started where nobody did. No lock
 * and no heap on the way once it is started.
 */
void call_route_resolve(chain_instance_t *through, const WSAPROTOCOL_INFOW *given, policy_triple_t requested,
                        call_route_t *route);

/* The catalog entry that an info names, where it describes a transport (a layer's hidden entry does not);
 * else our chain's. `given` may be NULL. */
const catalog_entry_t *call_route_entry(const chain_instance_t *instance, const WSAPROTOCOL_INFOW *given);

/*
 * The instance of the chain of ours that serves a rewritten triple, started. Returns 0 and *instance or a
 * WSAE* code: WSAEACCES where the call cannot be rewritten, for another process's socket is what it is, and a
 * layer above labels the handle with its own chain, which serves the old triple; what ws2_32 would say where
 * no chain of ours serves the new one (chain_search.h); what kept the chain from starting.
 */
INT call_route_rewrite(const call_route_t *route, const policy_triple_t *triple, chain_instance_t **instance);

#endif
