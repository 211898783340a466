#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layering.h"
#include "plan.h"

/* Restoring works view by view on a table: for each entry of the snapshot, what stands for it. */
typedef struct restore {
  const catalogs_t *then;
  catalogs_t now; /* follows the plan */
  plan_t *plan;
  uint32_t next_id;
  uint32_t *stands[VIEWS]; /* per entry of `then`: its id in the plan's terms, 0: it does not come back */
} restore_t;

static bool restore__do(restore_t *restore, const edit_t *edit)
{
  return plan_add(restore->plan, edit) &&
         plan_simulate(restore->plan, &restore->plan->edits[restore->plan->count - 1], &restore->now,
                       &restore->next_id);
}

static size_t restore__nth(const catalog_t *catalog, size_t at)
{
  size_t nth = 0;

  for (size_t i = 0; i < at; i++)
    nth += catalog_guid_equal(&catalog->entries[i].info.guid, &catalog->entries[at].info.guid);
  return nth;
}

/* Whether the entry is one of the catalog's by both id and provider. */
static bool restore__holds(const catalog_t *catalog, const catalog_info_t *info)
{
  const catalog_entry_t *same = catalog_find_id(catalog, info->id);

  return same != NULL && catalog_guid_equal(&same->info.guid, &info->guid);
}

/* The entry of `now` that is the same one: by its id or, where it came back under another, by its place among
 * its provider's. Never the same for two. */
static catalog_entry_t *restore__match(const restore_t *restore, size_t view, size_t at)
{
  const catalog_t *now = &restore->now.view[view], *then = &restore->then->view[view];
  const catalog_info_t *info = &then->entries[at].info;

  if (restore__holds(now, info))
    return catalog_find_id(now, info->id);
  catalog_entry_t *match = catalog_find_nth(now, &info->guid, restore__nth(then, at));
  return match != NULL && !restore__holds(then, &match->info) ? match : NULL;
}

static bool restore__wanted(const catalog_entry_t *entry)
{
  return catalog_is_ours(entry) || !entry->dll_missing;
}

/* An entry of the snapshot with its links in the plan's terms; false where one of them does not come back. */
static bool restore__translate(const restore_t *restore, size_t view, size_t at, catalog_entry_t *entry)
{
  const catalog_t *then = &restore->then->view[view];

  *entry = then->entries[at];
  for (int32_t link = 0;
       entry->info.chain_length > CHAIN_BASE && link < entry->info.chain_length && link < CHAIN_MAX; link++) {
    const catalog_entry_t *linked = catalog_find_id(then, entry->info.chain[link]);

    if (linked == NULL)
      continue; /* it dangled then, it may dangle now */
    uint32_t id = restore->stands[view][linked - then->entries];
    if (!id)
      return false;
    entry->info.chain[link] = id;
  }
  return true;
}

/* Removes ours that the snapshot does not know. */
static bool restore__remove_newer(restore_t *restore)
{
  for (int hidden = 0; hidden <= 1; hidden++)
    for (size_t view = 0; view < restore->now.views; view++) {
      catalog_t *now = &restore->now.view[view];

      for (size_t i = 0; i < now->count;) {
        const catalog_entry_t *entry = &now->entries[i];
        edit_t remove = {.kind = EDIT_REMOVE, .views = 1u << view, .guid = entry->info.guid};

        if (!catalog_is_ours(entry) || (entry->info.chain_length == CHAIN_LAYER) != hidden ||
            catalog_find_guid(&restore->then->view[view], &entry->info.guid) != NULL) {
          i++;
          continue;
        }
        if (!restore__do(restore, &remove))
          return false;
        i = 0;
      }
    }
  return true;
}

/* The place in a view's snapshot of the provider's nth entry, or the view's count. */
static size_t restore__find(const restore_t *restore, size_t view, const catalog_guid_t *guid)
{
  size_t at = 0;

  while (at < restore->then->view[view].count &&
         !catalog_guid_equal(&restore->then->view[view].entries[at].info.guid, guid))
    at++;
  return at;
}

/* Whether the entry is to be installed anew in that view, and can be now: what its chain names is settled. */
static bool restore__due(const restore_t *restore, size_t view, const catalog_guid_t *guid,
                         catalog_entry_t *entry, bool *waits)
{
  if (view >= restore->then->views)
    return false;
  size_t at = restore__find(restore, view, guid);
  if (at == restore->then->view[view].count || restore->stands[view][at] ||
      !restore__wanted(&restore->then->view[view].entries[at]) || restore__match(restore, view, at) != NULL)
    return false;
  *waits = *waits || !restore__translate(restore, view, at, entry);
  return true;
}

