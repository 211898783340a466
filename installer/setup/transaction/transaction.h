/*
 * transaction.h - what every change of the machine begins and ends with: the lock, the snapshot, the journal.
 * What it does in between is noted first, so that rollback.h can undo it, also from another process.
 *
 * One thread; other processes wait at the lock.
 */
#ifndef SOCKWARDEN_INSTALLER_TRANSACTION_H
#define SOCKWARDEN_INSTALLER_TRANSACTION_H

#include "acl.h"
#include "install_paths.h"
#include "journal.h"
#include "machine_catalogs.h"

typedef struct transaction {
  install_paths_t paths;
  journal_t journal;
  HANDLE lock;
  bool later; /* something goes at the next start of Windows */
} transaction_t;

/* Refuses machines and, to `change` anything, users that cannot be served; then waits a minute at most for
 * another installation to end; finds the paths and reads the journal. False: printed. Close it with
 * transaction_close in either case. */
bool transaction_open(transaction_t *transaction, bool change);
void transaction_close(transaction_t *transaction);

/* Makes our own folder, saves a snapshot of the catalogs and begins the journal. False: printed, and nothing
 * is left behind. */
bool transaction_begin(transaction_t *transaction, journal_state_t state, const machine_catalogs_t *now);

/* Notes what comes next. False where that fails: printed. */
bool transaction_note(transaction_t *transaction, const char *word, const char *rest);

/* Makes a folder with that access list; a new one is noted under `word`. False where that fails: printed. */
bool transaction_make_folder(transaction_t *transaction, const char *word, const WCHAR *path, acl_kind_t acl);

#endif
