#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layering.h"
#include "plan.h"

/* A chain of ours to be. */
typedef struct wanted {
  layering_kind_t kind;
  catalog_entry_t entry;
  /* The other vendor's entry that is to run through it, by its id, or 0 where the chain goes on top; and
   * where in that entry's chain ours goes. */
  uint32_t above;
  int place;
} wanted_t;

typedef struct wanted_view {
  catalog_entry_t hidden;
  wanted_t chains[LAYERING_KINDS_MAX];
  size_t count;
} wanted_view_t;

static void plan__name_entry(catalog_info_t *info, const catalog_info_t *over)
{
  static const char prefix[] = "Sockwarden over [";
  size_t used = sizeof prefix - 1;

  catalog_set_text(info->name, CATALOG_NAME_CHARS, prefix);
  for (size_t i = 0; over->name[i] && used < CATALOG_NAME_CHARS - 2; i++)
    info->name[used++] = over->name[i];
  info->name[used++] = ']';
  info->name[used] = 0;
}

static plan_status_t plan__full(const catalog_info_t *info, plan_trouble_t *trouble)
{
  char name[CATALOG_NAME_CHARS];

  catalog_text(info->name, CATALOG_NAME_CHARS, name, sizeof name);
  snprintf(
      trouble->text, sizeof trouble->text,
      "\"%s\" already has a chain of %d entries, and Winsock allows %d: there is no room for one more layer. "
      "Uninstall one of the other layers first (sockwarden status lists them)",
      name, (int)info->chain_length, CHAIN_MAX);
  return PLAN_CHAIN_FULL;
}

static plan_status_t plan__damaged(const catalog_info_t *info, plan_trouble_t *trouble)
{
  char name[CATALOG_NAME_CHARS];

  catalog_text(info->name, CATALOG_NAME_CHARS, name, sizeof name);
  snprintf(
      trouble->text, sizeof trouble->text,
      "the chain of \"%s\" is damaged, and a layer over it would not work either. Run: sockwarden repair",
      name);
  return PLAN_DAMAGED;
}

/* The chain over the entry on top: our layer, that entry, the rest of its chain. */
static plan_status_t plan__over(const catalog_entry_t *top, wanted_t *wanted, plan_trouble_t *trouble)
{
  const catalog_info_t *below = &top->info;
  catalog_info_t *info = &wanted->entry.info;

  if (below->chain_length >= CHAIN_MAX)
    return plan__full(below, trouble);
  *info = *below;
  info->chain_length = below->chain_length + 1;
  memset(info->chain, 0, sizeof info->chain);
  info->chain[1] = below->id;
  for (int32_t link = 1; link < below->chain_length; link++)
    info->chain[link + 1] = below->chain[link];
  plan__name_entry(info, below);
  return PLAN_OK;
}

/* The chain beneath a non-IFS layer: our layer, then what that layer's chain has below `place`. */
static plan_status_t plan__beneath(const catalog_t *catalog, const catalog_entry_t *top, int place,
                                   wanted_t *wanted, plan_trouble_t *trouble)
{
  const catalog_info_t *above = &top->info;
  catalog_info_t *info = &wanted->entry.info;
  /* The entry below looks to a program like ours will; a hidden entry does not, then the base does. */
  const catalog_entry_t *model = catalog_find_id(catalog, above->chain[place + 1]);

  if (model->info.chain_length == CHAIN_LAYER)
    model = catalog_find_id(catalog, above->chain[above->chain_length - 1]);
  if (above->chain_length >= CHAIN_MAX)
    return plan__full(above, trouble);
  *info = model->info;
  info->chain_length = above->chain_length - place;
  memset(info->chain, 0, sizeof info->chain);
  for (int32_t link = place + 1; link < above->chain_length; link++)
    info->chain[link - place] = above->chain[link];
  plan__name_entry(info, &model->info);
  wanted->above = above->id;
  wanted->place = place;
  return PLAN_OK;
}

static plan_status_t plan__want(const catalog_t *catalog, const char *dll_path, wanted_view_t *view,
                                plan_trouble_t *trouble)
{
  layering_kind_t kinds[LAYERING_KINDS_MAX];
  size_t count = layering_kinds(catalog, kinds, LAYERING_KINDS_MAX);

  memset(view, 0, sizeof *view);
  for (size_t i = 0; i < count; i++) {
    const catalog_entry_t *top = layering_top(catalog, &kinds[i], true);
    wanted_t *wanted = &view->chains[view->count++];
    int place = layering_lowest_non_ifs(catalog, &top->info);

    wanted->kind = kinds[i];
    if (layering_check_chain(catalog, &top->info, NULL) != CHAIN_SOUND)
      return plan__damaged(&top->info, trouble);
    plan_status_t status =
        place < 0 ? plan__over(top, wanted, trouble) : plan__beneath(catalog, top, place, wanted, trouble);
    if (status)
      return status;
    catalog_set_text(wanted->entry.path, CATALOG_PATH_CHARS, dll_path);
    wanted->entry.info.reserved = 0;
  }
  if (!view->count) {
    snprintf(
        trouble->text, sizeof trouble->text,
        "the catalog has no TCP, UDP or RAW entry to put a layer over. It is damaged beyond our repair: run "
        "netsh winsock reset, restart, and install again");
    return PLAN_NOTHING_TO_COVER;
  }

  /* Type and protocol 0 and last in the order: some ws2_32 would open sockets on a hidden entry that matches
   * (docs/winsock-notes.md 1). */
  catalog_info_t *hidden = &view->hidden.info;
  *hidden = view->chains[0].entry.info;
  hidden->chain_length = CHAIN_LAYER;
  memset(hidden->chain, 0, sizeof hidden->chain);
  hidden->type = hidden->protocol = hidden->protocol_range = 0;
  hidden->service_flags[0] |= CATALOG_IFS_HANDLES;
  hidden->provider_flags = CATALOG_HIDDEN;
  catalog_set_text(hidden->name, CATALOG_NAME_CHARS, "Sockwarden");
  memcpy(view->hidden.path, view->chains[0].entry.path, sizeof view->hidden.path);
  return PLAN_OK;
}