/* Brings missing entries back, what is named by a chain before the chain. */
static plan_status_t restore__bring_back(restore_t *restore, plan_trouble_t *trouble)
{
  bool progress = true;

  while (progress) {
    progress = false;
    for (size_t view = 0; view < restore->then->views; view++)
      for (size_t at = 0; at < restore->then->view[view].count; at++) {
        const catalog_guid_t *guid = &restore->then->view[view].entries[at].info.guid;
        catalog_entry_t entries[VIEWS];
        bool waits = false;
        bool native = restore__due(restore, VIEW_NATIVE, guid, &entries[VIEW_NATIVE], &waits);
        bool wow = restore__due(restore, VIEW_WOW, guid, &entries[VIEW_WOW], &waits);

        if ((!native && !wow) || waits)
          continue;
        if (restore__nth(&restore->then->view[view], at) ||
            catalog_find_nth(&restore->then->view[view], guid, 1) != NULL ||
            (!native && catalog_find_guid(&restore->now.view[VIEW_NATIVE], guid) != NULL)) {
          char name[CATALOG_NAME_CHARS];

          catalog_text(restore->then->view[view].entries[at].info.name, CATALOG_NAME_CHARS, name,
                       sizeof name);
          snprintf(trouble->text, sizeof trouble->text,
                   "\"%s\" cannot be brought back by itself: its provider has other entries. Run netsh "
                   "winsock reset, "
                   "restart, and install the other layers again",
                   name);
          return PLAN_IMPOSSIBLE;
        }
        size_t from = restore->plan->count;
        if (!plan_add_entries(restore->plan, &restore->now, native ? &entries[VIEW_NATIVE] : NULL,
                              wow ? &entries[VIEW_WOW] : NULL) ||
            !plan_simulate_all(restore->plan, from, &restore->now, &restore->next_id))
          return PLAN_NO_MEMORY;
        uint32_t id = plan_refer(restore->plan, guid, 0);
        for (size_t in = 0; in < restore->then->views; in++)
          if (in == VIEW_NATIVE ? native : wow)
            restore->stands[in][restore__find(restore, in, guid)] = id;
        if (catalog_is_ours(&restore->then->view[view].entries[at]) &&
            restore->then->view[view].entries[at].info.chain_length == CHAIN_LAYER)
          for (size_t in = 0; in < restore->then->views; in++) {
            edit_t category = {.kind = EDIT_CATEGORY, .views = 1u << in, .guid = *guid};

            if ((in == VIEW_NATIVE ? native : wow) && !restore__do(restore, &category))
              return PLAN_NO_MEMORY;
          }
        progress = true;
      }
  }
  return PLAN_OK;
}

/* Entries that are there but were changed. */
static bool restore__change_back(restore_t *restore)
{
  for (size_t view = 0; view < restore->then->views; view++)
    for (size_t at = 0; at < restore->then->view[view].count; at++) {
      edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view};
      uint32_t id = restore->stands[view][at];
      catalog_t *now = &restore->now.view[view];

      if (!id || !restore__translate(restore, view, at, &update.entry))
        continue;
      update.guid = update.entry.info.guid;
      update.entry.info.id = id;
      catalog_entry_t target = update.entry;
      const catalog_entry_t *is = catalog_find_id(now, plan_resolve(restore->plan, now, id));
      for (int32_t link = 0; link < CHAIN_MAX; link++)
        if (target.info.chain[link] & PLAN_REFERENCE && link < target.info.chain_length)
          target.info.chain[link] = plan_resolve(restore->plan, now, target.info.chain[link]);
      if (is == NULL)
        return false;
      target.info.id = is->info.id;
      target.dll_missing = is->dll_missing;
      if (memcmp(&target.info, &is->info, sizeof target.info) == 0 &&
          memcmp(target.path, is->path, sizeof target.path) == 0)
        continue;
      if (!restore__do(restore, &update))
        return false;
    }
  return true;
}

