/* The catalog's place in the registry, in Windows' own format (docs/winsock-notes.md 4):
 *
 *   HKLM\SYSTEM\CurrentControlSet\Services\WinSock2\Parameters
 *     Current_Protocol_Catalog = "Protocol_Catalog9"
 *     Protocol_Catalog9
 *       Num_Catalog_Entries, Num_Catalog_Entries64, Next_Catalog_Entry_ID, Serial_Access_Num
 *       Catalog_Entries\000000000001 ...   PackedCatalogItem   (the 32-bit catalog on 64-bit Windows)
 *       Catalog_Entries64\000000000001 ... PackedCatalogItem
 *
 * All functions return 0 or the Winsock error to report: WSANO_RECOVERY for trouble with the registry. */
#ifndef SOCKWARDEN_TESTS_CATALOG_REGISTRY_H
#define SOCKWARDEN_TESTS_CATALOG_REGISTRY_H

#include "catalog.h"

#define WINSOCK_PARAMETERS L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters"

/* Readers and writers of all processes take turns. Hold the lock over a read that leads to a write. */
void catalog_registry_lock(void);
void catalog_registry_unlock(void);

/* Reads one catalog, seeding both where there is none yet. The caller frees it. Whoever edits the registry by
 * other means counts Serial_Access_Num up, or processes that have read it do not notice. */
int catalog_registry_read(catalog_view_t view, catalog_t *catalog);

/* Writes it back whole, numbering the entries' keys afresh, and counts Serial_Access_Num up. */
int catalog_registry_write(catalog_view_t view, const catalog_t *catalog);

#endif
