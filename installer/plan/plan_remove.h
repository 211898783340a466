/*
 * plan_remove.h - the catalogs without Sockwarden. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_REMOVE_H
#define SOCKWARDEN_INSTALLER_PLAN_REMOVE_H

#include "plan_draft.h"

/* Other vendors' chains that refer to ours are changed first, then our chains go, then our hidden entries.
 * The caller frees *plan, which has no edits unless this is PLAN_OK. */
plan_status_t plan_remove(const machine_catalogs_t *now, plan_t *plan, plan_failure_t *failure);

/* Appends the same edits to a draft. */
plan_status_t plan_remove_onto(plan_draft_t *draft, plan_failure_t *failure);

#endif
