#include "plan_draft.h"

#include "plan_simulate.h"

bool plan_draft_open(plan_draft_t *draft, plan_t *plan, const machine_catalogs_t *now)
{
  *plan = (plan_t){0};
  draft->plan = plan;
  draft->next_id = plan_next_id(now);
  return machine_catalogs_copy(now, &draft->catalogs);
}

static plan_status_t plan_draft__follow(plan_draft_t *draft, size_t from)
{
  return plan_simulate_all(draft->plan, from, &draft->catalogs, &draft->next_id) ? PLAN_OK : PLAN_IMPOSSIBLE;
}

plan_status_t plan_draft_add(plan_draft_t *draft, const edit_t *edit)
{
  size_t from = draft->plan->count;

  return plan_add(draft->plan, edit) ? plan_draft__follow(draft, from) : PLAN_NO_MEMORY;
}

plan_status_t plan_draft_add_entries(plan_draft_t *draft, const catalog_model_entry_t *native,
                                     const catalog_model_entry_t *wow)
{
  size_t from = draft->plan->count;

  return plan_add_entries(draft->plan, draft->catalogs.views, native, wow) ? plan_draft__follow(draft, from)
                                                                           : PLAN_NO_MEMORY;
}

void plan_draft_close(plan_draft_t *draft)
{
  machine_catalogs_free(&draft->catalogs);
}
