#include "plan_remove.h"

#include "layering.h"

static plan_status_t plan_remove__change_others(plan_draft_t *draft, size_t view, plan_failure_t *failure)
{
  const catalog_model_t *catalog = &draft->catalogs.view[view];

  for (size_t i = 0; i < catalog->count; i++) {
    edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = catalog->entries[i]};

    update.guid = update.entry.info.guid;
    if (catalog_model_is_ours(&update.entry) || !layering_through_us(catalog, &update.entry))
      continue;
    /* A chain that is damaged besides is mended as far as it goes: our removal must not leave it worse. */
    if (!layering_without_us(catalog, &update.entry.info, false) &&
        !layering_without_us(catalog, &update.entry.info, true))
      continue;
    plan_status_t status = plan_check_id(catalog, &catalog->entries[i], failure);
    if (!status)
      status = plan_draft_add(draft, &update);
    if (status)
      return status;
  }
  return PLAN_OK;
}

/* Our hidden entries, or our chains. */
static plan_status_t plan_remove__ours(plan_draft_t *draft, size_t view, bool hidden)
{
  const catalog_model_t *catalog = &draft->catalogs.view[view];
  size_t i = 0;

  while (i < catalog->count) {
    const catalog_model_entry_t *entry = &catalog->entries[i];
    edit_t remove = {.kind = EDIT_REMOVE, .views = 1u << view, .guid = entry->info.guid};

    if (!catalog_model_is_ours(entry) || (entry->info.chain_length == CHAIN_LAYER) != hidden) {
      i++;
      continue;
    }
    plan_status_t status = plan_draft_add(draft, &remove);
    if (status)
      return status;
    i = 0; /* a provider's entries may lie apart */
  }
  return PLAN_OK;
}

plan_status_t plan_remove_onto(plan_draft_t *draft, plan_failure_t *failure)
{
  plan_status_t status = PLAN_OK;

  for (size_t view = 0; view < draft->catalogs.views && !status; view++)
    status = plan_remove__change_others(draft, view, failure);
  for (size_t view = 0; view < draft->catalogs.views && !status; view++)
    status = plan_remove__ours(draft, view, false);
  for (size_t view = 0; view < draft->catalogs.views && !status; view++)
    status = plan_remove__ours(draft, view, true);
  return status;
}

plan_status_t plan_remove(const machine_catalogs_t *now, plan_t *plan, plan_failure_t *failure)
{
  plan_draft_t draft;

  failure->text[0] = '\0';
  plan_status_t status =
      plan_draft_open(&draft, plan, now) ? plan_remove_onto(&draft, failure) : PLAN_NO_MEMORY;
  plan_draft_close(&draft);
  return plan_finish(plan, status, failure);
}
