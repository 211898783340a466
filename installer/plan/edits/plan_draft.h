/*
 * plan_draft.h - a plan being made, with the catalogs as its edits leave them. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_DRAFT_H
#define SOCKWARDEN_INSTALLER_PLAN_DRAFT_H

#include "plan.h"
#include "plan_failure.h"

typedef struct plan_draft {
  plan_t *plan;                /* the caller's */
  machine_catalogs_t catalogs; /* follow the plan; the draft's own */
  uint32_t next_id;
} plan_draft_t;

/* Begins *plan, which the caller has still to free, on a copy of `now`. False where memory is short. Close it
 * with plan_draft_close in either case. */
bool plan_draft_open(plan_draft_t *draft, plan_t *plan, const machine_catalogs_t *now);

/* Appends an edit and carries it out on the draft's catalogs. */
plan_status_t plan_draft_add(plan_draft_t *draft, const edit_t *edit);

/* The same with plan_add_entries. */
plan_status_t plan_draft_add_entries(plan_draft_t *draft, const catalog_model_entry_t *native,
                                     const catalog_model_entry_t *wow);

/* Frees the draft's catalogs; the plan stays. */
void plan_draft_close(plan_draft_t *draft);

#endif
