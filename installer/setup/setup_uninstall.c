#include "setup.h"

#include "files.h"
#include "health.h"
#include "package.h"
#include "plan_remove.h"
#include "recovery.h"
#include "registry.h"
#include "removal.h"
#include "rollback.h"
#include "setup_catalogs.h"
#include "setup_print.h"
#include "sockets.h"

static int setup_uninstall__run(transaction_t *transaction, const machine_catalogs_t *now, bool purge)
{
  loopback_result_t before[LOOPBACKS], after[LOOPBACKS];
  bool known = loopback_child_run(before);

  if (!transaction_begin(transaction, JOURNAL_UNINSTALL, now)) {
    setup_print_failure("not uninstalled. Nothing was changed.");
    return SETUP_FAILED;
  }
  bool done = setup_catalogs_change(plan_remove);
  /* A removal is not held up by a process that does not start. */
  if (done && known && loopback_child_run(after))
    done = sockets_still_work(before, after, false);
  if (done)
    return removal_finish(transaction, purge);
  /* Back to whole: half a removal is what breaks networking. */
  rollback_print("not uninstalled",
                 setup_catalogs_restore(now) &&
                     setup_succeeded("ending the journal", journal_undone(&transaction->journal)));
  return SETUP_FAILED;
}

static bool setup_uninstall__is_due(const transaction_t *transaction, const machine_catalogs_t *now)
{
  for (size_t view = 0; view < package_views(); view++)
    if (files_exist(transaction->paths.dll[view]))
      return true;
  return health_any_presence(now) || journal_state(&transaction->journal) != JOURNAL_NONE ||
         registry_event_source_exists();
}

int setup_uninstall(bool purge)
{
  transaction_t transaction;
  machine_catalogs_t now;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true))
    goto cleanup_transaction;
  if (journal_state(&transaction.journal) == JOURNAL_UNINSTALL) {
    status = removal_run(&transaction, purge);
    goto cleanup_transaction;
  }
  if (!recovery_run(&transaction) || !setup_catalogs_read(&now))
    goto cleanup_transaction;
  if (setup_uninstall__is_due(&transaction, &now)) {
    status = setup_uninstall__run(&transaction, &now, purge);
  } else {
    setup_print("Not installed: nothing to do.");
    status = purge && !removal_purge(&transaction) ? SETUP_FAILED : SETUP_DONE;
  }
  machine_catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
