#include "chain_search.h"

#include "chain.h"

const catalog_entry_t *chain_search_triple(const catalog_t *catalog, const policy_triple_t *triple,
                                           INT *error)
{
  bool family = false, type = false;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];
    const WSAPROTOCOL_INFOW *info = &entry->info;

    if (!chain_is_ours_on_top(catalog, entry) || info->iAddressFamily != triple->af)
      continue;
    family = true;
    if (info->iSocketType != triple->type)
      continue;
    type = true;
    if ((triple->protocol >= info->iProtocol &&
         (INT64)triple->protocol <= (INT64)info->iProtocol + info->iProtocolMaxOffset) ||
        (triple->protocol == 0 && (info->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO) != 0))
      return entry;
  }
  *error = !family ? WSAEAFNOSUPPORT : !type ? WSAESOCKTNOSUPPORT : WSAEPROTONOSUPPORT;
  return NULL;
}

/* Whether our chain lies over the provider that answered: it is named in the chain after us, or its own
 * chain's elements are the end of ours. */
static bool chain_search__lies_over(const catalog_t *catalog, const catalog_entry_t *ours,
                                    const catalog_entry_t *lower)
{
  const WSAPROTOCOLCHAIN *over = &ours->info.ProtocolChain, *under = &lower->info.ProtocolChain;
  int length = chain_length(&ours->info), end = chain_length(&lower->info);

  if (!chain_is_ours_on_top(catalog, ours))
    return false;
  for (int i = 1; i < length; i++)
    if (over->ChainEntries[i] == lower->info.dwCatalogEntryId)
      return true;
  if (end == 0 || end >= length)
    return false;
  for (int i = 0; i < end; i++)
    if (over->ChainEntries[length - end + i] != under->ChainEntries[i])
      return false;
  return true;
}

const catalog_entry_t *chain_search_over(const catalog_t *catalog, const catalog_entry_t *lower,
                                         const catalog_entry_t *likely)
{
  if (lower == NULL || lower->ours)
    return NULL;
  if (likely != NULL && chain_search__lies_over(catalog, likely, lower))
    return likely;
  for (size_t i = 0; i < catalog->count; i++)
    if (chain_search__lies_over(catalog, &catalog->entries[i], lower))
      return &catalog->entries[i];
  return NULL;
}
