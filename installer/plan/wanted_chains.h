/*
 * wanted_chains.h - the entries that an installation gives one catalog: the hidden one and a chain for each
 * kind of socket. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_WANTED_CHAINS_H
#define SOCKWARDEN_INSTALLER_WANTED_CHAINS_H

#include "plan_failure.h"
#include "socket_kind.h"

/* A chain of ours to be. Its entry has no GUID and no id yet, and 0 where the hidden entry's id belongs. */
typedef struct wanted_chain {
  socket_kind_t kind;
  catalog_model_entry_t entry;
  uint32_t above; /* the id of the other vendor's entry that is to run through it; 0: the chain goes on top */
  int position;   /* where in that entry's chain: behind this link */
} wanted_chain_t;

typedef struct wanted_chains {
  catalog_model_entry_t hidden;
  wanted_chain_t chains[SOCKET_KINDS_MAX];
  size_t count;
} wanted_chains_t;

/* From a catalog that holds nothing of ours. `dll_path`: what it shall say of our DLL. */
plan_status_t wanted_chains_find(const catalog_model_t *catalog, const char *dll_path,
                                 wanted_chains_t *wanted, plan_failure_t *failure);

/* The chain for that kind; NULL where there is none. */
wanted_chain_t *wanted_chains_of_kind(wanted_chains_t *wanted, const socket_kind_t *kind);

#endif
