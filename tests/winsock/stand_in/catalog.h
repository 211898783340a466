/* The protocol catalog: entries in order, as they stand in the registry. */
#ifndef SOCKWARDEN_TESTS_CATALOG_H
#define SOCKWARDEN_TESTS_CATALOG_H

#include <winsock2.h>
#include <ws2spi.h>

/* The registry value PackedCatalogItem, byte for byte: a path in the ANSI code page that may hold
 * %SystemRoot%, then the entry's WSAPROTOCOL_INFOW (docs/winsock-notes.md 4). */
typedef struct catalog_item {
  char path[MAX_PATH];
  WSAPROTOCOL_INFOW info;
} catalog_item_t;

_Static_assert(sizeof(WSAPROTOCOL_INFOW) == 628, "WSAPROTOCOL_INFOW as Windows stores it");
_Static_assert(sizeof(catalog_item_t) == 888, "PackedCatalogItem as Windows stores it");

/* 64-bit Windows keeps two catalogs in one key. */
typedef enum catalog_view { CATALOG_64, CATALOG_32 } catalog_view_t;

/* That of this process. Functions whose names end in 32 are for the other one, and a 32-bit Windows has
 * neither. */
#ifdef _WIN64
#define CATALOG_OWN CATALOG_64
#else
#define CATALOG_OWN CATALOG_32
#endif

typedef struct catalog {
  catalog_item_t *items; /* in catalog order: what comes first is tried first */
  DWORD count;
  DWORD next_id; /* Next_Catalog_Entry_ID: one counter for both catalogs */
} catalog_t;

/* Appends an item; 0 or WSA_NOT_ENOUGH_MEMORY. */
int catalog_append(catalog_t *catalog, const catalog_item_t *item);

/* Removes the item at `index`; what follows moves up. */
void catalog_remove(catalog_t *catalog, DWORD index);

/* The first item of that provider, or the item of that id; NULL where there is none. */
catalog_item_t *catalog_find_provider(const catalog_t *catalog, const GUID *provider);
catalog_item_t *catalog_find_id(const catalog_t *catalog, DWORD id);

/* A copy into an empty catalog; 0 or WSA_NOT_ENOUGH_MEMORY. */
int catalog_copy(const catalog_t *catalog, catalog_t *copy);

void catalog_free(catalog_t *catalog);

/* Fills an empty catalog with what a fresh Windows has: the base provider's TCP, UDP and RAW entries over
 * IPv4 and IPv6. */
int catalog_seed(catalog_t *catalog);

#endif
