#include "transaction.h"

#include <ntsecapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "error_names.h"
#include "files.h"
#include "platform_check.h"
#include "registry.h"
#include "setup.h"
#include "snapshot.h"
#include "winsock_catalog.h"

bool transaction_open(transaction_t *transaction, bool elevated)
{
  const char *refusal = machine_refusal();

  *transaction = (transaction_t){.later = false};
  if (refusal != NULL) {
    fprintf(stderr, "sockwarden: %s.\n", refusal);
    return false;
  }
  if (elevated && !machine_elevated()) {
    fprintf(stderr,
            "sockwarden: this needs an administrator's rights. Open an elevated prompt (right-click, Run as "
            "administrator) and run it there. Nothing was changed.\n");
    return false;
  }
  if (!places_find(&transaction->places))
    return false;
  if (elevated) {
    transaction->lock = CreateMutexW(NULL, FALSE, L"Global\\Sockwarden.Setup");
    if (transaction->lock == NULL || WaitForSingleObject(transaction->lock, 60000) == WAIT_TIMEOUT) {
      fprintf(stderr, "sockwarden: another sockwarden is changing the catalog. Wait for it to end. Nothing "
                      "was changed.\n");
      return false;
    }
  }
  journal_open(&transaction->journal, transaction->places.journal);
  return transaction->journal.text != NULL;
}

void transaction_close(transaction_t *transaction)
{
  journal_free(&transaction->journal);
  if (transaction->lock != NULL) {
    ReleaseMutex(transaction->lock);
    CloseHandle(transaction->lock);
  }
}

bool transaction_note(transaction_t *transaction, const char *word, const char *rest)
{
  DWORD error = journal_note(&transaction->journal, word, rest);

  if (error)
    error_tell("writing the journal", (int)error);
  return !error;
}

bool transaction_folder(transaction_t *transaction, const char *word, const WCHAR *path,
                        protection_t protection)
{
  char text[PLACE_CHARS * 3];
  bool made;

  if (!files_exist(path) && !transaction_note(transaction, word, places_text(path, text, sizeof text)))
    return false;
  DWORD error = protect_make_folder(path, protection, &made);
  if (error) {
    fprintf(stderr, "sockwarden: the folder %s could not be made or protected.\n",
            places_text(path, text, sizeof text));
    error_tell("making a folder", (int)error);
  }
  return !error;
}

/* snapshots\20260131-235959-1234.snapshot */
static void transaction__snapshot_name(char name[64])
{
  SYSTEMTIME now;

  GetSystemTime(&now);
  snprintf(name, 64, "%04u%02u%02u-%02u%02u%02u-%03u.snapshot", now.wYear, now.wMonth, now.wDay, now.wHour,
           now.wMinute, now.wSecond, now.wMilliseconds);
}

static void transaction__snapshot_path(const transaction_t *transaction, const char *name,
                                       WCHAR path[PLACE_CHARS])
{
  WCHAR wide[64];

  if (!MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, 64) || wcspbrk(wide, L"\\/:") != NULL)
    wcscpy(wide, L"?");
  places_join(path, transaction->places.snapshots, wide);
}

static DWORD transaction__save_snapshot(transaction_t *transaction, const char *name, const catalogs_t *now)
{
  WCHAR path[PLACE_CHARS];
  char *text = snapshot_write(now);
  catalogs_t back;

  if (text == NULL)
    return ERROR_NOT_ENOUGH_MEMORY;
  transaction__snapshot_path(transaction, name, path);
  DWORD error = files_write(path, text);
  free(text);
  /* What was written is what repair will read. */
  text = error ? NULL : files_read(path);
  if (!error && (text == NULL || !snapshot_read(text, &back)))
    error = ERROR_INVALID_DATA;
  else if (!error)
    catalogs_free(&back);
  free(text);
  return error;
}

bool transaction_begin(transaction_t *transaction, journal_state_t state, const catalogs_t *now)
{
  const places_t *places = &transaction->places;
  bool made_root, made_snapshots = false;
  char name[64];
  const char *what = "making the folder ProgramData\\Sockwarden";

  transaction__snapshot_name(name);
  DWORD error = protect_make_folder(places->root, PROTECT_SETUP, &made_root);
  if (!error) {
    what = "making the folder ProgramData\\Sockwarden\\snapshots";
    error = protect_make_folder(places->snapshots, PROTECT_SETUP, &made_snapshots);
  }
  if (!error) {
    what = "saving the snapshot";
    error = transaction__save_snapshot(transaction, name, now);
  }
  if (!error) {
    what = "beginning the journal";
    error = journal_begin(&transaction->journal, state);
  }
  if (!error)
    error = journal_note(&transaction->journal, "snapshot", name);
  if (!error && made_root)
    error = journal_note(&transaction->journal, "made", "root");
  if (!error)
    return true;
  WCHAR path[PLACE_CHARS];
  transaction__snapshot_path(transaction, name, path);
  error_tell(what, (int)error);
  DeleteFileW(path);
  if (journal_state(&transaction->journal) == state)
    journal_undone(&transaction->journal);
  if (made_snapshots)
    RemoveDirectoryW(places->snapshots);
  if (made_root)
    RemoveDirectoryW(places->root);
  return false;
}

bool transaction_snapshot(const transaction_t *transaction, catalogs_t *then)
{
  char name[64];
  WCHAR path[PLACE_CHARS];

  if (!journal_find(&transaction->journal, "snapshot", false, name, sizeof name))
    return false;
  transaction__snapshot_path(transaction, name, path);
  char *text = files_read(path);
  bool whole = text != NULL && snapshot_read(text, then);
  free(text);
  return whole;
}

