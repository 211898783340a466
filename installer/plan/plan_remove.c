#include "layering.h"
#include "plan.h"

/* Appends an edit and carries it out on the catalogs the plan is made on. */
static plan_status_t plan__do(plan_t *plan, const edit_t *edit, catalogs_t *catalogs, uint32_t *next_id)
{
  if (!plan_add(plan, edit))
    return PLAN_NO_MEMORY;
  return plan_simulate(plan, &plan->edits[plan->count - 1], catalogs, next_id) ? PLAN_OK : PLAN_IMPOSSIBLE;
}

static plan_status_t plan__repair_others(plan_t *plan, catalogs_t *catalogs, uint32_t *next_id,
                                         plan_trouble_t *trouble)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_t *catalog = &catalogs->view[view];

    for (size_t i = 0; i < catalog->count; i++) {
      edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = catalog->entries[i]};

      update.guid = update.entry.info.guid;
      if (catalog_is_ours(&update.entry) || !layering_through_us(catalog, &update.entry))
        continue;
      /* A chain that is damaged besides is mended as far as it goes: our removal must not leave it worse. */
      if (!layering_without_us(catalog, &update.entry.info, false) &&
          !layering_without_us(catalog, &update.entry.info, true))
        continue;
      plan_status_t status = plan_check_id(catalog, &catalog->entries[i], trouble);
      if (!status)
        status = plan__do(plan, &update, catalogs, next_id);
      if (status)
        return status;
    }
  }
  return PLAN_OK;
}

static plan_status_t plan__remove_ours(plan_t *plan, catalogs_t *catalogs, bool hidden, uint32_t *next_id)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_t *catalog = &catalogs->view[view];
    size_t i = 0;

    while (i < catalog->count) {
      const catalog_entry_t *entry = &catalog->entries[i];
      edit_t remove = {.kind = EDIT_REMOVE, .views = 1u << view, .guid = entry->info.guid};

      if (!catalog_is_ours(entry) || (entry->info.chain_length == CHAIN_LAYER) != hidden) {
        i++;
        continue;
      }
      plan_status_t status = plan__do(plan, &remove, catalogs, next_id);
      if (status)
        return status;
      i = 0; /* a provider's entries may lie apart */
    }
  }
  return PLAN_OK;
}

plan_status_t plan_remove_onto(plan_t *plan, catalogs_t *catalogs, uint32_t *next_id, plan_trouble_t *trouble)
{
  plan_status_t status = plan__repair_others(plan, catalogs, next_id, trouble);

  if (!status)
    status = plan__remove_ours(plan, catalogs, false, next_id);
  if (!status)
    status = plan__remove_ours(plan, catalogs, true, next_id);
  return status;
}

plan_status_t plan_remove(const catalogs_t *now, plan_t *plan, plan_trouble_t *trouble)
{
  catalogs_t catalogs;
  uint32_t next_id = plan_fresh_id(now);

  trouble->text[0] = '\0';
  *plan = (plan_t){0};
  if (!catalogs_copy(now, &catalogs))
    return PLAN_NO_MEMORY;
  plan_status_t status = plan_remove_onto(plan, &catalogs, &next_id, trouble);
  catalogs_free(&catalogs);
  if (status)
    plan_free(plan);
  return status;
}

plan_status_t plan_mend(const catalogs_t *now, plan_t *plan, plan_trouble_t *trouble)
{
  trouble->text[0] = '\0';
  *plan = (plan_t){0};
  for (size_t view = 0; view < now->views; view++) {
    const catalog_t *catalog = &now->view[view];

    for (size_t i = 0; i < catalog->count; i++) {
      edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = catalog->entries[i]};

      update.guid = update.entry.info.guid;
      if (catalog_is_ours(&update.entry) ||
          catalog_find_id(catalog, update.entry.info.id) != &catalog->entries[i] ||
          layering_check_chain(catalog, &update.entry.info, NULL) != CHAIN_DANGLING ||
          !layering_without_us(catalog, &update.entry.info, true))
        continue;
      if (!plan_add(plan, &update)) {
        plan_free(plan);
        return PLAN_NO_MEMORY;
      }
    }
  }
  return PLAN_OK;
}
