/*
 * winsock_catalog.h - the machine's catalogs, read through ws2_32.
 */
#ifndef SOCKWARDEN_INSTALLER_WINSOCK_CATALOG_H
#define SOCKWARDEN_INSTALLER_WINSOCK_CATALOG_H

#include <stdbool.h>

#include "error_names.h"
#include "machine_catalogs.h"

/* Reads the catalogs afresh; the caller frees them. False where that fails: *catalogs is empty then. Any user
 * may; any thread. */
bool winsock_read(machine_catalogs_t *catalogs, call_failure_t *failure);

/* Whether the DLL of an entry in that view is not where a loader would look for it: with variables expanded,
 * and in SysWOW64 for the 32-bit view of a 64-bit Windows. */
bool winsock_dll_missing(const catalog_model_entry_t *entry, size_t view);

#endif
