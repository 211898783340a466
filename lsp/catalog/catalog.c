#include "catalog.h"

#include <stdlib.h>

catalog_t *catalog_new(size_t count)
{
  catalog_t *catalog = calloc(1, sizeof *catalog + count * sizeof catalog->entries[0]);

  if (catalog != NULL) {
    catalog->references = 1;
    catalog->count = count;
  }
  return catalog;
}

const catalog_entry_t *catalog_find(const catalog_t *catalog, DWORD id)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog->entries[i].info.dwCatalogEntryId == id)
      return &catalog->entries[i];
  return NULL;
}

catalog_t *catalog_share(catalog_t *catalog)
{
  InterlockedIncrement(&catalog->references);
  return catalog;
}

void catalog_release(catalog_t *catalog)
{
  if (catalog != NULL && InterlockedDecrement(&catalog->references) == 0)
    free(catalog);
}
