#include "catalog.h"

#include <stdlib.h>
#include <string.h>

int catalog_append(catalog_t *catalog, const catalog_item_t *item)
{
  catalog_item_t *grown = realloc(catalog->items, (catalog->count + 1) * sizeof *grown);

  if (grown == NULL)
    return WSA_NOT_ENOUGH_MEMORY;
  grown[catalog->count++] = *item;
  catalog->items = grown;
  return 0;
}

void catalog_remove(catalog_t *catalog, DWORD index)
{
  catalog_item_t *gone = catalog->items + index;

  memmove(gone, gone + 1, (catalog->count - index - 1) * sizeof *gone);
  catalog->count--;
}

catalog_item_t *catalog_find_provider(const catalog_t *catalog, const GUID *provider)
{
  for (DWORD i = 0; i < catalog->count; i++) {
    if (IsEqualGUID(&catalog->items[i].info.ProviderId, provider))
      return catalog->items + i;
  }
  return NULL;
}

catalog_item_t *catalog_find_id(const catalog_t *catalog, DWORD id)
{
  for (DWORD i = 0; i < catalog->count; i++) {
    if (catalog->items[i].info.dwCatalogEntryId == id)
      return catalog->items + i;
  }
  return NULL;
}

int catalog_copy(const catalog_t *catalog, catalog_t *copy)
{
  catalog_item_t *items = malloc((catalog->count + 1) * sizeof *items);

  if (items == NULL)
    return WSA_NOT_ENOUGH_MEMORY;
  if (catalog->count)
    memcpy(items, catalog->items, catalog->count * sizeof *items);
  *copy = (catalog_t){items, catalog->count, catalog->next_id};
  return 0;
}

void catalog_free(catalog_t *catalog)
{
  free(catalog->items);
  *catalog = (catalog_t){0};
}
