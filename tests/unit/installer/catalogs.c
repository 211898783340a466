#include "catalogs.h"

#include <stdio.h>
#include <string.h>

static const struct {
  int family, type, protocol;
  const char *name;
} usual[] = {
    {FAMILY_INET, TYPE_STREAM, 6, "MSAFD Tcpip [TCP/IP]"},
    {FAMILY_INET, TYPE_DATAGRAM, 17, "MSAFD Tcpip [UDP/IP]"},
    {FAMILY_INET, TYPE_RAW, 0, "MSAFD Tcpip [RAW/IP]"},
    {FAMILY_INET6, TYPE_STREAM, 6, "MSAFD Tcpip [TCP/IPv6]"},
    {FAMILY_INET6, TYPE_DATAGRAM, 17, "MSAFD Tcpip [UDP/IPv6]"},
    {FAMILY_INET6, TYPE_RAW, 0, "MSAFD Tcpip [RAW/IPv6]"},
};

uint32_t add_base(catalog_model_t *catalog, uint32_t id, int family, int type, int protocol, const char *name)
{
  catalog_model_entry_t entry = {.dll_missing = false};
  catalog_model_info_t *info = &entry.info;

  info->service_flags[0] = CATALOG_IFS_HANDLES | 0x66;
  info->provider_flags = 8;
  info->id = id;
  info->chain_length = CHAIN_BASE;
  info->chain[6] = 77; /* garbage behind the chain's end is somebody's */
  info->family = family;
  info->type = type;
  info->protocol = protocol;
  info->protocol_range = type == TYPE_RAW ? 255 : 0;
  info->version = 2;
  memset(info->guid.bytes, family, sizeof info->guid.bytes); /* MSAFD: a provider a family */
  catalog_text_set(info->name, CATALOG_NAME_CHARS, name);
  catalog_text_set(entry.path, CATALOG_PATH_CHARS, "%SystemRoot%\\system32\\mswsock.dll");
  assert_true(catalog_model_append(catalog, &entry));
  return id;
}

static machine_catalogs_t windows(size_t views)
{
  machine_catalogs_t catalogs = {.views = views};

  for (size_t view = 0; view < views; view++)
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
      add_base(&catalogs.view[view], (uint32_t)(1001 + i + 100 * view), usual[i].family, usual[i].type,
               usual[i].protocol, usual[i].name);
  return catalogs;
}

machine_catalogs_t fresh_windows(void)
{
  return windows(2);
}

machine_catalogs_t fresh_windows_32(void)
{
  return windows(1);
}

static catalog_model_guid_t guid_of(uint32_t number)
{
  catalog_model_guid_t guid = {{0xaa}};

  memcpy(guid.bytes + 4, &number, sizeof number);
  return guid;
}

uint32_t add_hidden(catalog_model_t *catalog, uint32_t id, bool ifs, const char *name, const char *dll)
{
  catalog_model_entry_t entry = {.dll_missing = false};

  entry.info.guid = guid_of(id);
  entry.info.id = id;
  entry.info.provider_flags = CATALOG_HIDDEN;
  entry.info.service_flags[0] = ifs ? CATALOG_IFS_HANDLES : 0;
  catalog_text_set(entry.info.name, CATALOG_NAME_CHARS, name);
  catalog_text_set(entry.path, CATALOG_PATH_CHARS, dll);
  assert_true(catalog_model_append(catalog, &entry));
  return id;
}

uint32_t add_chain(catalog_model_t *catalog, uint32_t id, uint32_t hidden, uint32_t over, bool ifs,
                   const char *dll)
{
  catalog_model_entry_t entry = *catalog_model_find_id(catalog, over);
  catalog_model_info_t *info = &entry.info;
  int below = info->chain_length;
  char name[CATALOG_NAME_CHARS];

  memmove(info->chain + 2, info->chain + 1, 5 * sizeof *info->chain);
  info->chain[0] = hidden;
  info->chain[1] = over;
  info->chain_length = below + 1;
  /* Garbage here as well: it must come back where it was. In the last place it cannot: a longer chain needs
   * the room. */
  info->chain[5] = info->chain_length < 5 ? 55 : info->chain[5];
  info->chain[6] = info->chain_length < 7 ? 0 : info->chain[6];
  info->guid = guid_of(id);
  info->id = id;
  if (!ifs)
    info->service_flags[0] &= ~CATALOG_IFS_HANDLES;
  snprintf(name, sizeof name, "Chain %u", (unsigned)id);
  catalog_text_set(info->name, CATALOG_NAME_CHARS, name);
  catalog_text_set(entry.path, CATALOG_PATH_CHARS, dll);
  assert_true(catalog_model_insert(catalog, 0, &entry));
  return id;
}

