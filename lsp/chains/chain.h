/*
 * chain.h - protocol chains: where we stand in one, what is below, which of our chains serves what.
 *
 * Pure functions of a catalog snapshot: no calls to the system, no state. Everything they are handed besides
 * the snapshot may come from an application or from another vendor's layer and is not trusted: a chain length
 * is bounded, an id counts only if the catalog has it. Returned pointers point into the snapshot.
 *
 * Rules: docs/winsock-notes.md 1 and 2; Microsoft, "Initializing Protocol Chains" and LPWSPSocket.
 */
#ifndef SOCKWARDEN_LSP_CHAIN_H
#define SOCKWARDEN_LSP_CHAIN_H

#include "catalog.h"
#include "policy.h"

/* Our place in one chain. */
typedef struct chain_place {
  const catalog_entry_t *chain;  /* the chain: a catalog entry with two or more elements */
  const catalog_entry_t *next;   /* the provider below us in it; never one of ours */
  const WSAPROTOCOL_INFOW *down; /* what names this chain to a layer below: the info asked about, or, where
                                  * that does not hold the provider below, the chain's own entry */
  DWORD own_id;                  /* the id of ours that handles are labelled with (WPUModifyIFSHandle) */
  bool next_is_base;             /* then it is handed its own info instead */
  bool top;                      /* the chain is ours and we are its first element */
} chain_place_t;

/* The entry with this id, or NULL. */
const catalog_entry_t *chain_entry(const catalog_t *catalog, DWORD id);

/* Whether the chain an info spells out has this element. */
bool chain_holds(const WSAPROTOCOL_INFOW *info, DWORD id);

/*
 * Find our place in the chain that `info` describes: the first of its elements that is our hidden entry or
 * one of our chain entries; below us is the element after it, or what follows in our chain where the info
 * refers to that. An info that does not hold us (a layer above that loads everything at once) is served by
 * the chain of ours that resembles it most. False where the catalog has no chain with us in it. place->down
 * may be `info` itself, so it lives no longer.
 */
bool chain_locate(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info, chain_place_t *place);

/*
 * The chain of ours, with us on top, that ws2_32 would choose for an explicit triple: first in catalog order
 * whose family and type are equal and whose protocols iProtocol..+iProtocolMaxOffset include the one asked
 * for, or 0 with PFL_MATCHES_PROTOCOL_ZERO. NULL where there is none; *error then is what ws2_32 would say:
 * WSAEAFNOSUPPORT, WSAESOCKTNOSUPPORT or WSAEPROTONOSUPPORT.
 */
const catalog_entry_t *chain_for_triple(const catalog_t *catalog, const policy_triple_t *triple, INT *error);

/*
 * The chain of ours that lies over a provider below us, given the catalog id that provider answered to
 * SO_PROTOCOL_INFO (a base entry's or another layer's chain's). `likely`, which may be NULL, wins where
 * several do. NULL: none does.
 */
const catalog_entry_t *chain_over(const catalog_t *catalog, DWORD id, const catalog_entry_t *likely);

/* Resolve 0 and FROM_PROTOCOL_INFO from the chosen entry. A protocol named by the program stands (RAW entries
 * serve a range); protocol 0 is the entry's own, which is 0 for RAW. */
policy_triple_t chain_effective(const WSAPROTOCOL_INFOW *entry, int af, int type, int protocol);

/* Whether an info carries the state of a duplicated socket: dwProviderReserved, or, in ReactOS,
 * dwServiceFlags3 and 4 other than the catalog's. */
bool chain_info_shared(const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *entry);

/* Copy the shared-socket state of `from`, an info whose catalog entry is `entry`, into `to`. */
void chain_info_share(WSAPROTOCOL_INFOW *to, const WSAPROTOCOL_INFOW *from, const WSAPROTOCOL_INFOW *entry);

#endif
