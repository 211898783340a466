#include "plan_restore.h"

#include <stdlib.h>
#include <string.h>

#include "catalog_text.h"
#include "layering.h"
#include "restore_table.h"

/* A provider's entry that is to be installed anew, in the views where it is due. */
typedef struct missing {
  bool due[VIEWS];
  catalog_model_entry_t entry[VIEWS];
} missing_t;

/* False where nothing is due, or what its chain names is to be brought back first. */
static bool plan_restore__is_ready(const restore_table_t *table, const catalog_model_guid_t *guid,
                                   missing_t *missing)
{
  bool ready = true;

  for (size_t view = 0; view < VIEWS; view++) {
    missing->due[view] = false;
    if (view >= table->then->views)
      continue;
    size_t at = restore_table_find(table, view, guid);
    if (at == table->then->view[view].count || !restore_table_is_due(table, view, at))
      continue;
    missing->due[view] = true;
    ready = restore_table_translate(table, view, at, &missing->entry[view]) && ready;
  }
  return ready && (missing->due[VIEW_NATIVE] || missing->due[VIEW_WOW]);
}

static plan_status_t plan_restore__install(restore_table_t *table, const missing_t *missing,
                                           const catalog_model_entry_t *entry)
{
  const catalog_model_guid_t *guid = &entry->info.guid;
  plan_status_t status =
      plan_draft_add_entries(&table->draft, missing->due[VIEW_NATIVE] ? &missing->entry[VIEW_NATIVE] : NULL,
                             missing->due[VIEW_WOW] ? &missing->entry[VIEW_WOW] : NULL);
  uint32_t id = plan_refer(table->draft.plan, guid, 0);

  if (!status && !id)
    status = PLAN_NO_MEMORY;
  for (size_t view = 0; view < table->then->views && !status; view++) {
    edit_t category = {.kind = EDIT_CATEGORY, .views = 1u << view, .guid = *guid};

    if (!missing->due[view])
      continue;
    table->ids[view][restore_table_find(table, view, guid)] = id;
    if (catalog_model_is_ours(entry) && entry->info.chain_length == CHAIN_LAYER)
      status = plan_draft_add(&table->draft, &category);
  }
  return status;
}

/* Brings the provider of entry `at` back, where that is due and can be; *progress then. */
static plan_status_t plan_restore__bring_back_one(restore_table_t *table, size_t view, size_t at,
                                                  bool *progress, plan_failure_t *failure)
{
  const catalog_model_entry_t *entry = &table->then->view[view].entries[at];
  const catalog_model_guid_t *guid = &entry->info.guid;
  char name[CATALOG_TEXT_NAME];
  missing_t missing;

  if (!plan_restore__is_ready(table, guid, &missing))
    return PLAN_OK;
  if (restore_table_has_siblings(table, view, guid) ||
      (!missing.due[VIEW_NATIVE] &&
       catalog_model_find_guid(&table->draft.catalogs.view[VIEW_NATIVE], guid) != NULL)) {
    catalog_text_name(&entry->info, name);
    return plan_fail(
        failure, PLAN_IMPOSSIBLE,
        "\"%s\" cannot be brought back alone, because its provider has other entries. Run netsh winsock "
        "reset, restart, and reinstall the products that add layers",
        name);
  }
  *progress = true;
  return plan_restore__install(table, &missing, entry);
}

/* Missing entries come back, what is named by a chain before the chain. */
static plan_status_t plan_restore__bring_back(restore_table_t *table, plan_failure_t *failure)
{
  plan_status_t status = PLAN_OK;
  bool progress = true;

  while (progress && !status) {
    progress = false;
    for (size_t view = 0; view < table->then->views; view++)
      for (size_t at = 0; at < table->then->view[view].count && !status; at++)
        status = plan_restore__bring_back_one(table, view, at, &progress, failure);
  }
  return status;
}

/* An entry that is there but was changed. */
static plan_status_t plan_restore__change_back_one(restore_table_t *table, size_t view, size_t at)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view];
  edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view};
  uint32_t id = table->ids[view][at];

  if (!id || !restore_table_translate(table, view, at, &update.entry))
    return PLAN_OK;
  update.guid = update.entry.info.guid;
  update.entry.info.id = id;
  const catalog_model_entry_t *is = catalog_model_find_id(now, plan_resolve(table->draft.plan, now, id));
  if (is == NULL)
    return PLAN_IMPOSSIBLE;
  catalog_model_entry_t target = update.entry;
  plan_resolve_chain(table->draft.plan, now, &target.info);
  target.info.id = is->info.id;
  return catalog_model_entry_equal(&target, is) ? PLAN_OK : plan_draft_add(&table->draft, &update);
}

static plan_status_t plan_restore__change_back(restore_table_t *table)
{
  plan_status_t status = PLAN_OK;

  for (size_t view = 0; view < table->then->views; view++)
    for (size_t at = 0; at < table->then->view[view].count && !status; at++)
      status = plan_restore__change_back_one(table, view, at);
  return status;
}

