#include "catalog_model.h"

#include <stdlib.h>
#include <string.h>

bool catalog_model_insert(catalog_model_t *catalog, size_t at, const catalog_model_entry_t *entry)
{
  catalog_model_entry_t copy = *entry; /* which may lie in the array that moves */
  catalog_model_entry_t *grown = realloc(catalog->entries, (catalog->count + 1) * sizeof *grown);

  if (grown == NULL)
    return false;
  catalog->entries = grown;
  memmove(grown + at + 1, grown + at, (catalog->count - at) * sizeof *grown);
  grown[at] = copy;
  catalog->count++;
  return true;
}

bool catalog_model_append(catalog_model_t *catalog, const catalog_model_entry_t *entry)
{
  return catalog_model_insert(catalog, catalog->count, entry);
}

void catalog_model_remove(catalog_model_t *catalog, size_t at)
{
  catalog_model_entry_t *removed = catalog->entries + at;

  memmove(removed, removed + 1, (catalog->count - at - 1) * sizeof *removed);
  catalog->count--;
}

void catalog_model_free(catalog_model_t *catalog)
{
  free(catalog->entries);
  *catalog = (catalog_model_t){0};
}

catalog_model_entry_t *catalog_model_find_id(const catalog_model_t *catalog, uint32_t id)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog->entries[i].info.id == id)
      return &catalog->entries[i];
  return NULL;
}

catalog_model_entry_t *catalog_model_find_nth(const catalog_model_t *catalog,
                                              const catalog_model_guid_t *guid, size_t nth)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_guid_equal(&catalog->entries[i].info.guid, guid) && nth-- == 0)
      return &catalog->entries[i];
  return NULL;
}

catalog_model_entry_t *catalog_model_find_guid(const catalog_model_t *catalog,
                                               const catalog_model_guid_t *guid)
{
  return catalog_model_find_nth(catalog, guid, 0);
}

bool catalog_model_guid_equal(const catalog_model_guid_t *a, const catalog_model_guid_t *b)
{
  return memcmp(a, b, sizeof *a) == 0;
}

bool catalog_model_entry_equal(const catalog_model_entry_t *a, const catalog_model_entry_t *b)
{
  return memcmp(&a->info, &b->info, sizeof a->info) == 0 && memcmp(a->path, b->path, sizeof a->path) == 0;
}

bool catalog_model_is_ours(const catalog_model_entry_t *entry)
{
  static const char own_name[] = "sockwarden.dll";
  const uint16_t *name = entry->path;
  size_t i;

  for (const uint16_t *at = entry->path; at < entry->path + CATALOG_PATH_CHARS && *at; at++)
    if (*at == '\\' || *at == '/')
      name = at + 1;
  for (i = 0; own_name[i] && name + i < entry->path + CATALOG_PATH_CHARS; i++)
    if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) != own_name[i])
      return false;
  return !own_name[i] && (name + i == entry->path + CATALOG_PATH_CHARS || !name[i]);
}
