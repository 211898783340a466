/*
 * base_catalog.h - the base providers of a Windows machine, for policies tried without one: what Winsock
 * would resolve a call's wildcards to, and which calls it serves at all.
 */
#ifndef SOCKWARDEN_BASE_CATALOG_H
#define SOCKWARDEN_BASE_CATALOG_H

#include "policy_tools.h"

/* The effective triple of a call that gives no protocol info, and the name and id of the entry that serves
 * it. Where no entry does, wildcards stay, protocol 0 becomes the default, and the name is "". */
policy_triple_t base_catalog_resolve(const policy_triple_t *requested, const char **provider,
                                     uint32_t *catalog_id);

/* What the entries serve, in catalog order: IP first, which every Windows has, then Bluetooth, Hyper-V and
 * AF_UNIX, which most have. *count receives how many. Static. */
const policy_base_entry_t *base_catalog_entries(size_t *count);

#endif