void install_vendor(machine_catalogs_t *catalogs, uint32_t first_id, const char *name, bool ifs)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_model_t *catalog = &catalogs->view[view];
    socket_kind_t kinds[SOCKET_KINDS_MAX];
    size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
    uint32_t id = first_id + (uint32_t)(view * 50),
             hidden = add_hidden(catalog, id++, ifs, name, "C:\\v\\vendor.dll");

    for (size_t i = 0; i < count; i++)
      add_chain(catalog, id++, hidden, socket_kind_top_entry(catalog, &kinds[i], false)->info.id, ifs,
                "C:\\v\\vendor.dll");
  }
}

static catalog_model_guid_t next_guid(void *context)
{
  static uint32_t number = 0x5000000;

  (void)context;
  return guid_of(number++);
}

const plan_options_t *options(void)
{
  static const plan_options_t fixed = {OUR_DLL, next_guid, NULL};

  return &fixed;
}

/* Real ids are ws2_32's to choose, also so that the two catalogs' counters agree. */
static uint32_t counter = 3000;

void carry_out(const plan_t *plan, size_t count, machine_catalogs_t *catalogs)
{
  for (size_t i = 0; i < count; i++)
    if (!plan_simulate(plan, &plan->edits[i], catalogs, &counter)) {
      char text[512];

      plan_edit_text(plan, catalogs, &plan->edits[i], text, sizeof text);
      fail_msg("WSC would refuse edit %d: %s", (int)i, text);
    }
}

static void planned(plan_status_t status, plan_t *plan, const plan_failure_t *failure,
                    machine_catalogs_t *catalogs)
{
  if (status)
    fail_msg("no plan: %d %s", status, failure->text);
  carry_out(plan, plan->count, catalogs);
  plan_free(plan);
}

void install(machine_catalogs_t *catalogs)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_install(catalogs, options(), &plan, &failure);

  planned(status, &plan, &failure, catalogs);
}

void uninstall(machine_catalogs_t *catalogs)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_remove(catalogs, &plan, &failure);

  planned(status, &plan, &failure, catalogs);
}

void restore(machine_catalogs_t *catalogs, const machine_catalogs_t *then)
{
  plan_t plan;
  plan_failure_t failure;
  plan_status_t status = plan_restore(catalogs, then, &plan, &failure);

  planned(status, &plan, &failure, catalogs);
}

machine_catalogs_t copy_of(const machine_catalogs_t *catalogs)
{
  machine_catalogs_t copy;

  assert_true(machine_catalogs_copy(catalogs, &copy));
  return copy;
}

void assert_same(const machine_catalogs_t *a, const machine_catalogs_t *b)
{
  assert_int_equal(a->views, b->views);
  for (size_t view = 0; view < a->views; view++) {
    assert_int_equal(a->view[view].count, b->view[view].count);
    for (size_t i = 0; i < a->view[view].count; i++) {
      assert_memory_equal(&a->view[view].entries[i].info, &b->view[view].entries[i].info,
                          sizeof(catalog_model_info_t));
      assert_memory_equal(a->view[view].entries[i].path, b->view[view].entries[i].path,
                          sizeof a->view[view].entries[i].path);
    }
  }
}

static void fail_with(void *context, const health_problem_t *problem)
{
  (void)context;
  fail_msg("view %d: %s", (int)problem->view, problem->text);
}

void assert_healthy(const machine_catalogs_t *catalogs)
{
  assert_int_equal(health_check(catalogs, fail_with, NULL), 0);
}

static void note_kind(void *context, const health_problem_t *problem)
{
  ((bool *)context)[problem->kind] = true;
}

void assert_problem(const machine_catalogs_t *catalogs, health_kind_t kind)
{
  bool seen[HEALTH_KINDS] = {false};

  assert_true(health_check(catalogs, note_kind, seen) > 0);
  if (!seen[kind])
    fail_msg("no problem of kind %s", health_kind_name(kind));
}

void assert_installed(const machine_catalogs_t *catalogs)
{
  assert_healthy(catalogs);
  for (size_t view = 0; view < catalogs->views; view++)
    assert_int_equal(health_presence(&catalogs->view[view]), PRESENCE_WHOLE);
}

const catalog_model_entry_t *ours_of_kind(const catalog_model_t *catalog, int family, int type)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i]) && catalog->entries[i].info.family == family &&
        catalog->entries[i].info.type == type && catalog->entries[i].info.chain_length > 1)
      return &catalog->entries[i];
  return NULL;
}

const catalog_model_entry_t *our_hidden(const catalog_model_t *catalog)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i]) && catalog->entries[i].info.chain_length == CHAIN_LAYER)
      return &catalog->entries[i];
  return NULL;
}

void assert_chain(const catalog_model_info_t *info, int length, const uint32_t *links)
{
  assert_int_equal(info->chain_length, length);
  for (int i = 0; i < length; i++)
    assert_int_equal(info->chain[i], links[i]);
}