void transaction_tell_plan(plan_status_t status, const plan_trouble_t *trouble)
{
  if (status == PLAN_NO_MEMORY)
    error_tell("planning", WSA_NOT_ENOUGH_MEMORY);
  else
    fprintf(stderr, "sockwarden: %s.\n",
            trouble->text[0] ? trouble->text : "the catalog cannot be changed so. Run: sockwarden verify");
}

static catalog_guid_t transaction__new_guid(void *context)
{
  /* Version 4: random, which says so in the right places. Random numbers that cannot be had would be a
   * catastrophe of Windows' own; the catalogs refuse a GUID they have. */
  catalog_guid_t guid = {{0}};

  (void)context;
  RtlGenRandom(guid.bytes, sizeof guid.bytes);
  guid.bytes[7] = (uint8_t)((guid.bytes[7] & 0x0f) | 0x40);
  guid.bytes[8] = (uint8_t)((guid.bytes[8] & 0x3f) | 0x80);
  return guid;
}

plan_options_t transaction_plan_options(void)
{
  return (plan_options_t){PLACES_CATALOG_DLL, transaction__new_guid, NULL};
}

bool transaction_restore_catalogs(const catalogs_t *then)
{
  catalogs_t now;
  plan_t plan;
  plan_trouble_t trouble;

  for (int round = 0; round < 2; round++) {
    if (winsock_read(&now))
      return false;
    plan_status_t status = plan_restore(&now, then, &plan, &trouble);
    catalogs_free(&now);
    if (status) {
      transaction_tell_plan(status, &trouble);
      return false;
    }
    bool there = plan.count == 0;
    bool done = there || apply_plan(&plan, NULL);
    plan_free(&plan);
    if (there || !done)
      return there;
  }
  fprintf(stderr, "sockwarden: the catalogs do not stay as they were put back\n");
  return false;
}

static bool transaction__undo_dll(transaction_t *transaction, int view)
{
  WCHAR backup[PLACE_CHARS];
  char word[8], rest[32];
  DWORD error = 0;

  snprintf(word, sizeof word, "dll%d", view);
  if (!journal_find(&transaction->journal, word, false, rest, sizeof rest))
    return true;
  places_join(backup, transaction->places.snapshots, view ? L"dll1.before" : L"dll0.before");
  if (strcmp(rest, "new") == 0)
    error = files_remove(transaction->places.dll[view], &transaction->later);
  else if (files_exist(backup))
    error = files_place_dll(backup, transaction->places.dll[view], &transaction->later);
  if (error)
    error_tell("putting the DLL back", (int)error);
  return !error;
}

static void transaction__undo_folder(const transaction_t *transaction, const char *word)
{
  char text[PLACE_CHARS * 3];
  WCHAR path[PLACE_CHARS];

  if (journal_find(&transaction->journal, word, false, text, sizeof text) &&
      MultiByteToWideChar(CP_UTF8, 0, text, -1, path, PLACE_CHARS))
    RemoveDirectoryW(path); /* an empty one only: what somebody put there meanwhile stays */
}

bool transaction_undo(transaction_t *transaction)
{
  const places_t *places = &transaction->places;
  catalogs_t then;
  char rest[PLACE_CHARS * 3], name[64];
  WCHAR path[PLACE_CHARS];
  bool undone = true, made_root = journal_find(&transaction->journal, "made", false, rest, sizeof rest);
  bool have_name = journal_find(&transaction->journal, "snapshot", false, name, sizeof name);

  if (have_name) {
    if (!transaction_snapshot(transaction, &then)) {
      fprintf(stderr, "sockwarden: the snapshot %s cannot be read\n", name);
      return false;
    }
    undone = transaction_restore_catalogs(&then);
    catalogs_free(&then);
  }
  if (!undone)
    return false;
  for (int view = 0; view < 2; view++)
    undone = transaction__undo_dll(transaction, view) && undone;
  if (journal_find(&transaction->journal, "event-source", false, NULL, 0) && marks_remove_event_source())
    undone = false;
  if (journal_find(&transaction->journal, "policy-dir", false, rest, sizeof rest)) {
    bool none = strcmp(rest, "none") == 0;

    if (!MultiByteToWideChar(CP_UTF8, 0, rest, -1, path, PLACE_CHARS) ||
        marks_set_policy_dir(none ? NULL : path))
      undone = false;
  }
  if (!undone)
    return false;
  transaction__undo_folder(transaction, "folder-policies");
  transaction__undo_folder(transaction, "folder-logs");
  places_join(path, places->snapshots, L"dll0.before");
  DeleteFileW(path);
  places_join(path, places->snapshots, L"dll1.before");
  DeleteFileW(path);
  DWORD error = journal_undone(&transaction->journal);
  if (error) {
    error_tell("ending the journal", (int)error);
    return false;
  }
  if (have_name) {
    transaction__snapshot_path(transaction, name, path);
    DeleteFileW(path);
  }
  if (made_root) {
    RemoveDirectoryW(places->snapshots);
    RemoveDirectoryW(places->root);
  }
  return true;
}

bool transaction_recover(transaction_t *transaction, journal_state_t *was)
{
  *was = journal_state(&transaction->journal);
  switch (*was) {
  case JOURNAL_INSTALL:
    printf("An earlier installation or repair was interrupted: putting everything back as it was.\n");
    return transaction_undo(transaction);
  case JOURNAL_UNINSTALL:
    printf("An earlier removal was interrupted: finishing it.\n");
    return setup_finish_uninstall(transaction, false) != SETUP_FAILED;
  case JOURNAL_NONE:
  case JOURNAL_DONE:
    break;
  }
  return true;
}
