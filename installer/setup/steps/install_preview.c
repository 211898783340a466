#include "install_preview.h"

#include "files.h"
#include "package.h"
#include "plan_text.h"
#include "policy_folder.h"
#include "registry.h"
#include "setup_print.h"

bool install_preview_is_empty(const install_paths_t *paths, const WCHAR *policies, const plan_t *plan)
{
  for (size_t view = 0; view < package_views(); view++)
    if (package_dll_is_due(paths, view))
      return false;
  return plan->count == 0 && files_exist(policies) && files_exist(paths->logs) &&
         registry_event_source_exists() && !policy_folder_setting_is_due(paths, policies);
}

void install_preview_print(const install_paths_t *paths, const WCHAR *policies, const machine_catalogs_t *now,
                           const plan_t *plan)
{
  char text[INSTALL_PATH_TEXT], other[INSTALL_PATH_TEXT];

  setup_print("sockwarden install would do this; nothing is changed now:");
  setup_print("  save a snapshot of the catalogs in %s", install_paths_text(paths->snapshots, text));
  if (!files_exist(policies))
    setup_print("  make the folder %s (administrators write, every process reads)",
                install_paths_text(policies, text));
  if (!files_exist(paths->logs))
    setup_print("  make the folder %s (every process appends)", install_paths_text(paths->logs, text));
  for (size_t view = 0; view < package_views(); view++)
    if (package_dll_is_due(paths, view))
      setup_print("  copy %s to %s", install_paths_text(paths->source[view], text),
                  install_paths_text(paths->dll[view], other));
  if (!registry_event_source_exists())
    setup_print("  register the Event Log source Sockwarden");
  if (policy_folder_setting_is_due(paths, policies))
    setup_print("  set PolicyDir to %s", install_paths_text(policies, text));
  for (size_t i = 0; i < plan->count; i++) {
    char line[1024];

    plan_edit_text(plan, now, &plan->edits[i], line, sizeof line);
    setup_print("  %s", line);
  }
  setup_print("  verify TCP and UDP over IPv4 and IPv6 on loopback from a new process");
}
