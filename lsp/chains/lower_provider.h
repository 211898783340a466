/*
 * lower_provider.h - one start of the lower provider: its DLL loaded, its WSPStartup called, its proc table
 * in hand.
 *
 * There is one of these for each WSPStartup of ours, so that the lower provider gets every start, with the
 * upcall table of that start, and every end (docs/winsock-notes.md 1).
 */
#ifndef SOCKWARDEN_LSP_LOWER_PROVIDER_H
#define SOCKWARDEN_LSP_LOWER_PROVIDER_H

#include "winsock.h"

typedef struct lower_provider {
  struct lower_provider *next; /* for the owner's lists */
  HMODULE module;
  WSPPROC_TABLE table;
} lower_provider_t;

/*
 * Load and start the provider at `path` with `info` and the unmodified upcall table. Returns 0 and *result,
 * which the caller owns, or an error of those ws2_32 itself reports, with nothing left loaded or started: the
 * provider's own from its WSPStartup; WSAEPROVIDERFAILEDINIT where the DLL or its WSPStartup is missing;
 * WSAEINVALIDPROVIDER for a version other than 2.2; WSAEINVALIDPROCTABLE for a table with a hole; WSAENOBUFS.
 * Calls foreign code: hold no lock.
 */
INT lower_provider_open(const WCHAR *path, const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                        lower_provider_t **result);

/* End that start: WSPCleanup, then unload, then free. Calls foreign code: hold no lock. */
void lower_provider_close(lower_provider_t *provider);

/* lower_provider_close for each of a list. */
void lower_provider_close_all(lower_provider_t *list);

#endif
