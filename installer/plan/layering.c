#include "layering.h"

#include <stdio.h>
#include <string.h>

bool layering_wanted(const catalog_info_t *info)
{
  switch (info->family) {
  case FAMILY_INET:
  case FAMILY_INET6:
    return (info->type == TYPE_STREAM && info->protocol == 6) ||
           (info->type == TYPE_DATAGRAM && info->protocol == 17) || info->type == TYPE_RAW;
  case FAMILY_BLUETOOTH:
  case FAMILY_HYPERV:
  case FAMILY_UNIX:
    return true;
  }
  return false;
}

bool layering_same_kind(const catalog_info_t *info, const layering_kind_t *kind)
{
  return info->family == kind->family && info->type == kind->type && info->protocol == kind->protocol;
}

/* Where a kind stands in our order: the usual six first, the others as they come. */
static int layering__rank(const layering_kind_t *kind)
{
  if (kind->family == FAMILY_INET)
    return kind->type;
  return kind->family == FAMILY_INET6 ? 3 + kind->type : 7;
}

size_t layering_kinds(const catalog_t *catalog, layering_kind_t *kinds, size_t room)
{
  size_t count = 0;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_info_t *info = &catalog->entries[i].info;
    size_t at = 0;

    if (info->chain_length == CHAIN_LAYER || !layering_wanted(info))
      continue;
    while (at < count && !layering_same_kind(info, &kinds[at]))
      at++;
    if (at < count || count == room)
      continue;
    layering_kind_t kind = {info->family, info->type, info->protocol};
    for (at = count; at > 0 && layering__rank(&kinds[at - 1]) > layering__rank(&kind); at--)
      kinds[at] = kinds[at - 1];
    kinds[at] = kind;
    count++;
  }
  return count;
}

const catalog_entry_t *layering_top(const catalog_t *catalog, const layering_kind_t *kind, bool others)
{
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];

    if (entry->info.chain_length != CHAIN_LAYER && layering_same_kind(&entry->info, kind) &&
        !(others && catalog_is_ours(entry)))
      return entry;
  }
  return NULL;
}

void layering_kind_text(const layering_kind_t *kind, char text[LAYERING_KIND_TEXT])
{
  static const char *const types[] = {"?", "TCP", "UDP", "RAW"};
  const char *family = kind->family == FAMILY_INET        ? "IPv4"
                       : kind->family == FAMILY_INET6     ? "IPv6"
                       : kind->family == FAMILY_BLUETOOTH ? "Bluetooth"
                       : kind->family == FAMILY_HYPERV    ? "Hyper-V"
                                                          : "AF_UNIX";
  bool ip = kind->family == FAMILY_INET || kind->family == FAMILY_INET6;

  if (ip && kind->type >= TYPE_STREAM && kind->type <= TYPE_RAW)
    snprintf(text, LAYERING_KIND_TEXT, "%s over %s", types[kind->type], family);
  else
    snprintf(text, LAYERING_KIND_TEXT, "%s type %d protocol %d", family, (int)kind->type,
             (int)kind->protocol);
}

layering_chain_t layering_check_chain(const catalog_t *catalog, const catalog_info_t *info, uint32_t *id)
{
  const catalog_entry_t *last = NULL;

  if (info->chain_length < 0 || info->chain_length > CHAIN_MAX)
    return CHAIN_BAD_LENGTH;
  if (info->chain_length <= CHAIN_BASE)
    return CHAIN_SOUND;
  for (int32_t link = 0; link < info->chain_length; link++) {
    last = catalog_find_id(catalog, info->chain[link]);
    if (last == NULL) {
      if (id != NULL)
        *id = info->chain[link];
      return CHAIN_DANGLING;
    }
  }
  return last->info.chain_length == CHAIN_BASE ? CHAIN_SOUND : CHAIN_BASELESS;
}

bool layering_through_us(const catalog_t *catalog, const catalog_entry_t *entry)
{
  if (entry->info.chain_length <= CHAIN_BASE || entry->info.chain_length > CHAIN_MAX)
    return false;
  for (int32_t link = 0; link < entry->info.chain_length; link++) {
    const catalog_entry_t *linked = catalog_find_id(catalog, entry->info.chain[link]);

    if (linked != NULL && catalog_is_ours(linked))
      return true;
  }
  return catalog_is_ours(entry);
}

int layering_lowest_non_ifs(const catalog_t *catalog, const catalog_info_t *info)
{
  int lowest = 0;

  if (info->chain_length <= CHAIN_BASE || info->service_flags[0] & CATALOG_IFS_HANDLES)
    return -1;
  for (int link = 1; link < info->chain_length - 1 && link < CHAIN_MAX; link++) {
    const catalog_entry_t *linked = catalog_find_id(catalog, info->chain[link]);

    if (linked != NULL && !(linked->info.service_flags[0] & CATALOG_IFS_HANDLES))
      lowest = link;
  }
  return lowest;
}

bool layering_over_non_ifs(const catalog_t *catalog, const catalog_info_t *info)
{
  for (int32_t link = 1; link < info->chain_length - 1 && link < CHAIN_MAX; link++) {
    const catalog_entry_t *linked = catalog_find_id(catalog, info->chain[link]);

    if (linked != NULL && linked->info.chain_length > CHAIN_BASE &&
        !(linked->info.service_flags[0] & CATALOG_IFS_HANDLES))
      return true;
  }
  return false;
}

/* Appends to a chain, once. */
static void layering__add_link(uint32_t *chain, int *length, uint32_t id)
{
  for (int i = 0; i < *length; i++)
    if (chain[i] == id)
      return;
  chain[(*length)++] = id;
}

bool layering_without_us(const catalog_t *catalog, catalog_info_t *info, bool missing)
{
  uint32_t chain[CHAIN_MAX * CHAIN_MAX];
  int length = 0;
  bool changed = false;

  if (info->chain_length <= CHAIN_BASE || info->chain_length > CHAIN_MAX)
    return false;
  for (int32_t link = 0; link < info->chain_length; link++) {
    const catalog_entry_t *linked = catalog_find_id(catalog, info->chain[link]);

    if (linked != NULL ? !catalog_is_ours(linked) : !missing) {
      layering__add_link(chain, &length, info->chain[link]);
      continue;
    }
    changed = true;
    if (linked == NULL || linked->info.chain_length <= CHAIN_BASE || linked->info.chain_length > CHAIN_MAX)
      continue;
    for (int32_t below = 0; below < linked->info.chain_length; below++) {
      const catalog_entry_t *lower = catalog_find_id(catalog, linked->info.chain[below]);

      if (lower != NULL && !catalog_is_ours(lower))
        layering__add_link(chain, &length, linked->info.chain[below]);
    }
  }
  if (!changed || length > CHAIN_MAX)
    return false;

  /* What lies behind the chain's end moves up with it: garbage there must come out as it went in. */
  catalog_info_t mended = *info;
  int gone = info->chain_length - length;
  memcpy(mended.chain, chain, (size_t)length * sizeof *chain);
  for (int i = length; i < CHAIN_MAX; i++)
    mended.chain[i] = i + gone < CHAIN_MAX && i + gone >= 0 ? info->chain[i + gone] : 0;
  mended.chain_length = length;
  if (length <= CHAIN_BASE || layering_check_chain(catalog, &mended, NULL) != CHAIN_SOUND)
    return false;
  *info = mended;
  return true;
}
