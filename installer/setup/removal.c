#include "removal.h"

#include "files.h"
#include "package.h"
#include "plan_remove.h"
#include "registry.h"
#include "rollback.h"
#include "setup.h"
#include "setup_catalogs.h"
#include "setup_print.h"

static bool removal__dlls(transaction_t *transaction)
{
  for (size_t view = 0; view < package_views(); view++)
    if (!setup_succeeded("removing sockwarden.dll",
                         files_remove(transaction->paths.dll[view], &transaction->later)))
      return false;
  return true;
}

bool removal_purge(const transaction_t *transaction)
{
  WCHAR set[INSTALL_PATH_CHARS];
  char text[INSTALL_PATH_TEXT];

  if (registry_read_policy_dir(set, INSTALL_PATH_CHARS) && wcscmp(set, transaction->paths.policies) != 0)
    setup_print("The policy folder %s is not Sockwarden's own and was kept.", install_paths_text(set, text));
  return setup_succeeded("removing the settings", registry_remove_settings()) &&
         setup_succeeded("removing policies and logs", files_remove_tree(transaction->paths.root));
}

int removal_finish(transaction_t *transaction, bool purge)
{
  bool done = setup_succeeded("removing the Event Log source", registry_remove_event_source());

  done = done && rollback_policy_dir(transaction, true);
  done = removal__dlls(transaction) && done;
  if (done) {
    rollback_folders(transaction, true);
    done = setup_succeeded("ending the journal", journal_remove(&transaction->journal));
  }
  if (!done || (purge && !removal_purge(transaction))) {
    setup_print_failure(
        "networking works without Sockwarden now, but not everything could be removed. Run: sockwarden "
        "repair.");
    return SETUP_FAILED;
  }
  setup_print("Uninstalled.%s", purge ? "" : " Policies, logs and settings were kept; --purge removes them.");
  if (transaction->later)
    setup_print("The DLL is still in use and will be removed at the next start of Windows.");
  return transaction->later ? SETUP_RESTART : SETUP_DONE;
}

int removal_run(transaction_t *transaction, bool purge)
{
  if (setup_catalogs_change(plan_remove))
    return removal_finish(transaction, purge);
  setup_print_failure("not uninstalled. Run: sockwarden repair.");
  return SETUP_FAILED;
}
