/*
 * protocol_info.h - what a WSAPROTOCOL_INFO says besides its chain: what wildcards mean, and whether it
 * carries the state of a duplicated socket.
 *
 * Pure functions. Rules: docs/winsock-notes.md 1 and 2.
 */
#ifndef SOCKWARDEN_LSP_PROTOCOL_INFO_H
#define SOCKWARDEN_LSP_PROTOCOL_INFO_H

#include <stdbool.h>
#include "policy.h"
#include "winsock.h"

/* Resolve 0 and FROM_PROTOCOL_INFO from the chosen catalog entry's info. A protocol that the program named
 * stands (RAW entries serve a range); protocol 0 is the entry's own, which is 0 for RAW. */
policy_triple_t protocol_info_effective(const WSAPROTOCOL_INFOW *entry, policy_triple_t requested);

/* Whether an info carries the state of a duplicated socket: dwProviderReserved, or, in ReactOS,
 * dwServiceFlags3 and 4 other than those of its catalog entry. */
bool protocol_info_is_shared(const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *entry);

/* Copy the shared-socket state of `from`, an info whose catalog entry is `entry`, into `to`. */
void protocol_info_copy_shared(WSAPROTOCOL_INFOW *to, const WSAPROTOCOL_INFOW *from,
                               const WSAPROTOCOL_INFOW *entry);

#endif
