/*
 * thunks.h - proc tables whose functions know their chain instance.
 */
#ifndef SOCKWARDEN_LSP_THUNKS_H
#define SOCKWARDEN_LSP_THUNKS_H

#include "chain_instance.h"

/* Put the functions that are ours, for this instance, into a table that holds the lower provider's. */
void thunks_insert(const chain_instance_t *instance, WSPPROC_TABLE *table);

#endif
