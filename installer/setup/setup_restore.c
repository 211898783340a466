#include "setup.h"

#include "files.h"
#include "recovery.h"
#include "repair_outcome.h"
#include "rollback.h"
#include "setup_catalogs.h"
#include "setup_print.h"
#include "snapshot_file.h"
#include "winsock_catalog.h"

/* The snapshot with that path, or of that name in our own folder. False: printed. */
static bool setup_restore__read(const transaction_t *transaction, const char *name, machine_catalogs_t *then)
{
  WCHAR path[INSTALL_PATH_CHARS];

  if (!install_paths_full(name, path) || !files_exist(path))
    snapshot_file_path(&transaction->paths, name, path);
  if (!files_exist(path)) {
    setup_print_failure(
        "there is no snapshot '%s'. Snapshots are in ProgramData\\Sockwarden\\snapshots. Nothing was "
        "changed.",
        name);
    return false;
  }
  if (snapshot_file_read(path, then)) {
    setup_print_failure("'%s' is not a complete snapshot. Nothing was changed.", name);
    return false;
  }
  /* Who uninstalled a product since then does not want its entries back. */
  for (size_t view = 0; view < then->views; view++)
    for (size_t i = 0; i < then->view[view].count; i++)
      then->view[view].entries[i].dll_missing = winsock_dll_missing(&then->view[view].entries[i], view);
  return true;
}

static int setup_restore__run(transaction_t *transaction, const char *name, const machine_catalogs_t *then,
                              const machine_catalogs_t *now)
{
  if (!transaction_begin(transaction, JOURNAL_INSTALL, now))
    return SETUP_FAILED;
  if (!setup_catalogs_restore(then) ||
      !setup_succeeded("ending the journal", journal_done(&transaction->journal))) {
    rollback_print("not restored", rollback_run(transaction));
    return SETUP_FAILED;
  }
  setup_print("The catalogs are as in %s.", name);
  return repair_outcome();
}

int setup_restore(const char *snapshot)
{
  transaction_t transaction;
  machine_catalogs_t then, now;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true) || !recovery_run(&transaction) ||
      !setup_restore__read(&transaction, snapshot, &then))
    goto cleanup_transaction;
  if (setup_catalogs_read(&now)) {
    status = setup_restore__run(&transaction, snapshot, &then, &now);
    machine_catalogs_free(&now);
  }
  machine_catalogs_free(&then);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
