/*
 * slot.h - our state for each chain we were started in, and the life of all of it.
 *
 * The functions of a proc table get no context argument, so each chain gets a slot of a fixed array and
 * functions of its own that know its number (thunks.c). A slot is filled before its table is handed out and
 * constant until the last WSPCleanup for it: the socket functions read it without a lock. Everything
 * process-wide (the catalog snapshot, the upcall table, the policy engine) lives from the first WSPStartup to
 * the last WSPCleanup.
 *
 * One lock, of this file, guards starts and ends. It is never held while ws2_32, a lower provider or the
 * engine is called: WPUModifyIFSHandle may call WSPStartup on the same thread, and WSPStartup runs under
 * ws2_32's catalog lock.
 */
#ifndef SOCKWARDEN_LSP_SLOT_H
#define SOCKWARDEN_LSP_SLOT_H

#include "chain.h"
#include "lower_provider.h"

/* Six transports of ours and as many of a layer above are usual. */
enum { SLOT_COUNT = 64, SLOT_PROVIDER_MAX = WSAPROTOCOL_LEN * 3 + 1 };

typedef struct slot {
  catalog_t *catalog;
  chain_place_t place;
  WSAPROTOCOL_INFOW info; /* what WSPStartup was handed, or our chain's entry for a start of our own */
  WSPPROC_TABLE below;    /* the lower provider's functions */
  bool ifs;               /* its handles are IFS handles */
  char provider[SLOT_PROVIDER_MAX]; /* its name, UTF-8, for the policies */
  uint64_t provider_number;         /* policy_request_t's */
  /* slot.c's own, under its lock: */
  LONG starts;     /* WSPStartup calls less WSPCleanup calls, and our own starts */
  LONG own_starts; /* of these, by slot_sibling */
  lower_t *lowers; /* the last element is the one in use */
  LONG lower_count;
} slot_t;

/*
 * Start the chain of `info` once: find our place in it, start the provider below, fill a slot. Returns 0 and
 * *slot, or a WSAE* code with everything undone. A chain already started is never refused: a second start of
 * the lower provider that fails changes nothing for the first. Source: docs/winsock-notes.md 1.
 */
INT slot_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls, slot_t **slot);

/* End one start. False where the slot was not started. The last end of all frees everything. */
bool slot_stop(slot_t *slot);

/*
 * The slot of another chain of ours, `entry`, an element of slot->catalog: started by ourselves where nobody
 * did, once, until the last WSPCleanup of all. Returns 0 and *sibling or a WSAE* code. No lock on the way
 * once it is started.
 */
INT slot_sibling(slot_t *slot, const catalog_entry_t *entry, slot_t **sibling);

/* WPUModifyIFSHandle of the most recent upcall table, the only one a provider may use (Microsoft,
 * "Initialization"). */
LPWPUMODIFYIFSHANDLE slot_modify_ifs_handle(void);

/* The slot with a number below SLOT_COUNT, and the number of a slot. */
slot_t *slot_at(size_t number);
size_t slot_number(const slot_t *slot);

#endif
