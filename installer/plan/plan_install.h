/*
 * plan_install.h - the catalogs with Sockwarden. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_INSTALL_H
#define SOCKWARDEN_INSTALLER_PLAN_INSTALL_H

#include "plan_failure.h"

typedef struct plan_options {
  /* What the catalog shall say of our DLL, the same in both: %SystemRoot%\system32\sockwarden.dll */
  const char *dll_path;
  /* A GUID that nobody has. */
  catalog_model_guid_t (*new_guid)(void *context);
  void *context;
} plan_options_t;

/*
 * The layer, whole, in every view, or no edit where it already is (plan_whole.h). What there is of ours
 * otherwise is taken out first. Then per view (docs/winsock-notes.md 4): one hidden entry, last in the order,
 * with type, protocol and range 0; over each kind of socket that socket_kinds_list names, one chain over the
 * entry that serves it today, put first; or, where that entry belongs to another vendor's non-IFS layer, a
 * chain beneath that layer and the vendor's chain changed to run through it. The caller frees *plan, which
 * has no edits unless this is PLAN_OK.
 */
plan_status_t plan_install(const machine_catalogs_t *now, const plan_options_t *options, plan_t *plan,
                           plan_failure_t *failure);

#endif
