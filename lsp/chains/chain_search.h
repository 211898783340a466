/*
 * chain_search.h - which chain of ours serves a triple, and which one lies over a provider.
 *
 * Pure functions of a catalog snapshot; returned pointers point into it. Rules: docs/winsock-notes.md 2.
 */
#ifndef SOCKWARDEN_LSP_CHAIN_SEARCH_H
#define SOCKWARDEN_LSP_CHAIN_SEARCH_H

#include "catalog.h"
#include "policy.h"

/*
 * The chain of ours, with us on top, that ws2_32 would choose for an explicit triple: first in catalog order
 * whose family and type are equal and whose protocols iProtocol..+iProtocolMaxOffset include the one asked
 * for, or 0 with PFL_MATCHES_PROTOCOL_ZERO. NULL where there is none; *error then is what ws2_32 would say:
 * WSAEAFNOSUPPORT, WSAESOCKTNOSUPPORT or WSAEPROTONOSUPPORT.
 */
const catalog_entry_t *chain_search_triple(const catalog_t *catalog, const policy_triple_t *triple,
                                           INT *error);

/*
 * The chain of ours that lies over a lower provider: `lower` is the entry of the catalog id that this
 * provider answered to SO_PROTOCOL_INFO (a base entry or another layer's chain), or NULL. `likely`, which may
 * be NULL, wins where several do. NULL: none does.
 */
const catalog_entry_t *chain_search_over(const catalog_t *catalog, const catalog_entry_t *lower,
                                         const catalog_entry_t *likely);

#endif
