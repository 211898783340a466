/*
 * catalog_registry.h - the protocol catalog as the registry keeps it: for systems whose WSC functions do not
 * report the DLL of a transport provider (ReactOS: docs/winsock-notes.md 7), or nothing at all.
 */
#ifndef SOCKWARDEN_LSP_CATALOG_REGISTRY_H
#define SOCKWARDEN_LSP_CATALOG_REGISTRY_H

#include "catalog.h"

/*
 * Read the catalog below `parameters`, the key HKLM\SYSTEM\CurrentControlSet\Services\WinSock2\Parameters:
 * the one this process's bitness uses (Catalog_Entries64, where it is there, for a 64-bit process; else
 * Catalog_Entries). Fills in `info` and `path` (expanded) of each entry, in the catalog's order. Entries that
 * cannot be read are left out. NULL where there is no such catalog or memory is short. Format:
 * docs/winsock-notes.md 4.
 */
catalog_t *catalog_registry_read(HKEY parameters);

/* The same from the machine's own key. */
catalog_t *catalog_registry_read_machine(void);

#endif
