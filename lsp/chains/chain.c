#include "chain.h"

/* The number of elements of an info's chain that can be read; 0 for what is no chain. */
static int chain__length(const WSAPROTOCOL_INFOW *info)
{
  int length = info->ProtocolChain.ChainLen;

  return length >= 2 && length <= MAX_PROTOCOL_CHAIN ? length : 0;
}

const catalog_entry_t *chain_entry(const catalog_t *catalog, DWORD id)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog->entries[i].info.dwCatalogEntryId == id)
      return &catalog->entries[i];
  return NULL;
}

static int chain__our_position(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info)
{
  int length = chain__length(info);

  for (int i = 0; i < length; i++) {
    const catalog_entry_t *entry = chain_entry(catalog, info->ProtocolChain.ChainEntries[i]);

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
  int length = chain__length(info);

  for (int i = position + 1; i < length; i++) {
    const catalog_entry_t *entry = chain_entry(catalog, info->ProtocolChain.ChainEntries[i]);

    if (entry == NULL || entry->path[0] == L'\0')
      return NULL;
    if (!entry->ours)
      return entry;
  }
  return NULL;
}

bool chain_holds(const WSAPROTOCOL_INFOW *info, DWORD id)
{
  int length = chain__length(info);

  for (int i = 0; i < length; i++)
    if (info->ProtocolChain.ChainEntries[i] == id)
      return true;
  return false;
}

static bool chain__ours_on_top(const catalog_t *catalog, const catalog_entry_t *entry)
{
  return entry->ours && chain__our_position(catalog, &entry->info) == 0;
}

/* A layer above put our hidden entry into its chain: the chain of ours that says the same of us. */
static DWORD chain__own_id(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info,
                           const catalog_entry_t *ours, const catalog_entry_t *next)
{
  DWORD own_id = ours->info.dwCatalogEntryId;

  if (chain__length(&ours->info) > 0)
    return own_id;
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];

    if (chain__ours_on_top(catalog, entry) && entry->info.iAddressFamily == info->iAddressFamily &&
        entry->info.iSocketType == info->iSocketType && entry->info.iProtocol == info->iProtocol &&
        chain__after(catalog, &entry->info, 0) == next)
      return entry->info.dwCatalogEntryId;
  }
  return own_id;
}

/* Our place in exactly the chain that `info` spells out. */
static bool chain__place(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info, chain_place_t *place)
{
  int position = chain__our_position(catalog, info);
  const catalog_entry_t *named = chain_entry(catalog, info->dwCatalogEntryId);

  if (position < 0)
    return false;

  const catalog_entry_t *ours = chain_entry(catalog, info->ProtocolChain.ChainEntries[position]);
  const catalog_entry_t *next = NULL;
  if (chain__length(&ours->info) > 0)
    next = chain__after(catalog, &ours->info, chain__our_position(catalog, &ours->info));
  if (next == NULL)
    next = chain__after(catalog, info, position);
  if (next == NULL)
    return false;

  bool own_chain = named != NULL && named->ours && chain__length(&named->info) > 0;
  place->next = next;
  place->next_is_base = next->info.ProtocolChain.ChainLen == BASE_PROTOCOL;
  place->down = chain_holds(info, next->info.dwCatalogEntryId) ? info : &ours->info;
  place->own_id = own_chain ? info->dwCatalogEntryId : chain__own_id(catalog, info, ours, next);
  place->top = own_chain && position == 0;
  place->chain =
      named != NULL && chain__length(&named->info) > 0 ? named : chain_entry(catalog, place->own_id);
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

  if (chain__place(catalog, info, place))
    return true;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];
    chain_place_t candidate;

    if (!chain__place(catalog, &entry->info, &candidate))
      continue;
    int likeness = 2 * chain__likeness(&entry->info, info) + (candidate.top ? 1 : 0);
    if (likeness > best) {
      best = likeness;
      *place = candidate;
    }
  }
  /* Whoever asked did not ask about a chain of ours. */
  if (best >= 0)
    place->top = false;
  return best >= 0;
}

const catalog_entry_t *chain_for_triple(const catalog_t *catalog, const policy_triple_t *triple, INT *error)
{
  bool family = false, type = false;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];
    const WSAPROTOCOL_INFOW *info = &entry->info;

    if (!chain__ours_on_top(catalog, entry) || info->iAddressFamily != triple->af)
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
static bool chain__lies_over(const catalog_t *catalog, const catalog_entry_t *ours,
                             const catalog_entry_t *below)
{
  const WSAPROTOCOLCHAIN *over = &ours->info.ProtocolChain, *under = &below->info.ProtocolChain;
  int length = chain__length(&ours->info), end = chain__length(&below->info);

  if (!chain__ours_on_top(catalog, ours))
    return false;
  for (int i = 1; i < length; i++)
    if (over->ChainEntries[i] == below->info.dwCatalogEntryId)
      return true;
  if (end == 0 || end >= length)
    return false;
  for (int i = 0; i < end; i++)
    if (over->ChainEntries[length - end + i] != under->ChainEntries[i])
      return false;
  return true;
}

const catalog_entry_t *chain_over(const catalog_t *catalog, DWORD id, const catalog_entry_t *likely)
{
  const catalog_entry_t *below = chain_entry(catalog, id);

  if (below == NULL || below->ours)
    return NULL;
  if (likely != NULL && chain__lies_over(catalog, likely, below))
    return likely;
  for (size_t i = 0; i < catalog->count; i++)
    if (chain__lies_over(catalog, &catalog->entries[i], below))
      return &catalog->entries[i];
  return NULL;
}

policy_triple_t chain_effective(const WSAPROTOCOL_INFOW *entry, int af, int type, int protocol)
{
  policy_triple_t effective = {
      .af = af == AF_UNSPEC || af == FROM_PROTOCOL_INFO ? entry->iAddressFamily : af,
      .type = type == 0 || type == FROM_PROTOCOL_INFO ? entry->iSocketType : type,
      .protocol = protocol == 0 || protocol == FROM_PROTOCOL_INFO ? entry->iProtocol : protocol,
  };

  return effective;
}

bool chain_info_shared(const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *entry)
{
  return info->dwProviderReserved != 0 || info->dwServiceFlags3 != entry->dwServiceFlags3 ||
         info->dwServiceFlags4 != entry->dwServiceFlags4;
}

void chain_info_share(WSAPROTOCOL_INFOW *to, const WSAPROTOCOL_INFOW *from, const WSAPROTOCOL_INFOW *entry)
{
  to->dwProviderReserved = from->dwProviderReserved;
  if (from->dwServiceFlags3 != entry->dwServiceFlags3)
    to->dwServiceFlags3 = from->dwServiceFlags3;
  if (from->dwServiceFlags4 != entry->dwServiceFlags4)
    to->dwServiceFlags4 = from->dwServiceFlags4;
}
