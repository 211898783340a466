#include "setup.h"

#include "health.h"
#include "layer_install.h"
#include "package.h"
#include "plan_mend.h"
#include "plan_remove.h"
#include "policy_folder.h"
#include "recovery.h"
#include "repair_outcome.h"
#include "rollback.h"
#include "setup_catalogs.h"
#include "setup_print.h"

/* Whether the layer is to be there: it was installed, or some of it is there. */
static bool setup_repair__is_wanted(const transaction_t *transaction, const machine_catalogs_t *now)
{
  return journal_state(&transaction->journal) == JOURNAL_DONE || health_any_presence(now);
}

static bool setup_repair__is_due(const machine_catalogs_t *now, bool wanted)
{
  plan_t plan;
  plan_failure_t failure;
  bool due = health_check(now, NULL, NULL) > 0;

  if (wanted && setup_catalogs_plan_install(now, &plan, &failure) == PLAN_OK) {
    due = due || plan.count > 0;
    plan_free(&plan);
  }
  return due;
}

static bool setup_repair__make_whole(transaction_t *transaction)
{
  WCHAR policies[INSTALL_PATH_CHARS];

  return policy_folder_choose(&transaction->paths, NULL, policies) &&
         layer_install(transaction, policies, true);
}

/* Repairs what is wrong, inside a transaction of its own. */
static bool setup_repair__run(transaction_t *transaction, const machine_catalogs_t *now, bool wanted)
{
  bool whole = wanted && package_find(&transaction->paths), done;

  if (!transaction_begin(transaction, JOURNAL_INSTALL, now))
    return false;
  if (whole) {
    done = setup_repair__make_whole(transaction);
  } else {
    if (wanted)
      setup_print(
          "sockwarden.dll cannot be found for every catalog, so Sockwarden's entries are removed: a chain "
          "without its DLL breaks networking.");
    done = setup_catalogs_change(plan_mend) && setup_catalogs_change(plan_remove);
  }
  if (done)
    done = setup_succeeded("ending the journal", whole ? journal_done(&transaction->journal)
                                                       : journal_remove(&transaction->journal));
  if (!done)
    rollback_print("not repaired", rollback_run(transaction));
  else
    rollback_discard_backups(transaction);
  return done;
}

int setup_repair(void)
{
  transaction_t transaction;
  machine_catalogs_t now;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true) || !recovery_run(&transaction) || !setup_catalogs_read(&now))
    goto cleanup_transaction;
  bool wanted = setup_repair__is_wanted(&transaction, &now);
  if (!setup_repair__is_due(&now, wanted) || setup_repair__run(&transaction, &now, wanted))
    status = repair_outcome();
  if (status == SETUP_DONE && transaction.later)
    status = SETUP_RESTART;
  machine_catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
