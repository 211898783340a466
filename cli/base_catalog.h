/*
 * base_catalog.h - the base providers every Windows has, for policies tried without one: what Winsock would resolve a
 * call's wildcards to.
 */
#ifndef SOCKWARDEN_BASE_CATALOG_H
#define SOCKWARDEN_BASE_CATALOG_H

#include "policy.h"

/* The effective triple of a call that gives no protocol info, and the name and id of the entry that serves it. Where no
 * entry does (AF_UNIX, ...), wildcards stay, protocol 0 becomes the default, and the name is "". */
policy_triple_t base_catalog_resolve(const policy_triple_t *requested, const char **provider, uint32_t *catalog_id);

#endif
