#include "chain.h"

int chain_length(const WSAPROTOCOL_INFOW *info)
{
  int length = info->ProtocolChain.ChainLen;

  return length >= 2 && length <= MAX_PROTOCOL_CHAIN ? length : 0;
}

static int chain__our_position(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info)
{
  int length = chain_length(info);

  for (int i = 0; i < length; i++) {
    const catalog_entry_t *entry = catalog_find(catalog, info->ProtocolChain.ChainEntries[i]);

    if (entry != NULL && entry->ours)
      return i;
  }
  return -1;
}

/* The first element after `position` that is not ours as well: to start ourselves as our own lower provider
 * would never end. NULL where it is missing from the catalog: an element is never skipped for being unknown.
 */
static const catalog_entry_t *chain__after(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info,
                                           int position)
{
  int length = chain_length(info);

  for (int i = position + 1; i < length; i++) {
    const catalog_entry_t *entry = catalog_find(catalog, info->ProtocolChain.ChainEntries[i]);

    if (entry == NULL || entry->path[0] == L'\0')
      return NULL;
    if (!entry->ours)
      return entry;
  }
  return NULL;
}

bool chain_holds(const WSAPROTOCOL_INFOW *info, DWORD id)
{
  int length = chain_length(info);

  for (int i = 0; i < length; i++)
    if (info->ProtocolChain.ChainEntries[i] == id)
      return true;
  return false;
}

bool chain_is_ours_on_top(const catalog_t *catalog, const catalog_entry_t *entry)
{
  return entry->ours && chain__our_position(catalog, &entry->info) == 0;
}

/* A layer above put our hidden entry into its chain: the chain of ours that says the same of us. */
static DWORD chain__own_id(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info,
                           const catalog_entry_t *ours, const catalog_entry_t *lower)
{
  DWORD own_id = ours->info.dwCatalogEntryId;

  if (chain_length(&ours->info) > 0)
    return own_id;
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];

    if (chain_is_ours_on_top(catalog, entry) && entry->info.iAddressFamily == info->iAddressFamily &&
        entry->info.iSocketType == info->iSocketType && entry->info.iProtocol == info->iProtocol &&
        chain__after(catalog, &entry->info, 0) == lower)
      return entry->info.dwCatalogEntryId;
  }
  return own_id;
}

/* Our place in exactly the chain that `info` spells out. */
static bool chain__place_in(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info, chain_place_t *place)
{
  int position = chain__our_position(catalog, info);
  const catalog_entry_t *named = catalog_find(catalog, info->dwCatalogEntryId);

  if (position < 0)
    return false;

  const catalog_entry_t *ours = catalog_find(catalog, info->ProtocolChain.ChainEntries[position]);
  const catalog_entry_t *lower = NULL;
  if (chain_length(&ours->info) > 0)
    lower = chain__after(catalog, &ours->info, chain__our_position(catalog, &ours->info));
  if (lower == NULL)
    lower = chain__after(catalog, info, position);
  if (lower == NULL)
    return false;

  bool own_chain = named != NULL && named->ours && chain_length(&named->info) > 0;
  place->lower = lower;
  place->lower_is_base = lower->info.ProtocolChain.ChainLen == BASE_PROTOCOL;
  place->lower_info = place->lower_is_base                              ? &lower->info
                      : chain_holds(info, lower->info.dwCatalogEntryId) ? info
                                                                        : &ours->info;
  place->own_id = own_chain ? info->dwCatalogEntryId : chain__own_id(catalog, info, ours, lower);
  place->on_top = own_chain && position == 0;
  place->chain =
      named != NULL && chain_length(&named->info) > 0 ? named : catalog_find(catalog, place->own_id);
  return true;
}

/* How alike two infos are: each field counts only where those before it are equal. */
static int chain__likeness(const WSAPROTOCOL_INFOW *one, const WSAPROTOCOL_INFOW *other)
{
  if (one->iAddressFamily != other->iAddressFamily)
    return 0;
  if (one->iSocketType != other->iSocketType)
    return 1;
  if (one->iProtocol != other->iProtocol)
    return 2;
  return one->dwServiceFlags1 != other->dwServiceFlags1 ? 3 : 4;
}

bool chain_locate(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info, chain_place_t *place)
{
  int best = -1;

  if (chain__place_in(catalog, info, place))
    return true;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];
    chain_place_t candidate;

    if (!chain__place_in(catalog, &entry->info, &candidate))
      continue;
    int likeness = 2 * chain__likeness(&entry->info, info) + (candidate.on_top ? 1 : 0);
    if (likeness > best) {
      best = likeness;
      *place = candidate;
    }
  }
  /* The caller did not name a chain of ours. */
  if (best >= 0)
    place->on_top = false;
  return best >= 0;
}
