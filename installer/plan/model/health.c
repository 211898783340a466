#include "health.h"

#include <stdarg.h>
#include <stdio.h>

#include "catalog_text.h"
#include "layering.h"
#include "socket_kind.h"

static const struct {
  const char *name, *advice;
} health_kinds[HEALTH_KINDS] = {
    [HEALTH_DANGLING] = {"dangling-chain", "Run: sockwarden repair"},
    [HEALTH_BAD_CHAIN] = {"bad-chain",
                          "Reinstall that vendor's product, or run netsh winsock reset and restart"},
    [HEALTH_DLL_MISSING] =
        {"missing-dll",
         "If it is sockwarden.dll, run: sockwarden repair. If it is another vendor's, reinstall "
         "that product or uninstall it properly"},
    [HEALTH_NOT_FIRST] = {"not-first", "Run: sockwarden repair"},
    [HEALTH_ABOVE_NON_IFS] = {"above-non-ifs", "Run: sockwarden repair"},
    [HEALTH_NOT_COVERED] = {"not-covered", "Run: sockwarden repair"},
    [HEALTH_ONE_CATALOG] = {"one-catalog", "Run: sockwarden repair"},
    [HEALTH_DUPLICATE] =
        {"duplicate",
         "Run: sockwarden repair. If Windows' own entries are there twice: netsh winsock reset, then "
         "restart"},
    [HEALTH_INCOMPLETE] = {"incomplete", "Run: sockwarden repair"},
};

const char *health_kind_name(health_kind_t kind)
{
  return health_kinds[kind].name;
}

const char *health_advice(health_kind_t kind)
{
  return health_kinds[kind].advice;
}

typedef struct health {
  const machine_catalogs_t *catalogs;
  void (*visit)(void *context, const health_problem_t *problem);
  void *context;
  size_t count;
} health_t;

static void health__report(health_t *health, health_kind_t kind, size_t view, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void health__report(health_t *health, health_kind_t kind, size_t view, const char *format, ...)
{
  health_problem_t problem = {.kind = kind, .view = view};
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(problem.text, sizeof problem.text, format, arguments);
  va_end(arguments);
  health->count++;
  if (health->visit != NULL)
    health->visit(health->context, &problem);
}

static void health__check_entry(health_t *health, size_t view, size_t at)
{
  const catalog_model_t *catalog = &health->catalogs->view[view];
  const catalog_model_entry_t *entry = &catalog->entries[at];
  char name[CATALOG_TEXT_NAME], path[CATALOG_TEXT_PATH];
  uint32_t missing = 0;

  catalog_text_name(&entry->info, name);
  catalog_text_path(entry, path);
  switch (layering_check_chain(catalog, &entry->info, &missing)) {
  case CHAIN_SOUND:
    break;
  case CHAIN_DANGLING:
    health__report(health, HEALTH_DANGLING, view, "the chain of \"%s\" names entry %u, which does not exist",
                   name, (unsigned)missing);
    break;
  case CHAIN_BAD_LENGTH:
    health__report(health, HEALTH_BAD_CHAIN, view, "the chain of \"%s\" has the impossible length %d", name,
                   (int)entry->info.chain_length);
    break;
  case CHAIN_BASELESS:
    health__report(health, HEALTH_BAD_CHAIN, view, "the chain of \"%s\" does not end at a base provider",
                   name);
    break;
  }
  if (entry->dll_missing)
    health__report(health, HEALTH_DLL_MISSING, view, "the DLL of \"%s\" is missing: %s", name, path);
  if (catalog_model_find_id(catalog, entry->info.id) != entry)
    health__report(health, HEALTH_DUPLICATE, view, "\"%s\" has the same id as another entry: %u", name,
                   (unsigned)entry->info.id);
}

typedef struct ours {
  size_t hidden, chains;
} ours_t;

static ours_t health__count_ours(const catalog_model_t *catalog)
{
  ours_t ours = {0, 0};

  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i])) {
      if (catalog->entries[i].info.chain_length == CHAIN_LAYER)
        ours.hidden++;
      else
        ours.chains++;
    }
  return ours;
}

static size_t health__count_chains(const catalog_model_t *catalog, const socket_kind_t *kind)
{
  size_t count = 0;

  for (size_t i = 0; i < catalog->count; i++)
    count += catalog_model_is_ours(&catalog->entries[i]) &&
             catalog->entries[i].info.chain_length != CHAIN_LAYER &&
             socket_kind_matches(kind, &catalog->entries[i].info);
  return count;
}

