#include "layering.h"

#include <string.h>

layering_chain_t layering_check_chain(const catalog_model_t *catalog, const catalog_model_info_t *info,
                                      uint32_t *id)
{
  const catalog_model_entry_t *last = NULL;

  if (info->chain_length < 0 || info->chain_length > CHAIN_MAX)
    return CHAIN_BAD_LENGTH;
  if (info->chain_length <= CHAIN_BASE)
    return CHAIN_SOUND;
  for (int32_t link = 0; link < info->chain_length; link++) {
    last = catalog_model_find_id(catalog, info->chain[link]);
    if (last == NULL) {
      if (id != NULL)
        *id = info->chain[link];
      return CHAIN_DANGLING;
    }
  }
  return last->info.chain_length == CHAIN_BASE ? CHAIN_SOUND : CHAIN_BASELESS;
}

bool layering_through_us(const catalog_model_t *catalog, const catalog_model_entry_t *entry)
{
  if (entry->info.chain_length <= CHAIN_BASE || entry->info.chain_length > CHAIN_MAX)
    return false;
  for (int32_t link = 0; link < entry->info.chain_length; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(catalog, entry->info.chain[link]);

    if (linked != NULL && catalog_model_is_ours(linked))
      return true;
  }
  return catalog_model_is_ours(entry);
}

int layering_lowest_non_ifs(const catalog_model_t *catalog, const catalog_model_info_t *info)
{
  int lowest = 0;

  if (info->chain_length <= CHAIN_BASE || info->service_flags[0] & CATALOG_IFS_HANDLES)
    return -1;
  for (int link = 1; link < info->chain_length - 1 && link < CHAIN_MAX; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(catalog, info->chain[link]);

    if (linked != NULL && !(linked->info.service_flags[0] & CATALOG_IFS_HANDLES))
      lowest = link;
  }
  return lowest;
}

bool layering_over_non_ifs(const catalog_model_t *catalog, const catalog_model_info_t *info)
{
  for (int32_t link = 1; link < info->chain_length - 1 && link < CHAIN_MAX; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(catalog, info->chain[link]);

    if (linked != NULL && linked->info.chain_length > CHAIN_BASE &&
        !(linked->info.service_flags[0] & CATALOG_IFS_HANDLES))
      return true;
  }
  return false;
}

/* A chain being made: longer than any that Winsock takes. */
typedef struct links {
  uint32_t id[CHAIN_MAX * CHAIN_MAX];
  int count;
} links_t;

static void layering__add_link(links_t *links, uint32_t id)
{
  for (int i = 0; i < links->count; i++)
    if (links->id[i] == id)
      return;
  links->id[links->count++] = id;
}

/* In the place of a chain of ours, what it has of others. */
static void layering__add_links_of_others(const catalog_model_t *catalog, const catalog_model_info_t *ours,
                                          links_t *links)
{
  if (ours->chain_length <= CHAIN_BASE || ours->chain_length > CHAIN_MAX)
    return;
  for (int32_t link = 0; link < ours->chain_length; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(catalog, ours->chain[link]);

    if (linked != NULL && !catalog_model_is_ours(linked))
      layering__add_link(links, ours->chain[link]);
  }
}

/* False where the chain names nothing that is to go. */
static bool layering__links_of_others(const catalog_model_t *catalog, const catalog_model_info_t *info,
                                      bool missing, links_t *links)
{
  bool changed = false;

  for (int32_t link = 0; link < info->chain_length; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(catalog, info->chain[link]);

    if (linked != NULL ? !catalog_model_is_ours(linked) : !missing) {
      layering__add_link(links, info->chain[link]);
      continue;
    }
    changed = true;
    if (linked != NULL)
      layering__add_links_of_others(catalog, &linked->info, links);
  }
  return changed;
}

bool layering_without_us(const catalog_model_t *catalog, catalog_model_info_t *info, bool missing)
{
  links_t links = {.count = 0};

  if (info->chain_length <= CHAIN_BASE || info->chain_length > CHAIN_MAX ||
      !layering__links_of_others(catalog, info, missing, &links) || links.count <= CHAIN_BASE ||
      links.count > CHAIN_MAX)
    return false;

  /* What lies behind the chain's end moves up with it: garbage there must come out as it went in. */
  catalog_model_info_t changed = *info;
  int gone = info->chain_length - links.count;
  memcpy(changed.chain, links.id, (size_t)links.count * sizeof *links.id);
  for (int i = links.count; i < CHAIN_MAX; i++)
    changed.chain[i] = i + gone < CHAIN_MAX && i + gone >= 0 ? info->chain[i + gone] : 0;
  changed.chain_length = links.count;
  if (layering_check_chain(catalog, &changed, NULL) != CHAIN_SOUND)
    return false;
  *info = changed;
  return true;
}
