/*
 * install_preview.h - what an installation would do.
 */
#ifndef SOCKWARDEN_INSTALLER_INSTALL_PREVIEW_H
#define SOCKWARDEN_INSTALLER_INSTALL_PREVIEW_H

#include "install_paths.h"
#include "plan.h"

/* Whether it has nothing to do: `plan` is empty, and all else is in its place. */
bool install_preview_is_empty(const install_paths_t *paths, const WCHAR *policies, const plan_t *plan);

/* Prints it, a line a step. `now` are the catalogs that the plan is for. */
void install_preview_print(const install_paths_t *paths, const WCHAR *policies, const machine_catalogs_t *now,
                           const plan_t *plan);

#endif