/* The snapshot's order; newer entries of other vendors stay in front of what they are in front of now. */
static plan_status_t restore__order(restore_t *restore, size_t view)
{
  const catalog_t *now = &restore->now.view[view], *then = &restore->then->view[view];
  edit_t edit = {.kind = EDIT_ORDER, .views = 1u << view};

  edit.order = calloc(now->count + 1, sizeof *edit.order);
  if (edit.order == NULL)
    return PLAN_NO_MEMORY;
  for (size_t at = 0; at < then->count; at++)
    if (restore->stands[view][at])
      edit.order[edit.order_count++] = restore->stands[view][at];
  for (size_t i = now->count; i-- > 0;) {
    uint32_t id = now->entries[i].info.id;
    size_t known = 0, before = edit.order_count;

    while (known < edit.order_count && plan_resolve(restore->plan, now, edit.order[known]) != id)
      known++;
    if (known < edit.order_count)
      continue;
    for (size_t place = 0; i + 1 < now->count && place < edit.order_count; place++)
      if (plan_resolve(restore->plan, now, edit.order[place]) == now->entries[i + 1].info.id)
        before = place;
    memmove(edit.order + before + 1, edit.order + before, (edit.order_count - before) * sizeof *edit.order);
    edit.order[before] = id;
    edit.order_count++;
  }
  bool same = edit.order_count == now->count;
  for (size_t i = 0; same && i < now->count; i++)
    same = plan_resolve(restore->plan, now, edit.order[i]) == now->entries[i].info.id;
  if (same) {
    free(edit.order);
    return PLAN_OK;
  }
  return restore__do(restore, &edit) ? PLAN_OK : PLAN_IMPOSSIBLE;
}

static plan_status_t restore__all(restore_t *restore, plan_trouble_t *trouble)
{
  for (size_t view = 0; view < restore->then->views; view++)
    for (size_t at = 0; at < restore->then->view[view].count; at++) {
      const catalog_entry_t *match = restore__match(restore, view, at);

      restore->stands[view][at] = match != NULL ? match->info.id : 0;
    }
  plan_status_t status = restore__bring_back(restore, trouble);
  if (status)
    return status;
  /* Chains of other vendors that run through what goes are changed back before it goes. */
  if (!restore__change_back(restore))
    return PLAN_NO_MEMORY;
  for (size_t view = 0; view < restore->now.views; view++)
    for (size_t i = 0; i < restore->now.view[view].count; i++) {
      edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = restore->now.view[view].entries[i]};

      update.guid = update.entry.info.guid;
      if (catalog_is_ours(&update.entry) ||
          catalog_find_guid(&restore->then->view[view], &update.guid) != NULL ||
          !layering_through_us(&restore->now.view[view], &update.entry) ||
          !layering_without_us(&restore->now.view[view], &update.entry.info, false))
        continue;
      if (!restore__do(restore, &update))
        return PLAN_NO_MEMORY;
    }
  if (!restore__remove_newer(restore))
    return PLAN_NO_MEMORY;
  for (size_t view = 0; view < restore->now.views && !status; view++)
    status = restore__order(restore, view);
  return status;
}

plan_status_t plan_restore(const catalogs_t *now, const catalogs_t *then, plan_t *plan,
                           plan_trouble_t *trouble)
{
  restore_t restore = {.then = then, .plan = plan, .next_id = plan_fresh_id(now)};
  plan_status_t status = PLAN_NO_MEMORY;

  trouble->text[0] = '\0';
  *plan = (plan_t){0};
  if (now->views != then->views) {
    snprintf(trouble->text, sizeof trouble->text, "the snapshot was taken on a machine of another kind");
    return PLAN_IMPOSSIBLE;
  }
  for (size_t view = 0; view < now->views; view++) {
    plan_status_t ids = plan_check_ids(&now->view[view], trouble);

    if (!ids)
      ids = plan_check_ids(&then->view[view], trouble);
    if (ids)
      return ids;
  }
  if (!catalogs_copy(now, &restore.now))
    return PLAN_NO_MEMORY;
  for (size_t view = 0; view < then->views; view++) {
    restore.stands[view] = calloc(then->view[view].count + 1, sizeof *restore.stands[view]);
    if (restore.stands[view] == NULL)
      goto cleanup_restore;
  }
  status = restore__all(&restore, trouble);
cleanup_restore:
  for (size_t view = 0; view < VIEWS; view++)
    free(restore.stands[view]);
  catalogs_free(&restore.now);
  if (status)
    plan_free(plan);
  return status;
}
