#include "setup.h"

#include "install_preview.h"
#include "layer_install.h"
#include "package.h"
#include "policy_folder.h"
#include "recovery.h"
#include "registry.h"
#include "rollback.h"
#include "setup_catalogs.h"
#include "setup_print.h"
#include "wsc.h"

static void setup_install__print_excluded(void *context, const WCHAR *path, const WCHAR *arguments)
{
  char text[INSTALL_PATH_TEXT], more[INSTALL_PATH_TEXT];

  (void)context;
  setup_print("    %s%s%s", install_paths_text(path, text), arguments[0] ? " " : "",
              install_paths_text(arguments, more));
}

static void setup_install__print_done(const transaction_t *transaction, const WCHAR *policies)
{
  char text[INSTALL_PATH_TEXT];

  setup_print("Installed. Policies: %s", install_paths_text(policies, text));
  setup_print(
      "The layer has the Winsock category FIREWALL|INSPECTOR. Programs with a category that lacks these, or "
      "that is "
      "SYSTEM, do not load it and are unfiltered: by default services.exe, lsass.exe, winlogon.exe and many "
      "svchost.exe. On this machine:");
  if (!registry_list_excluded(WSC_OUR_CATEGORY, setup_install__print_excluded, NULL))
    setup_print("    (no program has a category)");
  setup_print("Running programs are filtered only after they restart.");
  if (transaction->later)
    setup_print("An older DLL is still in use and will be removed at the next start of Windows.");
}

static int setup_install__run(transaction_t *transaction, const WCHAR *policies,
                              const machine_catalogs_t *now)
{
  if (!transaction_begin(transaction, JOURNAL_INSTALL, now)) {
    setup_print_failure("not installed. Nothing was changed.");
    return SETUP_FAILED;
  }
  if (!layer_install(transaction, policies, false) ||
      !setup_succeeded("ending the journal", journal_done(&transaction->journal))) {
    rollback_print("not installed", rollback_run(transaction));
    return SETUP_FAILED;
  }
  rollback_discard_backups(transaction);
  setup_install__print_done(transaction, policies);
  return transaction->later ? SETUP_RESTART : SETUP_DONE;
}

/* From catalogs that were just read. */
static int setup_install__from(transaction_t *transaction, const WCHAR *policies,
                               const machine_catalogs_t *now, bool dry_run)
{
  plan_t plan;
  plan_failure_t failure;
  int status = SETUP_DONE;

  if (setup_catalogs_plan_install(now, &plan, &failure)) {
    setup_print_failure("%s.", failure.text);
    setup_print_failure("not installed. Nothing was changed.");
    return SETUP_FAILED;
  }
  if (install_preview_is_empty(&transaction->paths, policies, &plan) &&
      (dry_run || journal_state(&transaction->journal) == JOURNAL_DONE))
    setup_print("Already installed: nothing to do.");
  else if (dry_run)
    install_preview_print(&transaction->paths, policies, now, &plan);
  else
    status = setup_install__run(transaction, policies, now);
  plan_free(&plan);
  return status;
}

int setup_install(const char *argument, bool dry_run)
{
  transaction_t transaction;
  WCHAR policies[INSTALL_PATH_CHARS];
  machine_catalogs_t now;
  int status = SETUP_FAILED;

  if (transaction_open(&transaction, !dry_run) && package_check(&transaction.paths) &&
      (dry_run || recovery_run(&transaction)) &&
      policy_folder_choose(&transaction.paths, argument, policies) && setup_catalogs_read(&now)) {
    status = setup_install__from(&transaction, policies, &now, dry_run);
    machine_catalogs_free(&now);
  }
  transaction_close(&transaction);
  return status;
}
