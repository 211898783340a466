#include "lower_info.h"

const WSAPROTOCOL_INFOW *info_chosen(const slot_t *slot, const WSAPROTOCOL_INFOW *given)
{
  const catalog_entry_t *entry = NULL;

  if (given != NULL && given->dwCatalogEntryId != slot->place.chain->info.dwCatalogEntryId)
    entry = chain_entry(slot->catalog, given->dwCatalogEntryId);
  /* A layer's hidden entry describes no transport. */
  if (entry == NULL || entry->info.ProtocolChain.ChainLen == LAYERED_PROTOCOL)
    entry = slot->place.chain;
  return &entry->info;
}

WSAPROTOCOL_INFOW *info_down_fresh(const slot_t *slot, WSAPROTOCOL_INFOW *storage)
{
  *storage = slot->place.next_is_base ? slot->place.next->info : *slot->place.down;
  return storage;
}

WSAPROTOCOL_INFOW *info_down(const slot_t *slot, WSAPROTOCOL_INFOW *given, WSAPROTOCOL_INFOW *storage)
{
  /* The layer below finds itself in what we were handed, then or now (a layer above may have started us with
   * another chain's info), or else in our chain (chain.h). */
  if (given != NULL && !slot->place.next_is_base &&
      (slot->place.down == &slot->info || chain_holds(given, slot->place.next->info.dwCatalogEntryId)))
    return given;
  info_down_fresh(slot, storage);
  if (given != NULL)
    chain_info_share(storage, given, info_chosen(slot, given));
  return storage;
}
