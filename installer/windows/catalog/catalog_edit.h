/*
 * catalog_edit.h - one edit of a plan as calls of ws2_32.
 */
#ifndef SOCKWARDEN_INSTALLER_CATALOG_EDIT_H
#define SOCKWARDEN_INSTALLER_CATALOG_EDIT_H

#include <stdbool.h>

#include "error_names.h"
#include "plan.h"

/* Carries out an edit that holds no references any more. `now` are the catalogs as last read. False where the
 * call fails; *failure names it in any case. A success is the call's word: the caller reads the catalogs
 * back; a category is read back here. */
bool catalog_edit(const edit_t *edit, const machine_catalogs_t *now, call_failure_t *failure);

#endif
