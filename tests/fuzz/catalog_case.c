#include "catalog_case.h"

#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "catalog_text.h"
#include "plan_simulate.h"
#include "socket_kind.h"

#define VENDOR_DLL "C:\\v\\vendor.dll"

static const struct {
  int family, type, protocol;
} bases[] = {
    {FAMILY_INET, TYPE_STREAM, 6},      {FAMILY_INET, TYPE_DATAGRAM, 17},  {FAMILY_INET, TYPE_RAW, 0},
    {FAMILY_INET6, TYPE_STREAM, 6},     {FAMILY_INET6, TYPE_DATAGRAM, 17}, {FAMILY_INET6, TYPE_RAW, 0},
    {FAMILY_BLUETOOTH, TYPE_STREAM, 3}, {FAMILY_UNIX, TYPE_STREAM, 0},     {17, 5, 100},
};

enum { BASES = sizeof bases / sizeof bases[0] };

static uint32_t next_id;

static catalog_model_guid_t guid_of(uint32_t number)
{
  catalog_model_guid_t guid = {{0xaa}};
  memcpy(guid.bytes + 4, &number, sizeof number);
  return guid;
}

static catalog_model_guid_t new_guid(void *context)
{
  static uint32_t number = 0x5000000;
  (void)context;
  return guid_of(number++);
}

const plan_options_t *catalog_case_options(void)
{
  static const plan_options_t options = {CASE_OUR_DLL, new_guid, NULL};
  return &options;
}

static void add(catalog_model_t *catalog, size_t at, catalog_model_entry_t *entry, const char *dll)
{
  catalog_text_set(entry->path, CATALOG_PATH_CHARS, dll);
  expect(catalog_model_insert(catalog, at, entry), "memory");
}

static void add_base(catalog_model_t *catalog, size_t which, uint32_t id)
{
  catalog_model_entry_t entry = {.dll_missing = false};
  entry.info.service_flags[0] = CATALOG_IFS_HANDLES;
  entry.info.provider_flags = 8;
  entry.info.id = id;
  entry.info.chain_length = CHAIN_BASE;
  entry.info.chain[6] = 77; /* what lies behind a chain's end is somebody's */
  entry.info.family = bases[which].family;
  entry.info.type = bases[which].type;
  entry.info.protocol = bases[which].protocol;
  entry.info.protocol_range = bases[which].type == TYPE_RAW ? 255 : 0;
  memset(entry.info.guid.bytes, bases[which].family, sizeof entry.info.guid.bytes);
  catalog_text_set(entry.info.name, CATALOG_NAME_CHARS, "MSAFD");
  add(catalog, catalog->count, &entry, "%SystemRoot%\\system32\\mswsock.dll");
}

static uint32_t add_hidden(catalog_model_t *catalog, uint32_t number, bool ifs, const char *dll)
{
  catalog_model_entry_t entry = {.dll_missing = false};
  entry.info.guid = guid_of(number);
  entry.info.id = next_id++;
  entry.info.provider_flags = CATALOG_HIDDEN;
  entry.info.service_flags[0] = ifs ? CATALOG_IFS_HANDLES : 0;
  catalog_text_set(entry.info.name, CATALOG_NAME_CHARS, "Hidden");
  add(catalog, catalog->count, &entry, dll);
  return entry.info.id;
}

/* A chain over the entry with that id, on top of all; none where that one's is full or no chain. */
static void add_chain(catalog_model_t *catalog, uint32_t number, uint32_t hidden, uint32_t over, bool ifs,
                      const char *dll)
{
  catalog_model_entry_t entry = *catalog_model_find_id(catalog, over);
  catalog_model_info_t *info = &entry.info;
  if (info->chain_length < CHAIN_BASE || info->chain_length >= CHAIN_MAX)
    return;
  memmove(info->chain + 2, info->chain + 1, (CHAIN_MAX - 2) * sizeof *info->chain);
  info->chain[0] = hidden;
  info->chain[1] = over;
  info->chain_length++;
  info->chain[6] = info->chain_length < 7 ? 0 : info->chain[6]; /* a longer chain needs the room */
  info->guid = guid_of(number);
  info->id = next_id++;
  info->service_flags[0] &= ifs ? ~UINT32_C(0) : ~CATALOG_IFS_HANDLES;
  catalog_text_set(info->name, CATALOG_NAME_CHARS, "Chain");
  entry.dll_missing = false;
  add(catalog, 0, &entry, dll);
}

/* Another vendor's layer over all kinds, in every view, as installers do; or half of one, or of ours, as they
 * should not. */
static void add_layer(machine_catalogs_t *catalogs, unsigned kinds_wanted, bool ifs, const char *dll)
{
  static uint32_t number = 1;
  uint32_t first = number;
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_model_t *catalog = &catalogs->view[view];
    socket_kind_t kinds[SOCKET_KINDS_MAX];
    size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
    uint32_t hidden = add_hidden(catalog, first, ifs, dll);
    for (size_t i = 0; i < count && i < 16; i++)
      if (kinds_wanted >> (i % 8) & 1)
        add_chain(catalog, first + 1 + (uint32_t)i, hidden,
                  socket_kind_top_entry(catalog, &kinds[i], false)->info.id, ifs, dll);
  }
  number += 32;
}

