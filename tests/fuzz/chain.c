/*
 * Catalogs as a damaged or hostile registry has them, read by catalog_registry.c, and chains of them looked
 * into by chain.c with infos that an application may have made up. What is found must be in the catalog, and
 * not ourselves.
 */
#include "chain.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "catalog_registry.h"
#include "chain_search.h"
#include "expect.h"
#include "protocol_info.h"
#include "registry.h"
#include "target.h"

enum { ENTRIES_MAX = 12 };

static bool in_catalog(const catalog_t *catalog, const catalog_entry_t *entry)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (entry == &catalog->entries[i])
      return true;
  return false;
}

static bool info_in_catalog(const catalog_t *catalog, const WSAPROTOCOL_INFOW *info)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (info == &catalog->entries[i].info)
      return true;
  return false;
}

static bool is_our_id(const catalog_t *catalog, DWORD id)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog->entries[i].ours && catalog->entries[i].info.dwCatalogEntryId == id)
      return true;
  return false;
}

/* Few ids, so that they meet; lengths inside and outside of what an array holds. */
static void make_info(WSAPROTOCOL_INFOW *info, bytes_t *bytes)
{
  static const int lengths[] = {2, 1, 0, 3, 7, 8, -1, 4, 0x7fffffff, (int)0x80000000, 5, 6};
  memset(info, 0, sizeof *info);
  info->dwCatalogEntryId = bytes_below(bytes, ENTRIES_MAX + 4);
  info->ProtocolChain.ChainLen = lengths[bytes_below(bytes, sizeof lengths / sizeof *lengths)];
  for (int i = 0; i < MAX_PROTOCOL_CHAIN; i++)
    info->ProtocolChain.ChainEntries[i] = bytes_below(bytes, ENTRIES_MAX + 4);
  info->iAddressFamily = (int)bytes_below(bytes, 3) * 2;
  info->iSocketType = (int)bytes_below(bytes, 4);
  info->iProtocol = bytes_rarely(bytes, 6) ? (int)bytes_word(bytes) : 6;
  info->iProtocolMaxOffset = bytes_rarely(bytes, 6) ? (int)bytes_word(bytes) : 0;
  info->dwProviderFlags = bytes_byte(bytes);
  info->dwServiceFlags3 = bytes_below(bytes, 2);
  info->dwServiceFlags4 = bytes_below(bytes, 2);
  info->dwProviderReserved = bytes_below(bytes, 2);
}

static catalog_t *make_catalog(bytes_t *bytes)
{
  size_t count = 1 + bytes_below(bytes, ENTRIES_MAX);
  catalog_t *catalog = catalog_new(count);
  expect(catalog, "memory");
  for (size_t i = 0; i < count; i++) {
    catalog_entry_t *entry = &catalog->entries[i];
    make_info(&entry->info, bytes);
    if (bytes_below(bytes, 8))
      entry->info.dwCatalogEntryId = (DWORD)i + 1;
    entry->path[0] = bytes_rarely(bytes, 8) ? 0 : 'x';
    entry->ours = bytes_below(bytes, 3) == 0;
  }
  return catalog;
}

static void look_into(const catalog_t *catalog, bytes_t *bytes)
{
  /* At the end of a block: what lies behind it is nobody's. */
  WSAPROTOCOL_INFOW *info = malloc(sizeof *info);
  chain_place_t place;
  INT error = 0;
  make_info(info, bytes);
  memset(&place, 0xaa, sizeof place);
  if (chain_locate(catalog, info, &place)) {
    const WSAPROTOCOLCHAIN *chain = &place.lower->info.ProtocolChain;
    expect(in_catalog(catalog, place.lower) && !place.lower->ours && place.lower->path[0],
           "the lower provider is no provider");
    expect(place.lower_is_base == (chain->ChainLen == BASE_PROTOCOL), "base or not");
    expect(place.lower_info == info || info_in_catalog(catalog, place.lower_info),
           "the lower provider gets an info of nowhere");
    expect(!place.chain || in_catalog(catalog, place.chain), "a chain of nowhere");
    expect(is_our_id(catalog, place.own_id), "handles are labelled with %u, which is not ours",
           (unsigned)place.own_id);
    expect(!place.on_top || place.own_id == info->dwCatalogEntryId, "on top of another chain");
  }
  policy_triple_t requested = {.af = (int)bytes_below(bytes, 4) - 1};
  requested.type = (int)bytes_below(bytes, 4) - 1;
  requested.protocol = (int)bytes_below(bytes, 9) - 1;
  policy_triple_t triple = protocol_info_effective(info, requested);
  const catalog_entry_t *serving = chain_search_triple(catalog, &triple, &error);
  expect(serving ? in_catalog(catalog, serving) && serving->ours && error == 0 &&
                       serving->info.iAddressFamily == triple.af && serving->info.iSocketType == triple.type
                 : error == WSAEAFNOSUPPORT || error == WSAESOCKTNOSUPPORT || error == WSAEPROTONOSUPPORT,
         "error %d", (int)error);
  const catalog_entry_t *likely = &catalog->entries[bytes_below(bytes, (unsigned)catalog->count)];
  const catalog_entry_t *over =
      chain_search_over(catalog, catalog_find(catalog, bytes_below(bytes, ENTRIES_MAX + 4)), likely);
  expect(!over || (in_catalog(catalog, over) && over->ours), "not ours lies over it");
  WSAPROTOCOL_INFOW to = catalog->entries[0].info;
  protocol_info_copy_shared(&to, info, &likely->info);
  expect(!info->dwProviderReserved || protocol_info_is_shared(&to, &likely->info),
         "the shared state is lost");
  free(info);
}

/* Names and paths end, whatever the registry holds. */
static void read_registry(bytes_t *bytes)
{
  registry_answer(bytes);
  catalog_t *catalog = catalog_registry_read_machine();
  registry_expect_closed();
  for (size_t i = 0; catalog && i < catalog->count; i++) {
    expect(wcsnlen(catalog->entries[i].path, MAX_PATH) < MAX_PATH, "a path does not end");
    expect(wcsnlen(catalog->entries[i].info.szProtocol, WSAPROTOCOL_LEN + 1) <= WSAPROTOCOL_LEN,
           "a name does not end");
    catalog->entries[i].ours = i % 3 == 0;
  }
  if (catalog && catalog->count)
    look_into(catalog, bytes);
  catalog_release(catalog);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  bytes_t bytes = {data, size};
  if (bytes_below(&bytes, 2)) {
    read_registry(&bytes);
    return 0;
  }
  catalog_t *catalog = make_catalog(&bytes);
  for (int i = 0; i < 4; i++)
    look_into(catalog, &bytes);
  catalog_release(catalog_share(catalog));
  catalog_release(catalog);
  return 0;
}
