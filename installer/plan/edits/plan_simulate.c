#include "plan_simulate.h"

#include <string.h>

static bool plan_simulate__install(const plan_t *plan, const edit_t *edit, machine_catalogs_t *catalogs,
                                   uint32_t *next_id)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_model_t *catalog = &catalogs->view[view];
    catalog_model_entry_t entry = edit->entry;

    if (!(edit->views >> view & 1))
      continue;
    if (catalog_model_find_guid(catalog, &edit->guid) != NULL)
      return false;
    /* One call writes the same chain into both: the native catalog's ids, which may name nothing in the other
     * until the update that follows. */
    plan_resolve_chain(plan, &catalogs->view[VIEW_NATIVE], &entry.info);
    entry.info.id = *next_id;
    if (!catalog_model_append(catalog, &entry))
      return false;
  }
  ++*next_id;
  return true;
}

static bool plan_simulate__update(const plan_t *plan, const edit_t *edit, catalog_model_t *catalog)
{
  uint32_t id = plan_resolve(plan, catalog, edit->entry.info.id);
  catalog_model_entry_t *entry = catalog_model_find_id(catalog, id);

  if (entry == NULL || !catalog_model_guid_equal(&entry->info.guid, &edit->guid))
    return false;
  bool dll_missing = entry->dll_missing;
  *entry = edit->entry;
  entry->info.id = id;
  entry->dll_missing = dll_missing;
  plan_resolve_chain(plan, catalog, &entry->info);
  /* The path is the provider's. */
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_guid_equal(&catalog->entries[i].info.guid, &edit->guid))
      memcpy(catalog->entries[i].path, edit->entry.path, sizeof edit->entry.path);
  return true;
}

static bool plan_simulate__remove(const edit_t *edit, catalog_model_t *catalog)
{
  size_t before = catalog->count;

  for (size_t i = catalog->count; i-- > 0;)
    if (catalog_model_guid_equal(&catalog->entries[i].info.guid, &edit->guid))
      catalog_model_remove(catalog, i);
  return catalog->count < before;
}

static bool plan_simulate__reorder(const plan_t *plan, const edit_t *edit, catalog_model_t *catalog)
{
  catalog_model_t ordered = {0};
  bool done = edit->order_count == catalog->count;

  for (size_t i = 0; done && i < edit->order_count; i++) {
    const catalog_model_entry_t *entry =
        catalog_model_find_id(catalog, plan_resolve(plan, catalog, edit->order[i]));

    done = entry != NULL && catalog_model_find_id(&ordered, entry->info.id) == NULL &&
           catalog_model_append(&ordered, entry);
  }
  if (!done) {
    catalog_model_free(&ordered);
    return false;
  }
  catalog_model_free(catalog);
  *catalog = ordered;
  return true;
}

bool plan_simulate(const plan_t *plan, const edit_t *edit, machine_catalogs_t *catalogs, uint32_t *next_id)
{
  catalog_model_t *catalog = &catalogs->view[edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE];

  switch (edit->kind) {
  case EDIT_INSTALL:
    return plan_simulate__install(plan, edit, catalogs, next_id);
  case EDIT_UPDATE:
    return plan_simulate__update(plan, edit, catalog);
  case EDIT_REMOVE:
    return plan_simulate__remove(edit, catalog);
  case EDIT_ORDER:
    return plan_simulate__reorder(plan, edit, catalog);
  case EDIT_CATEGORY:
    return catalog_model_find_guid(catalog, &edit->guid) != NULL;
  }
  return false;
}

bool plan_simulate_all(const plan_t *plan, size_t from, machine_catalogs_t *catalogs, uint32_t *next_id)
{
  for (size_t i = from; i < plan->count; i++)
    if (!plan_simulate(plan, &plan->edits[i], catalogs, next_id))
      return false;
  return true;
}

uint32_t plan_next_id(const machine_catalogs_t *catalogs)
{
  uint32_t highest = 1000;

  for (size_t view = 0; view < catalogs->views; view++)
    for (size_t i = 0; i < catalogs->view[view].count; i++)
      if (catalogs->view[view].entries[i].info.id > highest)
        highest = catalogs->view[view].entries[i].info.id;
  return highest + 1;
}