static void install_us(machine_catalogs_t *catalogs)
{
  plan_t plan;
  plan_failure_t failure;
  machine_catalogs_t copy;
  expect(machine_catalogs_copy(catalogs, &copy), "memory");
  if (plan_install(catalogs, catalog_case_options(), &plan, &failure) == PLAN_OK) {
    if (plan_simulate_all(&plan, 0, &copy, &next_id)) {
      machine_catalogs_free(catalogs);
      *catalogs = copy;
      copy = (machine_catalogs_t){.views = 0};
    }
    plan_free(&plan);
  }
  machine_catalogs_free(&copy);
}

static uint32_t some_id(const catalog_model_t *catalog, bytes_t *bytes)
{
  unsigned which = bytes_byte(bytes);
  return which < 0xe0 && catalog->count ? catalog->entries[which % catalog->count].info.id : which;
}

/* A layer's chain is of the kind of what lies below it; else there were two truths about what is covered. */
static bool stands_alone(const catalog_model_t *catalog, const catalog_model_info_t *info)
{
  for (size_t i = 0; i < catalog->count; i++)
    for (int32_t link = 0; link < CHAIN_MAX; link++)
      if (catalog->entries[i].info.chain[link] == info->id)
        return false;
  return info->chain_length == CHAIN_BASE;
}

/* One thing that no installer does. */
static void damage(catalog_model_t *catalog, bytes_t *bytes)
{
  if (!catalog->count)
    return;
  size_t at = bytes_below(bytes, 256) % catalog->count;
  catalog_model_entry_t *entry = &catalog->entries[at], copy;
  catalog_model_info_t *info = &entry->info;
  switch (bytes_below(bytes, 9)) {
  case 0:
    info->chain_length = (int32_t)bytes_below(bytes, 12) - 2;
    break;
  case 1:
    info->chain[bytes_below(bytes, CHAIN_MAX)] = some_id(catalog, bytes);
    break;
  case 2:
    copy = *entry;
    expect(catalog_model_append(catalog, &copy), "memory");
    break;
  case 3:
    info->id = some_id(catalog, bytes);
    break;
  case 4:
    catalog_model_remove(catalog, at);
    break;
  case 5:
    if (!stands_alone(catalog, info))
      break;
    info->family = bases[bytes_below(bytes, BASES)].family;
    info->type = bases[bytes_below(bytes, BASES)].type;
    info->protocol = (int32_t)bytes_word(bytes);
    break;
  case 6:
    entry->dll_missing = true;
    break;
  case 7:
    info->service_flags[0] ^= CATALOG_IFS_HANDLES;
    break;
  default:
    info->chain_length = (int32_t)bytes_word(bytes);
    break;
  }
}

/* What stands first is another. That is nobody's mistake. */
static void reorder(catalog_model_t *catalog, bytes_t *bytes)
{
  if (!catalog->count)
    return;
  size_t at = bytes_below(bytes, 256) % catalog->count;
  catalog_model_entry_t entry = catalog->entries[at];
  catalog_model_remove(catalog, at);
  expect(catalog_model_insert(catalog, 0, &entry), "memory");
}

machine_catalogs_t catalog_case_make(bytes_t *bytes, catalog_state_t *state)
{
  unsigned shape = bytes_byte(bytes), more = bytes_byte(bytes), steps = bytes_below(bytes, 8);
  machine_catalogs_t catalogs = {.views = shape & 1 ? 1 : 2};
  *state = CATALOG_SANE;
  next_id = 2000;
  for (size_t view = 0; view < catalogs.views; view++)
    for (size_t i = 0; i < BASES; i++)
      if (i < 6 ? !(shape & 2) || more >> (i + view) & 1 : more >> (i - 5) & 1)
        add_base(&catalogs.view[view], i, (uint32_t)(1001 + i + 100 * view));
  for (unsigned i = 0; i < steps; i++) {
    unsigned what = bytes_below(bytes, 16);
    catalog_model_t *catalog = &catalogs.view[bytes_below(bytes, 2) % catalogs.views];
    if (what < 4)
      add_layer(&catalogs, 0xff, what & 1, VENDOR_DLL);
    else if (what < 7)
      install_us(&catalogs);
    else if (what == 7)
      add_layer(&catalogs, bytes_byte(bytes), bytes_below(bytes, 2), VENDOR_DLL);
    else if (what == 8)
      reorder(catalog, bytes);
    else if (what == 9)
      add_layer(&catalogs, bytes_byte(bytes), bytes_below(bytes, 4), "D:\\old\\SockWarden.DLL");
    else
      damage(catalog, bytes);
    catalog_state_t step = what < 7 ? CATALOG_SANE : what < 10 ? CATALOG_ODD : CATALOG_DAMAGED;
    *state = step > *state ? step : *state;
  }
  return catalogs;
}
