/*
 * current_catalog.h - the catalog snapshot that serves from the first WSPStartup to the last WSPCleanup.
 */
#ifndef SOCKWARDEN_LSP_CURRENT_CATALOG_H
#define SOCKWARDEN_LSP_CURRENT_CATALOG_H

#include "catalog.h"

/* The snapshot, with a reference for the caller; a fresh one where the present one does not know the entry,
 * since ws2_32 does then. NULL where there is none. Takes the startup lock, but not while the catalog is
 * read. */
catalog_t *current_catalog_acquire(DWORD id);

/* Under the startup lock: from now on there is none. Returns what there was, for the caller to release
 * outside the lock, or NULL. */
catalog_t *current_catalog_detach(void);

#endif
