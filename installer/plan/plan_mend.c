#include "plan_mend.h"

#include "layering.h"

plan_status_t plan_mend(const machine_catalogs_t *now, plan_t *plan, plan_failure_t *failure)
{
  plan_status_t status = PLAN_OK;

  failure->text[0] = '\0';
  *plan = (plan_t){0};
  for (size_t view = 0; view < now->views && !status; view++) {
    const catalog_model_t *catalog = &now->view[view];

    for (size_t i = 0; i < catalog->count && !status; i++) {
      edit_t update = {.kind = EDIT_UPDATE, .views = 1u << view, .entry = catalog->entries[i]};

      update.guid = update.entry.info.guid;
      if (!catalog_model_is_ours(&update.entry) &&
          catalog_model_find_id(catalog, update.entry.info.id) == &catalog->entries[i] &&
          layering_check_chain(catalog, &update.entry.info, NULL) == CHAIN_DANGLING &&
          layering_without_us(catalog, &update.entry.info, true) && !plan_add(plan, &update))
        status = PLAN_NO_MEMORY;
    }
  }
  return plan_finish(plan, status, failure);
}
