#include "plan.h"

#include <stdlib.h>

bool plan_add(plan_t *plan, const edit_t *edit)
{
  edit_t *grown = realloc(plan->edits, (plan->count + 1) * sizeof *grown);

  if (grown == NULL) {
    free(edit->order);
    return false;
  }
  grown[plan->count++] = *edit;
  plan->edits = grown;
  return true;
}

uint32_t plan_refer(plan_t *plan, const catalog_model_guid_t *guid, size_t nth)
{
  for (size_t i = 0; i < plan->reference_count; i++)
    if (catalog_model_guid_equal(&plan->references[i].guid, guid) && plan->references[i].nth == nth)
      return PLAN_REFERENCE | (uint32_t)i;
  plan_reference_t *grown = realloc(plan->references, (plan->reference_count + 1) * sizeof *grown);
  if (grown == NULL)
    return 0;
  plan->references = grown;
  grown[plan->reference_count] = (plan_reference_t){*guid, nth};
  return PLAN_REFERENCE | (uint32_t)plan->reference_count++;
}

uint32_t plan_resolve(const plan_t *plan, const catalog_model_t *catalog, uint32_t id)
{
  if (!(id & PLAN_REFERENCE))
    return catalog_model_find_id(catalog, id) != NULL ? id : 0;
  size_t at = id & ~PLAN_REFERENCE;
  if (at >= plan->reference_count)
    return 0;
  const catalog_model_entry_t *entry =
      catalog_model_find_nth(catalog, &plan->references[at].guid, plan->references[at].nth);
  return entry != NULL ? entry->info.id : 0;
}

void plan_resolve_chain(const plan_t *plan, const catalog_model_t *catalog, catalog_model_info_t *info)
{
  for (int32_t link = 0; link < info->chain_length && link < CHAIN_MAX; link++)
    if (info->chain[link] & PLAN_REFERENCE)
      info->chain[link] = plan_resolve(plan, catalog, info->chain[link]);
}

bool plan_add_entries(plan_t *plan, size_t views, const catalog_model_entry_t *native,
                      const catalog_model_entry_t *wow)
{
  const catalog_model_entry_t *first = native != NULL ? native : wow;
  edit_t install = {EDIT_INSTALL, wow != NULL ? IN_BOTH : IN_NATIVE, first->info.guid, *first, NULL, 0};

  if (!plan_add(plan, &install))
    return false;
  if (native == NULL) {
    edit_t out = {.kind = EDIT_REMOVE, .views = IN_NATIVE, .guid = first->info.guid};

    if (!plan_add(plan, &out))
      return false;
  }
  if (views == 1 || wow == NULL || wow->info.chain_length == CHAIN_LAYER)
    return true;
  /* The one call wrote the native catalog's ids into both. */
  edit_t update = {EDIT_UPDATE, IN_WOW, wow->info.guid, *wow, NULL, 0};
  update.entry.info.id = plan_refer(plan, &wow->info.guid, 0);
  return update.entry.info.id && plan_add(plan, &update);
}

void plan_free(plan_t *plan)
{
  for (size_t i = 0; i < plan->count; i++)
    free(plan->edits[i].order);
  free(plan->edits);
  free(plan->references);
  *plan = (plan_t){0};
}
