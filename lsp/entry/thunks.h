/*
 * thunks.h - proc tables whose functions know their slot.
 */
#ifndef SOCKWARDEN_LSP_THUNKS_H
#define SOCKWARDEN_LSP_THUNKS_H

#include "chain_instance.h"

/* Put the functions that are ours, for this slot, into a table that holds the lower provider's. */
void thunks_insert(const slot_t *slot, WSPPROC_TABLE *table);

#endif
