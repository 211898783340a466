/*
 * lower_info.h - what WSAPROTOCOL_INFO the lower provider is handed in a call: the propagation rule
 * (docs/winsock-notes.md 1; LPWSPSocket, Remarks), in one place.
 */
#ifndef SOCKWARDEN_LSP_LOWER_INFO_H
#define SOCKWARDEN_LSP_LOWER_INFO_H

#include "chain_instance.h"

/*
 * The info for the lower provider, given the one that the call came with and its catalog entry
 * (call_route_entry). A layer gets the same, unmodified structure; a base provider its own, with the
 * shared-socket state carried over. NULL counts as the info of WSPStartup. The result is `given`, or
 * *storage, which is the caller's and which the lower provider may write to.
 */
WSAPROTOCOL_INFOW *lower_info(const chain_instance_t *instance, WSAPROTOCOL_INFOW *given,
                              const catalog_entry_t *entry, WSAPROTOCOL_INFOW *storage);

#endif
