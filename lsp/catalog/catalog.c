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