static wanted_t *plan__same_kind(wanted_view_t *view, const layering_kind_t *kind)
{
  for (size_t i = 0; i < view->count; i++)
    if (memcmp(&view->chains[i].kind, kind, sizeof *kind) == 0)
      return &view->chains[i];
  return NULL;
}

static bool plan__add_pair(plan_t *plan, const catalogs_t *now, const plan_options_t *options,
                           uint32_t hidden, wanted_t *native, wanted_t *wow)
{
  catalog_guid_t guid = options->new_guid(options->context);
  wanted_t *both[VIEWS] = {native, wow};

  for (int i = 0; i < VIEWS; i++) {
    if (both[i] == NULL)
      continue;
    both[i]->entry.info.guid = guid;
    both[i]->entry.info.id = 0;
    both[i]->entry.info.chain[0] = hidden;
  }
  return plan_add_entries(plan, now, native != NULL ? &native->entry : NULL,
                          wow != NULL ? &wow->entry : NULL);
}

/* One provider GUID a kind, the same in both catalogs where both serve it. */
static bool plan__add_chains(plan_t *plan, const catalogs_t *now, const plan_options_t *options,
                             uint32_t hidden, wanted_view_t *wanted)
{
  for (size_t i = 0; i < wanted[VIEW_NATIVE].count; i++) {
    wanted_t *native = &wanted[VIEW_NATIVE].chains[i];
    wanted_t *wow = now->views > 1 ? plan__same_kind(&wanted[VIEW_WOW], &native->kind) : NULL;

    if (!plan__add_pair(plan, now, options, hidden, native, wow))
      return false;
  }
  for (size_t i = 0; now->views > 1 && i < wanted[VIEW_WOW].count; i++) {
    wanted_t *wow = &wanted[VIEW_WOW].chains[i];

    if (plan__same_kind(&wanted[VIEW_NATIVE], &wow->kind) == NULL &&
        !plan__add_pair(plan, now, options, hidden, NULL, wow))
      return false;
  }
  return true;
}

/* The vendor's chain with ours in it. What lies behind its end moves along, so that removal brings it back.
 */
static bool plan__rechain(plan_t *plan, size_t view, const catalog_t *catalog, const wanted_t *wanted)
{
  edit_t update = {
      .kind = EDIT_UPDATE, .views = 1u << view, .entry = *catalog_find_id(catalog, wanted->above)};
  catalog_info_t *info = &update.entry.info;
  int at = wanted->place + 1;

  update.guid = info->guid;
  memmove(info->chain + at + 1, info->chain + at, (size_t)(CHAIN_MAX - at - 1) * sizeof *info->chain);
  info->chain[at] = plan_refer(plan, &wanted->entry.info.guid, 0);
  info->chain_length++;
  return info->chain[at] && plan_add(plan, &update);
}

/* Chains on top first, then what was there, each chain beneath a layer right after that layer's, our hidden
 * entry last. */
static bool plan__add_order(plan_t *plan, size_t view, const catalog_t *catalog, uint32_t hidden,
                            const wanted_view_t *wanted)
{
  edit_t edit = {.kind = EDIT_ORDER, .views = 1u << view};

  edit.order = calloc(catalog->count + wanted->count + 1, sizeof *edit.order);
  if (edit.order == NULL)
    return false;
  for (size_t i = 0; i < wanted->count; i++)
    if (!wanted->chains[i].above)
      edit.order[edit.order_count++] = plan_refer(plan, &wanted->chains[i].entry.info.guid, 0);
  for (size_t i = 0; i < catalog->count; i++) {
    uint32_t id = catalog->entries[i].info.id;

    edit.order[edit.order_count++] = id;
    for (size_t chain = 0; chain < wanted->count; chain++)
      if (wanted->chains[chain].above == id)
        edit.order[edit.order_count++] = plan_refer(plan, &wanted->chains[chain].entry.info.guid, 0);
  }
  edit.order[edit.order_count++] = hidden;
  for (size_t i = 0; i < edit.order_count; i++)
    if (!edit.order[i]) {
      free(edit.order);
      return false;
    }
  return plan_add(plan, &edit);
}

