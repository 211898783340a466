/* A started provider: one for each distinct ProviderId, however many catalog entries carry it. */
#ifndef SOCKWARDEN_TESTS_PROVIDER_H
#define SOCKWARDEN_TESTS_PROVIDER_H

#include "process.h"

struct provider {
  GUID id;
  HMODULE module;
  WSPPROC_TABLE table;
  provider_t *next;
};

/* Starts the provider of `entry` unless it runs already, and notes it in the entry. WSPStartup is called with
 * that entry's info, under the catalog lock (the caller holds it). 0, or as Microsoft documents for
 * WSASocket: WSAEPROVIDERFAILEDINIT where the DLL cannot be loaded or its WSPStartup fails,
 * WSAEINVALIDPROVIDER where it does not speak version 2.2, WSAEINVALIDPROCTABLE where one of the 30 functions
 * is missing. */
int provider_start(entry_t *entry);

/* WSPCleanup and FreeLibrary for each, in reverse order of starting. */
void provider_stop_all(void);

#endif
