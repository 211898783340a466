/* Where a recording layer stands in a chain, and the provider below it there. */
#ifndef SOCKWARDEN_TESTS_CHAIN_H
#define SOCKWARDEN_TESTS_CHAIN_H

#include <winsock2.h>
#include <ws2spi.h>

/* One for each WSPStartup, until its WSPCleanup. */
typedef struct chain {
  BOOL used;
  WSAPROTOCOL_INFOW info;      /* as WSPStartup was handed it */
  DWORD own_id;                /* of this layer's entry there: what it labels handles with */
  WSAPROTOCOL_INFOW own_info;  /* that entry */
  WSAPROTOCOL_INFOW next_info; /* the catalog entry of the provider below */
  BOOL next_is_base;
  BOOL ifs; /* the provider below makes IFS handles */
  HMODULE module;
  WSPPROC_TABLE next; /* the functions of the provider below */
} chain_t;

enum { CHAIN_COUNT = 64 };

chain_t *chain_at(int number);

/* A free chain with its place found in `info` and the provider below loaded and started. 0, or the error for
 * WSPStartup.
 *
 * The environment variable RECORD_INFO makes it start a layer below in ways that real ones do, which load all
 * of their chains at once (Microsoft's sample, provider.cpp): "first" with the info of the first WSPStartup
 * in this process whatever the chain, "none" with a chain of this layer and the base provider alone, "hidden"
 * with the hidden entry of the layer below. */
int chain_start(WORD version, LPWSPDATA data, const WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcalls,
                chain_t **chain);

/* WSPCleanup of the provider below, then the chain is free. Returns the provider's error, or 0. */
int chain_stop(chain_t *chain);

/* The upcall table that was handed over last, the only one a provider may use (Microsoft, "Initialization").
 */
const WSPUPCALLTABLE *chain_upcalls(void);

/* What the provider below is handed (LPWSPSocket, Remarks): the same structure where it is a layer; where it
 * is the base provider, its own, in *storage, with the shared-socket state of `given`. */
WSAPROTOCOL_INFOW *chain_info_down(const chain_t *chain, WSAPROTOCOL_INFOW *given,
                                   WSAPROTOCOL_INFOW *storage);

/* The entry of this layer, on top of its chain, over the entry `below`, for what SO_PROTOCOL_INFO tells of a
 * socket that may belong to another chain. FALSE where there is none. */
BOOL chain_entry_over(DWORD below, WSAPROTOCOL_INFOW *entry);

#endif
