#include "plan_whole.h"

#include "catalog_text.h"
#include "layering.h"
#include "socket_kind.h"

static bool plan_whole__has_path(const catalog_model_entry_t *entry, const char *dll_path)
{
  uint16_t path[CATALOG_PATH_CHARS];
  size_t i = 0;

  catalog_text_set(path, CATALOG_PATH_CHARS, dll_path);
  while (path[i] && path[i] == entry->path[i])
    i++;
  return path[i] == entry->path[i];
}

/* Whether our entries are one hidden one and so many chains; *hidden_id is the hidden one's. */
static bool plan_whole__count(const catalog_model_t *catalog, const char *dll_path, size_t wanted_chains,
                              uint32_t *hidden_id)
{
  size_t hidden = 0, chains = 0;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_model_entry_t *entry = &catalog->entries[i];

    if (!catalog_model_is_ours(entry))
      continue;
    if (!plan_whole__has_path(entry, dll_path))
      return false;
    if (entry->info.chain_length == CHAIN_LAYER) {
      hidden++;
      *hidden_id = entry->info.id;
    } else {
      chains++;
    }
  }
  return hidden == 1 && chains == wanted_chains;
}

static bool plan_whole__chains_sound(const catalog_model_t *catalog, uint32_t hidden_id)
{
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_model_entry_t *entry = &catalog->entries[i];

    if (!catalog_model_is_ours(entry) || entry->info.chain_length == CHAIN_LAYER)
      continue;
    if (entry->info.chain[0] != hidden_id ||
        layering_check_chain(catalog, &entry->info, NULL) != CHAIN_SOUND ||
        layering_over_non_ifs(catalog, &entry->info))
      return false;
  }
  return true;
}

static bool plan_whole__view(const catalog_model_t *catalog, const char *dll_path)
{
  socket_kind_t kinds[SOCKET_KINDS_MAX];
  size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
  uint32_t hidden_id = 0;

  if (!plan_whole__count(catalog, dll_path, count, &hidden_id) ||
      !plan_whole__chains_sound(catalog, hidden_id))
    return false;
  for (size_t i = 0; i < count; i++) {
    const catalog_model_entry_t *top = socket_kind_top_entry(catalog, &kinds[i], false);

    if (!layering_through_us(catalog, top) || layering_check_chain(catalog, &top->info, NULL) != CHAIN_SOUND)
      return false;
  }
  return true;
}

bool plan_is_whole(const machine_catalogs_t *now, const char *dll_path)
{
  for (size_t view = 0; view < now->views; view++)
    if (!plan_whole__view(&now->view[view], dll_path))
      return false;
  return true;
}
