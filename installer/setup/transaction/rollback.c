#include "rollback.h"

#include <string.h>

#include "files.h"
#include "registry.h"
#include "setup_catalogs.h"
#include "setup_print.h"
#include "snapshot_file.h"

/* Brings the catalogs back to the snapshot of that name. */
static bool rollback__catalogs(const transaction_t *transaction, const char *name)
{
  machine_catalogs_t then;
  WCHAR path[INSTALL_PATH_CHARS];

  snapshot_file_path(&transaction->paths, name, path);
  if (snapshot_file_read(path, &then)) {
    setup_print_failure("the snapshot %s is missing or damaged.", name);
    return false;
  }
  bool undone = setup_catalogs_restore(&then);
  machine_catalogs_free(&then);
  return undone;
}

static bool rollback__dll(transaction_t *transaction, int view)
{
  const install_paths_t *paths = &transaction->paths;
  char rest[32];
  DWORD error = 0;

  if (!journal_find(&transaction->journal, JOURNAL_DLL(view), false, rest, sizeof rest))
    return true;
  if (strcmp(rest, "new") == 0)
    error = files_remove(paths->dll[view], &transaction->later);
  else if (files_exist(paths->backup[view]))
    error = files_place_dll(paths->backup[view], paths->dll[view], &transaction->later);
  return setup_succeeded("putting sockwarden.dll back", error);
}

static bool rollback__event_source(const transaction_t *transaction)
{
  return !journal_find(&transaction->journal, JOURNAL_EVENT_SOURCE, false, NULL, 0) ||
         setup_succeeded("removing the Event Log source", registry_remove_event_source());
}

bool rollback_policy_dir(const transaction_t *transaction, bool earlier)
{
  char rest[INSTALL_PATH_TEXT];
  WCHAR path[INSTALL_PATH_CHARS];
  DWORD error = ERROR_INVALID_DATA;

  if (!journal_find(&transaction->journal, JOURNAL_POLICY_DIR, earlier, rest, sizeof rest))
    return true;
  if (install_paths_from_text(rest, path))
    error = registry_set_policy_dir(strcmp(rest, "none") == 0 ? NULL : path);
  return setup_succeeded("restoring the setting PolicyDir", error);
}

void rollback_folders(const transaction_t *transaction, bool earlier)
{
  static const char *const words[] = {JOURNAL_POLICY_FOLDER, JOURNAL_LOG_FOLDER};

  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    char text[INSTALL_PATH_TEXT];
    WCHAR path[INSTALL_PATH_CHARS];

    if (journal_find(&transaction->journal, words[i], earlier, text, sizeof text) &&
        install_paths_from_text(text, path))
      RemoveDirectoryW(path); /* an empty one only: what somebody put there meanwhile stays */
  }
}

bool rollback_run(transaction_t *transaction)
{
  const install_paths_t *paths = &transaction->paths;
  char name[SNAPSHOT_FILE_NAME];
  WCHAR snapshot[INSTALL_PATH_CHARS];
  bool made_root = journal_find(&transaction->journal, JOURNAL_MADE, false, NULL, 0);
  bool named = journal_find(&transaction->journal, JOURNAL_SNAPSHOT, false, name, sizeof name);

  if (named && !rollback__catalogs(transaction, name))
    return false;
  bool undone = rollback__dll(transaction, 0);
  undone = rollback__dll(transaction, 1) && undone;
  undone = rollback__event_source(transaction) && undone;
  undone = rollback_policy_dir(transaction, false) && undone;
  if (!undone)
    return false;
  rollback_folders(transaction, false);
  rollback_discard_backups(transaction);
  if (!setup_succeeded("ending the journal", journal_undone(&transaction->journal)))
    return false;
  if (named) {
    snapshot_file_path(paths, name, snapshot);
    DeleteFileW(snapshot);
  }
  if (made_root) {
    RemoveDirectoryW(paths->snapshots);
    RemoveDirectoryW(paths->root);
  }
  return true;
}

void rollback_discard_backups(const transaction_t *transaction)
{
  for (int view = 0; view < 2; view++)
    DeleteFileW(transaction->paths.backup[view]);
}

void rollback_print(const char *not_done, bool undone)
{
  if (undone)
    setup_print_failure("%s. Everything is as it was before.", not_done);
  else
    setup_print_failure(
        "%s, and not everything could be undone. Run: sockwarden repair. If networking still fails "
        "after that, run netsh winsock reset and restart.",
        not_done);
}
