#include "health.h"

#include <stdarg.h>
#include <stdio.h>

#include "layering.h"

static const struct {
  const char *name, *advice;
} health_words[HEALTH_KINDS] = {
    [HEALTH_DANGLING] = {"dangling-chain", "Run: sockwarden repair"},
    [HEALTH_BAD_CHAIN] = {"bad-chain",
                          "Install that vendor's product again, or run netsh winsock reset and restart"},
    [HEALTH_DLL_MISSING] = {"missing-dll",
                            "For our own: sockwarden repair. For another vendor's: install that product "
                            "again or uninstall it properly"},
    [HEALTH_NOT_FIRST] = {"not-first", "Run: sockwarden repair"},
    [HEALTH_ABOVE_NON_IFS] = {"above-non-ifs", "Run: sockwarden repair"},
    [HEALTH_NOT_COVERED] = {"not-covered", "Run: sockwarden repair"},
    [HEALTH_ONE_BITNESS] = {"one-bitness", "Run: sockwarden repair"},
    [HEALTH_DUPLICATE] = {"duplicate",
                          "Run: sockwarden repair. Where entries of Windows itself come twice: netsh "
                          "winsock reset, then restart"},
    [HEALTH_REMAINS] = {"remains", "Run: sockwarden repair"},
};

const char *health_kind_name(health_kind_t kind)
{
  return health_words[kind].name;
}

const char *health_advice(health_kind_t kind)
{
  return health_words[kind].advice;
}

typedef struct health {
  const catalogs_t *catalogs;
  void (*visit)(void *context, const health_problem_t *problem);
  void *context;
  size_t count;
} health_t;

static void health__tell(health_t *health, health_kind_t kind, size_t view, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void health__tell(health_t *health, health_kind_t kind, size_t view, const char *format, ...)
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

static void health__entry(health_t *health, size_t view, size_t at)
{
  const catalog_t *catalog = &health->catalogs->view[view];
  const catalog_entry_t *entry = &catalog->entries[at];
  char name[CATALOG_NAME_CHARS], path[CATALOG_PATH_CHARS];
  uint32_t missing = 0;

  catalog_text(entry->info.name, CATALOG_NAME_CHARS, name, sizeof name);
  catalog_text(entry->path, CATALOG_PATH_CHARS, path, sizeof path);
  switch (layering_check_chain(catalog, &entry->info, &missing)) {
  case CHAIN_SOUND:
    break;
  case CHAIN_DANGLING:
    health__tell(health, HEALTH_DANGLING, view, "the chain of \"%s\" names entry %u, which does not exist",
                 name, (unsigned)missing);
    break;
  case CHAIN_BAD_LENGTH:
    health__tell(health, HEALTH_BAD_CHAIN, view, "the chain of \"%s\" has the length %d", name,
                 (int)entry->info.chain_length);
    break;
  case CHAIN_BASELESS:
    health__tell(health, HEALTH_BAD_CHAIN, view, "the chain of \"%s\" does not end with a base provider",
                 name);
    break;
  }
  if (entry->dll_missing)
    health__tell(health, HEALTH_DLL_MISSING, view, "the DLL of \"%s\" is missing: %s", name, path);
  if (catalog_find_id(catalog, entry->info.id) != entry)
    health__tell(health, HEALTH_DUPLICATE, view, "\"%s\" has the id %u of another entry", name,
                 (unsigned)entry->info.id);
}

typedef struct ours {
  size_t hidden, chains;
} ours_t;

static ours_t health__ours(const catalog_t *catalog)
{
  ours_t ours = {0, 0};

  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_is_ours(&catalog->entries[i])) {
      if (catalog->entries[i].info.chain_length == CHAIN_LAYER)
        ours.hidden++;
      else
        ours.chains++;
    }
  return ours;
}

static size_t health__chains_of_kind(const catalog_t *catalog, const layering_kind_t *kind)
{
  size_t count = 0;

  for (size_t i = 0; i < catalog->count; i++)
    count += catalog_is_ours(&catalog->entries[i]) && catalog->entries[i].info.chain_length != CHAIN_LAYER &&
             layering_same_kind(&catalog->entries[i].info, kind);
  return count;
}

