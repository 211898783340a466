/*
 * catalog.h - a snapshot of Winsock's protocol catalog, with the DLL of each entry and which entries are
 * ours.
 *
 * A running process does not see catalog changes (docs/winsock-notes.md 4), so one snapshot serves from the
 * first WSPStartup to the last WSPCleanup. It is never changed once it is read, except for `attached`.
 */
#ifndef SOCKWARDEN_LSP_CATALOG_H
#define SOCKWARDEN_LSP_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include "winsock.h"

typedef struct catalog_entry {
  WSAPROTOCOL_INFOW info;
  WCHAR path[MAX_PATH];    /* the provider's DLL, environment variables expanded; "" where it is not known */
  bool ours;               /* the DLL is the one this code was loaded from */
  PVOID volatile attached; /* whatever the user of the snapshot keeps with the entry (chain_instance.c); NULL
                              at first */
} catalog_entry_t;

typedef struct catalog {
  volatile LONG references;
  size_t count;
  catalog_entry_t entries[];
} catalog_t;

/*
 * Read the catalog of this process's bitness. Asks WSCEnumProtocols and WSCGetProviderPath; where they give
 * no path (ReactOS, Wine: docs/winsock-notes.md 7 and 6) the registry does. Returns a snapshot with one
 * reference, or NULL where there is no catalog to be had or memory is short. Any thread; takes no lock of
 * ours.
 *
 * Our own entries are known by their DLL, not by GUIDs: an installer of whatever making may have chosen
 * those.
 */
catalog_t *catalog_read(void);

/* An empty snapshot with room for `count` entries, all zero, and one reference; NULL where memory is short.
 */
catalog_t *catalog_new(size_t count);

/* The entry with this id, or NULL. */
const catalog_entry_t *catalog_find(const catalog_t *catalog, DWORD id);

/* One more reference; returns its argument. */
catalog_t *catalog_share(catalog_t *catalog);

/* One reference fewer; the last one frees. NULL does nothing. */
void catalog_release(catalog_t *catalog);

#endif