static void health__check_kind(health_t *health, size_t view, const socket_kind_t *kind)
{
  const catalog_model_t *catalog = &health->catalogs->view[view];
  const catalog_model_entry_t *top = socket_kind_top_entry(catalog, kind, false);
  size_t chains = health__count_chains(catalog, kind);
  char kind_text[SOCKET_KIND_TEXT], name[CATALOG_TEXT_NAME];

  socket_kind_text(kind, kind_text);
  catalog_text_name(&top->info, name);
  if (!chains)
    health__report(health, HEALTH_NOT_COVERED, view,
                   "Sockwarden has no chain for %s: such sockets are unfiltered", kind_text);
  else if (!layering_through_us(catalog, top))
    health__report(health, HEALTH_NOT_FIRST, view,
                   "%s goes to \"%s\" first, which bypasses Sockwarden: such sockets are unfiltered",
                   kind_text, name);
  if (chains > 1)
    health__report(health, HEALTH_DUPLICATE, view, "Sockwarden has %u chains for %s instead of one",
                   (unsigned)chains, kind_text);
}

static void health__check_view(health_t *health, size_t view)
{
  const catalog_model_t *catalog = &health->catalogs->view[view];
  socket_kind_t kinds[SOCKET_KINDS_MAX];
  size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
  ours_t ours = health__count_ours(catalog);

  for (size_t i = 0; i < catalog->count; i++)
    health__check_entry(health, view, i);
  if (!ours.hidden && !ours.chains)
    return;
  if (ours.hidden > 1)
    health__report(health, HEALTH_DUPLICATE, view, "Sockwarden has %u hidden entries instead of one",
                   (unsigned)ours.hidden);
  if (!ours.hidden || !ours.chains)
    health__report(health, HEALTH_INCOMPLETE, view, "Sockwarden is only partly installed: it has %s",
                   ours.hidden ? "a hidden entry but no chains" : "chains but no hidden entry");
  for (size_t i = 0; i < count; i++)
    health__check_kind(health, view, &kinds[i]);
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_model_entry_t *entry = &catalog->entries[i];
    char name[CATALOG_TEXT_NAME];

    catalog_text_name(&entry->info, name);
    if (catalog_model_is_ours(entry) && layering_over_non_ifs(catalog, &entry->info))
      health__report(health, HEALTH_ABOVE_NON_IFS, view,
                     "\"%s\" is above a non-IFS layer and belongs beneath it", name);
  }
}

static void health__check_bitness(health_t *health)
{
  ours_t native = health__count_ours(&health->catalogs->view[VIEW_NATIVE]);
  ours_t wow = health__count_ours(&health->catalogs->view[VIEW_WOW]);
  bool in_native = native.hidden + native.chains > 0, in_wow = wow.hidden + wow.chains > 0;

  if (in_native != in_wow)
    health__report(health, HEALTH_ONE_CATALOG, in_native ? VIEW_WOW : VIEW_NATIVE,
                   "Sockwarden is not installed in this catalog: %s programs are unfiltered",
                   in_native ? "32-bit" : "64-bit");
}

size_t health_check(const machine_catalogs_t *catalogs,
                    void (*visit)(void *context, const health_problem_t *problem), void *context)
{
  health_t health = {catalogs, visit, context, 0};

  for (size_t view = 0; view < catalogs->views; view++)
    health__check_view(&health, view);
  if (catalogs->views > 1)
    health__check_bitness(&health);
  return health.count;
}

health_presence_t health_presence(const catalog_model_t *catalog)
{
  socket_kind_t kinds[SOCKET_KINDS_MAX];
  size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);
  ours_t ours = health__count_ours(catalog);

  if (!ours.hidden && !ours.chains)
    return PRESENCE_NONE;
  for (size_t i = 0; i < count; i++)
    if (!health__count_chains(catalog, &kinds[i]))
      return PRESENCE_PARTLY;
  return ours.hidden && ours.chains ? PRESENCE_WHOLE : PRESENCE_PARTLY;
}

bool health_any_presence(const machine_catalogs_t *catalogs)
{
  for (size_t view = 0; view < catalogs->views; view++)
    if (health_presence(&catalogs->view[view]) != PRESENCE_NONE)
      return true;
  return false;
}
