/*
 * base_catalog.h - the base providers of a Windows machine, for policies tried without one: what Winsock
 * would resolve a call's wildcards to, and which calls it serves at all.
 */
#ifndef SOCKWARDEN_BASE_CATALOG_H
#define SOCKWARDEN_BASE_CATALOG_H

#include "policy_tools.h"

/* The socket call that a spec describes: wildcards of a call that gives no protocol info are resolved as by
 * Winsock, and the provider is the entry that serves it ("" and 0 where none does). Borrows the spec's texts.
 */
policy_request_t base_catalog_request(const request_spec_t *spec);

/* What the entries serve, in catalog order: IP first, which every Windows has, then Bluetooth, Hyper-V and
 * AF_UNIX, which most have. *count receives how many. Static. */
const policy_base_entry_t *base_catalog_entries(size_t *count);

#endif
