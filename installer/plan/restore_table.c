#include "restore_table.h"

#include <stdlib.h>

static size_t restore_table__nth(const catalog_model_t *catalog, size_t at)
{
  size_t nth = 0;

  for (size_t i = 0; i < at; i++)
    nth += catalog_model_guid_equal(&catalog->entries[i].info.guid, &catalog->entries[at].info.guid);
  return nth;
}

/* Whether the entry is one of the catalog's by both id and provider. */
static bool restore_table__holds(const catalog_model_t *catalog, const catalog_model_info_t *info)
{
  const catalog_model_entry_t *same = catalog_model_find_id(catalog, info->id);

  return same != NULL && catalog_model_guid_equal(&same->info.guid, &info->guid);
}

/* The entry of now that is the same one: by its id or, where it came back under another, by its place among
 * its provider's. Never the same for two. */
static const catalog_model_entry_t *restore_table__match(const restore_table_t *table, size_t view, size_t at)
{
  const catalog_model_t *now = &table->draft.catalogs.view[view], *then = &table->then->view[view];
  const catalog_model_info_t *info = &then->entries[at].info;

  if (restore_table__holds(now, info))
    return catalog_model_find_id(now, info->id);
  const catalog_model_entry_t *match = catalog_model_find_nth(now, &info->guid, restore_table__nth(then, at));
  return match != NULL && !restore_table__holds(then, &match->info) ? match : NULL;
}

bool restore_table_open(restore_table_t *table, plan_t *plan, const machine_catalogs_t *now,
                        const machine_catalogs_t *then)
{
  *table = (restore_table_t){.then = then};
  if (!plan_draft_open(&table->draft, plan, now))
    return false;
  for (size_t view = 0; view < then->views; view++) {
    table->ids[view] = calloc(then->view[view].count + 1, sizeof *table->ids[view]);
    if (table->ids[view] == NULL)
      return false;
    for (size_t at = 0; at < then->view[view].count; at++) {
      const catalog_model_entry_t *match = restore_table__match(table, view, at);

      table->ids[view][at] = match != NULL ? match->info.id : 0;
    }
  }
  return true;
}

void restore_table_close(restore_table_t *table)
{
  for (size_t view = 0; view < VIEWS; view++)
    free(table->ids[view]);
  plan_draft_close(&table->draft);
}

size_t restore_table_find(const restore_table_t *table, size_t view, const catalog_model_guid_t *guid)
{
  const catalog_model_t *then = &table->then->view[view];
  const catalog_model_entry_t *entry = catalog_model_find_guid(then, guid);

  return entry != NULL ? (size_t)(entry - then->entries) : then->count;
}

bool restore_table_has_siblings(const restore_table_t *table, size_t view, const catalog_model_guid_t *guid)
{
  return catalog_model_find_nth(&table->then->view[view], guid, 1) != NULL;
}

bool restore_table_is_due(const restore_table_t *table, size_t view, size_t at)
{
  const catalog_model_entry_t *entry = &table->then->view[view].entries[at];

  return !table->ids[view][at] && (catalog_model_is_ours(entry) || !entry->dll_missing) &&
         restore_table__match(table, view, at) == NULL;
}

bool restore_table_translate(const restore_table_t *table, size_t view, size_t at,
                             catalog_model_entry_t *entry)
{
  const catalog_model_t *then = &table->then->view[view];

  *entry = then->entries[at];
  for (int32_t link = 0;
       entry->info.chain_length > CHAIN_BASE && link < entry->info.chain_length && link < CHAIN_MAX; link++) {
    const catalog_model_entry_t *linked = catalog_model_find_id(then, entry->info.chain[link]);

    if (linked == NULL)
      continue; /* it dangled then, it may dangle now */
    uint32_t id = table->ids[view][linked - then->entries];
    if (!id)
      return false;
    entry->info.chain[link] = id;
  }
  return true;
}
