/*
 * plan_restore.h - the catalogs as a snapshot has them. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_RESTORE_H
#define SOCKWARDEN_INSTALLER_PLAN_RESTORE_H

#include "plan_failure.h"

/*
 * Entries of `then` that are gone come back (under new ids where they must, chains that name them following),
 * those that differ are changed back, ours that were not there go. Other vendors' entries that are newer
 * stay: they are not ours to remove; and an entry whose DLL is gone does not come back, its vendor removed
 * it. The caller frees *plan, which has no edits unless this is PLAN_OK.
 */
plan_status_t plan_restore(const machine_catalogs_t *now, const machine_catalogs_t *then, plan_t *plan,
                           plan_failure_t *failure);

#endif