/* Newer chains of other vendors that run through us are changed to run without us. */
static plan_status_t plan_restore__change_newer(restore_table_t *table, size_t view)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view];
  plan_status_t status = PLAN_OK;

  for (size_t i = 0; i < now->count && !status; i++) {
    edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = now->entries[i]};

    update.guid = update.entry.info.guid;
    if (!catalog_model_is_ours(&update.entry) &&
        catalog_model_find_guid(&table->then->view[view], &update.guid) == NULL &&
        layering_through_us(now, &update.entry) && layering_without_us(now, &update.entry.info, false))
      status = plan_draft_add(&table->draft, &update);
  }
  return status;
}

/* Removes ours that the snapshot does not know: chains, or hidden entries. */
static plan_status_t plan_restore__remove_newer(restore_table_t *table, size_t view, bool hidden)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view];

  for (size_t i = 0; i < now->count;) {
    const catalog_model_entry_t *entry = &now->entries[i];
    edit_t remove = {.kind = EDIT_REMOVE, .views = 1u << view, .guid = entry->info.guid};

    if (!catalog_model_is_ours(entry) || (entry->info.chain_length == CHAIN_LAYER) != hidden ||
        catalog_model_find_guid(&table->then->view[view], &entry->info.guid) != NULL) {
      i++;
      continue;
    }
    plan_status_t status = plan_draft_add(&table->draft, &remove);
    if (status)
      return status;
    i = 0; /* a provider's entries may lie apart */
  }
  return PLAN_OK;
}

/* Where in the order the entry at `i` of now belongs, which the snapshot does not know: in front of what it
 * is in front of now, or last. */
static size_t plan_restore__position(const restore_table_t *table, size_t view, const edit_t *order, size_t i)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view];
  size_t position = order->order_count;

  for (size_t at = 0; i + 1 < now->count && at < order->order_count; at++)
    if (plan_resolve(table->draft.plan, now, order->order[at]) == now->entries[i + 1].info.id)
      position = at;
  return position;
}

static bool plan_restore__is_ordered(const restore_table_t *table, size_t view, const edit_t *order,
                                     uint32_t id)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view];

  for (size_t i = 0; i < order->order_count; i++)
    if (plan_resolve(table->draft.plan, now, order->order[i]) == id)
      return true;
  return false;
}

/* The snapshot's order; newer entries of other vendors stay in front of what they are in front of now. */
static plan_status_t plan_restore__order(restore_table_t *table, size_t view)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view], *then = &table->then->view[view];
  edit_t edit = {.kind = EDIT_ORDER, .views = 1u << view};

  edit.order = calloc(now->count + 1, sizeof *edit.order);
  if (edit.order == NULL)
    return PLAN_NO_MEMORY;
  for (size_t at = 0; at < then->count; at++)
    if (table->ids[view][at])
      edit.order[edit.order_count++] = table->ids[view][at];
  for (size_t i = now->count; i-- > 0;) {
    uint32_t id = now->entries[i].info.id;

    if (plan_restore__is_ordered(table, view, &edit, id))
      continue;
    size_t position = plan_restore__position(table, view, &edit, i);
    memmove(edit.order + position + 1, edit.order + position,
            (edit.order_count - position) * sizeof *edit.order);
    edit.order[position] = id;
    edit.order_count++;
  }
  bool same = edit.order_count == now->count;
  for (size_t i = 0; same && i < now->count; i++)
    same = plan_resolve(table->draft.plan, now, edit.order[i]) == now->entries[i].info.id;
  if (!same)
    return plan_draft_add(&table->draft, &edit);
  free(edit.order);
  return PLAN_OK;
}

static plan_status_t plan_restore__all(restore_table_t *table, plan_failure_t *failure)
{
  size_t views = table->then->views;
  plan_status_t status = plan_restore__bring_back(table, failure);

  /* Chains of other vendors that run through what goes are changed before it goes. */
  if (!status)
    status = plan_restore__change_back(table);
  for (size_t view = 0; view < views && !status; view++)
    status = plan_restore__change_newer(table, view);
  for (int hidden = 0; hidden <= 1; hidden++)
    for (size_t view = 0; view < views && !status; view++)
      status = plan_restore__remove_newer(table, view, hidden);
  for (size_t view = 0; view < views && !status; view++)
    status = plan_restore__order(table, view);
  return status;
}

plan_status_t plan_restore(const machine_catalogs_t *now, const machine_catalogs_t *then, plan_t *plan,
                           plan_failure_t *failure)
{
  restore_table_t table;
  plan_status_t status = PLAN_OK;

  failure->text[0] = '\0';
  *plan = (plan_t){0};
  if (now->views != then->views)
    return plan_fail(failure, PLAN_IMPOSSIBLE,
                     "the snapshot is from %s Windows, which this is not. Use a snapshot of this machine",
                     then->views > 1 ? "64-bit" : "32-bit");
  for (size_t view = 0; view < now->views && !status; view++) {
    status = plan_check_ids(&now->view[view], failure);
    if (!status)
      status = plan_check_ids(&then->view[view], failure);
  }
  if (status)
    return status;
  status = restore_table_open(&table, plan, now, then) ? plan_restore__all(&table, failure) : PLAN_NO_MEMORY;
  restore_table_close(&table);
  return plan_finish(plan, status, failure);
}
