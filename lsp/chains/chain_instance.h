/*
 * chain_instance.h - our state for each chain we were started in.
 *
 * The functions of a proc table get no context argument, so each chain gets an element of a fixed array and
 * functions of its own that know its number (thunks.c). An instance is filled before its table is handed out
 * and constant until the last WSPCleanup for it: the socket functions read it without a lock. Its starts and
 * ends are counted under the startup lock, which is never held while ws2_32 or a lower provider is called.
 */
#ifndef SOCKWARDEN_LSP_CHAIN_INSTANCE_H
#define SOCKWARDEN_LSP_CHAIN_INSTANCE_H

#include <stdint.h>
#include "chain.h"
#include "lower_provider.h"

/* Six transports of ours and as many of a layer above are usual. */
enum { CHAIN_INSTANCE_COUNT = 64, CHAIN_INSTANCE_PROVIDER_MAX = WSAPROTOCOL_LEN * 3 + 1 };

typedef struct chain_instance {
  catalog_t *catalog;
  chain_place_t place;
  WSAPROTOCOL_INFOW info; /* what WSPStartup was handed, or our chain's entry for a start of our own */
  WSPPROC_TABLE lower;    /* the lower provider's functions */
  bool ifs;               /* its handles are IFS handles */
  char provider[CHAIN_INSTANCE_PROVIDER_MAX]; /* its name, UTF-8, for the policies */
  uint64_t provider_number;                   /* policy_request_t's */
  /* chain_instance.c's own, under the startup lock: */
  LONG starts;                       /* WSPStartup calls less WSPCleanup calls, and our own starts */
  LONG own_starts;                   /* of these, by chain_instance_sibling */
  lower_provider_t *lower_providers; /* the last element is the one in use */
  LONG lower_count;
} chain_instance_t;

/*
 * Start the chain of `info` once: find our place in it, start the lower provider, fill an instance. Returns 0
 * and *instance, or a WSAE* code with everything undone. A chain already started is never refused: a second
 * start of the lower provider that fails changes nothing for the first. Source: docs/winsock-notes.md 1.
 */
INT chain_instance_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                         chain_instance_t **instance);

/* End one start. False where the instance was not started. */
bool chain_instance_stop(chain_instance_t *instance);

/*
 * The instance of another chain of ours, `entry`, an element of instance->catalog: started by ourselves where
 * nobody did, once, until the last WSPCleanup of all. Returns 0 and *sibling or a WSAE* code. No lock on the
 * way once it is started.
 */
INT chain_instance_sibling(chain_instance_t *instance, const catalog_entry_t *entry,
                           chain_instance_t **sibling);

/* What chain_instance_detach takes out of use. */
typedef struct chain_instance_rest {
  lower_provider_t *lower_providers;
  catalog_t *catalogs[CHAIN_INSTANCE_COUNT + 1];
  size_t catalog_count;
} chain_instance_rest_t;

/* Under the startup lock, when the last user has left: end the starts of our own, the catalog snapshot and
 * the upcall table. What is left to close goes to *rest. */
void chain_instance_detach(chain_instance_rest_t *rest);

/* Close and free it. Calls foreign code: hold no lock. */
void chain_instance_close(chain_instance_rest_t *rest);

/* The instance with a number below CHAIN_INSTANCE_COUNT, and the number of an instance. */
chain_instance_t *chain_instance_at(size_t number);
size_t chain_instance_number(const chain_instance_t *instance);

#endif