static void health__kind(health_t *health, size_t view, const layering_kind_t *kind)
{
  const catalog_t *catalog = &health->catalogs->view[view];
  const catalog_entry_t *top = layering_top(catalog, kind, false);
  size_t chains = health__chains_of_kind(catalog, kind);
  char words[LAYERING_KIND_TEXT], name[CATALOG_NAME_CHARS];

  layering_kind_text(kind, words);
  catalog_text(top->info.name, CATALOG_NAME_CHARS, name, sizeof name);
  if (!chains)
    health__tell(health, HEALTH_NOT_COVERED, view,
                 "%s has no chain of ours: policies do not see such sockets", words);
  else if (!layering_through_us(catalog, top))
    health__tell(health, HEALTH_NOT_FIRST, view, "%s goes to \"%s\" first, which does not run through us",
                 words, name);
  if (chains > 1)
    health__tell(health, HEALTH_DUPLICATE, view, "%s has %u chains of ours", words, (unsigned)chains);
}

static void health__view(health_t *health, size_t view)
{
  const catalog_t *catalog = &health->catalogs->view[view];
  layering_kind_t kinds[LAYERING_KINDS_MAX];
  size_t count = layering_kinds(catalog, kinds, LAYERING_KINDS_MAX);
  ours_t ours = health__ours(catalog);

  for (size_t i = 0; i < catalog->count; i++)
    health__entry(health, view, i);
  if (!ours.hidden && !ours.chains)
    return;
  if (ours.hidden > 1)
    health__tell(health, HEALTH_DUPLICATE, view, "there are %u hidden entries of ours",
                 (unsigned)ours.hidden);
  if (!ours.hidden || !ours.chains)
    health__tell(health, HEALTH_REMAINS, view, "there %s of ours without %s",
                 ours.hidden ? "is a hidden entry" : "are chains",
                 ours.hidden ? "any chain" : "our hidden entry");
  for (size_t i = 0; i < count; i++)
    health__kind(health, view, &kinds[i]);
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];
    char name[CATALOG_NAME_CHARS];

    catalog_text(entry->info.name, CATALOG_NAME_CHARS, name, sizeof name);
    if (catalog_is_ours(entry) && layering_over_non_ifs(catalog, &entry->info))
      health__tell(health, HEALTH_ABOVE_NON_IFS, view, "\"%s\" lies over a layer without IFS handles", name);
  }
}

size_t health_check(const catalogs_t *catalogs, void (*visit)(void *context, const health_problem_t *problem),
                    void *context)
{
  health_t health = {catalogs, visit, context, 0};

  for (size_t view = 0; view < catalogs->views; view++)
    health__view(&health, view);
  if (catalogs->views > 1) {
    ours_t native = health__ours(&catalogs->view[VIEW_NATIVE]), wow = health__ours(&catalogs->view[VIEW_WOW]);
    bool in_native = native.hidden + native.chains > 0, in_wow = wow.hidden + wow.chains > 0;

    if (in_native != in_wow)
      health__tell(&health, HEALTH_ONE_BITNESS, in_native ? VIEW_WOW : VIEW_NATIVE,
                   "we are missing: %s programs are under no policy", in_native ? "32-bit" : "64-bit");
  }
  return health.count;
}

health_presence_t health_presence(const catalog_t *catalog)
{
  layering_kind_t kinds[LAYERING_KINDS_MAX];
  size_t count = layering_kinds(catalog, kinds, LAYERING_KINDS_MAX);
  ours_t ours = health__ours(catalog);

  if (!ours.hidden && !ours.chains)
    return PRESENCE_NONE;
  for (size_t i = 0; i < count; i++)
    if (!health__chains_of_kind(catalog, &kinds[i]))
      return PRESENCE_PARTLY;
  return ours.hidden && ours.chains ? PRESENCE_WHOLE : PRESENCE_PARTLY;
}
