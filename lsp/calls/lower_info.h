/*
 * info_down.h - what WSAPROTOCOL_INFO the provider below is handed: the propagation rule
 * (docs/winsock-notes.md 1; LPWSPSocket, Remarks), in one place.
 */
#ifndef SOCKWARDEN_LSP_INFO_DOWN_H
#define SOCKWARDEN_LSP_INFO_DOWN_H

#include "chain_instance.h"

/*
 * The info for the provider below, given the one we were handed. Another layer gets the same, unmodified
 * structure; the base provider its own, with the shared-socket state carried over. NULL counts as the info of
 * WSPStartup. The result is `given`, or *storage, which is the caller's and which the lower provider may
 * write to.
 */
WSAPROTOCOL_INFOW *info_down(const slot_t *slot, WSAPROTOCOL_INFOW *given, WSAPROTOCOL_INFOW *storage);

/* The info for a socket of our own choosing in this slot's chain: by the same rule, without shared-socket
 * state. */
WSAPROTOCOL_INFOW *info_down_fresh(const slot_t *slot, WSAPROTOCOL_INFOW *storage);

/* The catalog entry an info of the application or of a layer above names, where it can be chosen for a
 * socket; else our chain. Never the info itself: it is not trusted. */
const WSAPROTOCOL_INFOW *info_chosen(const slot_t *slot, const WSAPROTOCOL_INFOW *given);

#endif
