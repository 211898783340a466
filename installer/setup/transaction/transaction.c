#include "transaction.h"

#include "files.h"
#include "platform_check.h"
#include "setup_print.h"
#include "snapshot_file.h"

enum { LOCK_WAIT_MS = 60000 };

static bool transaction__lock(transaction_t *transaction)
{
  transaction->lock = CreateMutexW(NULL, FALSE, L"Global\\Sockwarden.Setup");
  if (transaction->lock != NULL && WaitForSingleObject(transaction->lock, LOCK_WAIT_MS) != WAIT_TIMEOUT)
    return true;
  setup_print_failure(
      "another sockwarden command is changing the catalog. Wait for it to end and try again. Nothing "
      "was changed.");
  return false;
}

bool transaction_open(transaction_t *transaction, bool change)
{
  const char *refusal = platform_check_refusal();

  *transaction = (transaction_t){.later = false};
  if (refusal != NULL) {
    setup_print_failure("%s.", refusal);
    return false;
  }
  if (change && !platform_check_elevated()) {
    setup_print_failure(
        "administrator rights are needed: run this from an elevated prompt (right-click, Run as "
        "administrator). Nothing was changed.");
    return false;
  }
  if (!install_paths_find(&transaction->paths)) {
    setup_print_failure("the ProgramData folder or the system folder cannot be found. Nothing was changed.");
    return false;
  }
  if (change && !transaction__lock(transaction))
    return false;
  journal_open(&transaction->journal, transaction->paths.journal);
  return transaction->journal.text != NULL || setup_succeeded("reading the journal", ERROR_NOT_ENOUGH_MEMORY);
}

void transaction_close(transaction_t *transaction)
{
  journal_free(&transaction->journal);
  if (transaction->lock != NULL) {
    ReleaseMutex(transaction->lock);
    CloseHandle(transaction->lock);
  }
}

/* How far a beginning came. */
typedef struct start {
  bool made_root, made_snapshots;
  char name[SNAPSHOT_FILE_NAME];
  WCHAR snapshot[INSTALL_PATH_CHARS];
} start_t;

static bool transaction__start(transaction_t *transaction, journal_state_t state,
                               const machine_catalogs_t *now, start_t *start)
{
  const install_paths_t *paths = &transaction->paths;
  journal_t *journal = &transaction->journal;

  return setup_succeeded("making the folder ProgramData\\Sockwarden",
                         acl_make_folder(paths->root, ACL_SETUP, &start->made_root)) &&
         setup_succeeded("making the folder ProgramData\\Sockwarden\\snapshots",
                         acl_make_folder(paths->snapshots, ACL_SETUP, &start->made_snapshots)) &&
         setup_succeeded("saving the snapshot", snapshot_file_save(start->snapshot, now)) &&
         setup_succeeded("beginning the journal", journal_begin(journal, state)) &&
         transaction_note(transaction, JOURNAL_SNAPSHOT, start->name) &&
         (!start->made_root || transaction_note(transaction, JOURNAL_MADE, "root"));
}

bool transaction_begin(transaction_t *transaction, journal_state_t state, const machine_catalogs_t *now)
{
  start_t start = {.made_root = false};

  snapshot_file_name(start.name);
  snapshot_file_path(&transaction->paths, start.name, start.snapshot);
  if (transaction__start(transaction, state, now, &start))
    return true;
  DeleteFileW(start.snapshot);
  if (journal_state(&transaction->journal) == state)
    journal_undone(&transaction->journal);
  if (start.made_snapshots)
    RemoveDirectoryW(transaction->paths.snapshots);
  if (start.made_root)
    RemoveDirectoryW(transaction->paths.root);
  return false;
}

bool transaction_note(transaction_t *transaction, const char *word, const char *rest)
{
  return setup_succeeded("writing the journal", journal_note(&transaction->journal, word, rest));
}

bool transaction_make_folder(transaction_t *transaction, const char *word, const WCHAR *path, acl_kind_t acl)
{
  char text[INSTALL_PATH_TEXT];
  bool made;

  install_paths_text(path, text);
  if (!files_exist(path) && !transaction_note(transaction, word, text))
    return false;
  if (setup_succeeded("making a folder or setting its access list", acl_make_folder(path, acl, &made)))
    return true;
  setup_print_failure("the folder is %s.", text);
  return false;
}