/* From catalogs that hold nothing of ours. */
static plan_status_t plan__from_nothing(plan_t *plan, const catalogs_t *clean, const plan_options_t *options,
                                        wanted_view_t *wanted, plan_trouble_t *trouble)
{
  for (size_t view = 0; view < clean->views; view++) {
    plan_status_t status = plan_check_ids(&clean->view[view], trouble); /* or they cannot be put in order */

    if (!status)
      status = plan__want(&clean->view[view], options->dll_path, &wanted[view], trouble);
    if (status)
      return status;
  }
  catalog_guid_t guid = options->new_guid(options->context);
  wanted[VIEW_NATIVE].hidden.info.guid = wanted[VIEW_WOW].hidden.info.guid = guid;
  uint32_t hidden = plan_refer(plan, &guid, 0);
  if (!hidden || !plan_add_entries(plan, clean, &wanted[VIEW_NATIVE].hidden,
                                   clean->views > 1 ? &wanted[VIEW_WOW].hidden : NULL))
    return PLAN_NO_MEMORY;
  for (size_t view = 0; view < clean->views; view++) {
    edit_t category = {.kind = EDIT_CATEGORY, .views = 1u << view, .guid = guid};

    if (!plan_add(plan, &category))
      return PLAN_NO_MEMORY;
  }
  if (!plan__add_chains(plan, clean, options, hidden, wanted))
    return PLAN_NO_MEMORY;
  for (size_t view = 0; view < clean->views; view++)
    for (size_t i = 0; i < wanted[view].count; i++)
      if (wanted[view].chains[i].above &&
          !plan__rechain(plan, view, &clean->view[view], &wanted[view].chains[i]))
        return PLAN_NO_MEMORY;
  for (size_t view = 0; view < clean->views; view++)
    if (!plan__add_order(plan, view, &clean->view[view], hidden, &wanted[view]))
      return PLAN_NO_MEMORY;
  return PLAN_OK;
}

static bool plan__path_is(const catalog_entry_t *entry, const char *dll_path)
{
  uint16_t path[CATALOG_PATH_CHARS];

  catalog_set_text(path, CATALOG_PATH_CHARS, dll_path);
  size_t i = 0;
  while (path[i] && path[i] == entry->path[i])
    i++;
  return path[i] == entry->path[i];
}

/* Whether the layer is whole in a view: nothing is to be done. */
static bool plan__whole(const catalog_t *catalog, const char *dll_path)
{
  layering_kind_t kinds[LAYERING_KINDS_MAX];
  size_t count = layering_kinds(catalog, kinds, LAYERING_KINDS_MAX), hidden = 0, chains = 0;
  uint32_t hidden_id = 0;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];

    if (!catalog_is_ours(entry))
      continue;
    if (!plan__path_is(entry, dll_path))
      return false;
    if (entry->info.chain_length == CHAIN_LAYER) {
      hidden++;
      hidden_id = entry->info.id;
    } else {
      chains++;
    }
  }
  if (hidden != 1 || chains != count)
    return false;
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_entry_t *entry = &catalog->entries[i];

    if (!catalog_is_ours(entry) || entry->info.chain_length == CHAIN_LAYER)
      continue;
    if (entry->info.chain[0] != hidden_id ||
        layering_check_chain(catalog, &entry->info, NULL) != CHAIN_SOUND ||
        layering_over_non_ifs(catalog, &entry->info))
      return false;
  }
  for (size_t i = 0; i < count; i++)
    if (!layering_through_us(catalog, layering_top(catalog, &kinds[i], false)) ||
        layering_check_chain(catalog, &layering_top(catalog, &kinds[i], false)->info, NULL) != CHAIN_SOUND)
      return false;
  return true;
}

/* A half-way state of ours may hold one GUID in one catalog only; it is whole where every view is and the
 * hidden entries are one provider's. */
static bool plan__all_whole(const catalogs_t *now, const char *dll_path)
{
  for (size_t view = 0; view < now->views; view++)
    if (!plan__whole(&now->view[view], dll_path))
      return false;
  return true;
}

plan_status_t plan_install(const catalogs_t *now, const plan_options_t *options, plan_t *plan,
                           plan_trouble_t *trouble)
{
  catalogs_t clean;
  uint32_t next_id = plan_fresh_id(now);

  trouble->text[0] = '\0';
  *plan = (plan_t){0};
  if (plan__all_whole(now, options->dll_path))
    return PLAN_OK;
  wanted_view_t *wanted = calloc(VIEWS, sizeof *wanted);
  if (wanted == NULL)
    return PLAN_NO_MEMORY;
  plan_status_t status = PLAN_NO_MEMORY;
  if (!catalogs_copy(now, &clean))
    goto cleanup_wanted;
  status = plan_remove_onto(plan, &clean, &next_id, trouble);
  if (!status)
    status = plan__from_nothing(plan, &clean, options, wanted, trouble);
  catalogs_free(&clean);
cleanup_wanted:
  free(wanted);
  if (status)
    plan_free(plan);
  return status;
}
