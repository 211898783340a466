/*
 * plan_mend.h - other vendors' chains without links to what does not exist. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_MEND_H
#define SOCKWARDEN_INSTALLER_PLAN_MEND_H

#include "plan_failure.h"

/* Changes a chain only where what is left of it is sound. The caller frees *plan, which has no edits unless
 * this is PLAN_OK. */
plan_status_t plan_mend(const machine_catalogs_t *now, plan_t *plan, plan_failure_t *failure);

#endif
