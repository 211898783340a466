/*
 * chain.h - our place in a protocol chain, and the lower provider there.
 *
 * Pure functions of a catalog snapshot: no calls to the system, no state. Everything they are handed besides
 * the snapshot may come from an application or from another vendor's layer and is not trusted: a chain length
 * is bounded, an id counts only if the catalog has it. Returned pointers point into the snapshot.
 *
 * Rules: docs/winsock-notes.md 1; Microsoft, "Initializing Protocol Chains" and LPWSPSocket.
 */
#ifndef SOCKWARDEN_LSP_CHAIN_H
#define SOCKWARDEN_LSP_CHAIN_H

#include "catalog.h"

/*
 * Our place in one chain. `lower_info` is what the lower provider is handed in WSPStartup and for sockets of
 * our own choosing (the propagation rule): a base provider its own info; a layer the info that was located,
 * or, where that does not hold the layer, our chain's own entry.
 */
typedef struct chain_place {
  const catalog_entry_t *chain; /* the chain: a catalog entry with two or more elements */
  const catalog_entry_t *lower; /* the lower provider; never one of ours */
  const WSAPROTOCOL_INFOW *lower_info;
  DWORD own_id;       /* the id of ours that handles are labelled with (WPUModifyIFSHandle) */
  bool lower_is_base; /* the lower provider is a base provider, else a layer */
  bool on_top;        /* the chain is ours and we are its first element */
} chain_place_t;

/*
 * Find our place in the chain that `info` describes: the first of its elements that is our hidden entry or
 * one of our chain entries; the lower provider is the element after it, or what follows in our chain where
 * the info refers to that. An info that does not hold us (a layer above that loads everything at once) is
 * served by the chain of ours that resembles it most. False where the catalog has no chain with us in it.
 * place->lower_info may be `info` itself, so it lives no longer.
 */
bool chain_locate(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info, chain_place_t *place);

/* The number of elements of an info's chain that can be read; 0 for what is no chain. */
int chain_length(const WSAPROTOCOL_INFOW *info);

/* Whether the chain an info spells out has this element. */
bool chain_holds(const WSAPROTOCOL_INFOW *info, DWORD id);

/* Whether the entry is a chain of ours with us as its first element. */
bool chain_is_ours_on_top(const catalog_t *catalog, const catalog_entry_t *entry);

#endif
