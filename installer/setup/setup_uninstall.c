#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "error_names.h"
#include "files.h"
#include "loopback.h"
#include "platform_check.h"
#include "registry.h"
#include "setup.h"
#include "transaction.h"
#include "winsock_catalog.h"

/* Takes us out of both catalogs. False: told. */
static bool uninstall__catalogs(void)
{
  catalogs_t now;
  plan_t plan;
  plan_trouble_t trouble;

  if (winsock_read(&now))
    return false;
  plan_status_t status = plan_remove(&now, &plan, &trouble);
  catalogs_free(&now);
  if (status) {
    transaction_tell_plan(status, &trouble);
    return false;
  }
  bool done = apply_plan(&plan, NULL);
  plan_free(&plan);
  return done;
}

/* An empty folder that the installation made; with --purge all of ours goes anyway. */
static void uninstall__folder(const transaction_t *transaction, const char *word)
{
  char text[PLACE_CHARS * 3];
  WCHAR path[PLACE_CHARS];

  if (journal_find(&transaction->journal, word, true, text, sizeof text) &&
      MultiByteToWideChar(CP_UTF8, 0, text, -1, path, PLACE_CHARS))
    RemoveDirectoryW(path);
}

static bool uninstall__marks(transaction_t *transaction)
{
  char rest[PLACE_CHARS * 3];
  WCHAR path[PLACE_CHARS];
  DWORD error = marks_remove_event_source();

  if (error) {
    error_tell("removing the Event Log source", (int)error);
    return false;
  }
  /* The value from before the first of our installations. */
  if (journal_find(&transaction->journal, "policy-dir", true, rest, sizeof rest) &&
      MultiByteToWideChar(CP_UTF8, 0, rest, -1, path, PLACE_CHARS))
    error = marks_set_policy_dir(strcmp(rest, "none") == 0 ? NULL : path);
  if (error)
    error_tell("putting the setting PolicyDir back", (int)error);
  return !error;
}

static bool uninstall__dlls(transaction_t *transaction)
{
  for (int view = 0; view < (machine_has_two_catalogs() ? VIEWS : 1); view++) {
    DWORD error = files_remove(transaction->places.dll[view], &transaction->later);

    if (error) {
      error_tell("removing sockwarden.dll", (int)error);
      return false;
    }
  }
  return true;
}

static bool uninstall__purge(const transaction_t *transaction)
{
  WCHAR set[PLACE_CHARS];
  char text[PLACE_CHARS * 3];

  if (marks_policy_dir(set, PLACE_CHARS) && wcscmp(set, transaction->places.policies) != 0)
    printf("The policy folder %s is yours and stays.\n", places_text(set, text, sizeof text));
  DWORD error = marks_remove_settings();
  if (!error)
    error = files_remove_tree(transaction->places.root);
  if (error)
    error_tell("removing policies, logs and settings", (int)error);
  return !error;
}

/* What is left once the catalogs are clean; each step may find its work done. */
static int uninstall__rest(transaction_t *transaction, bool purge)
{
  bool done = uninstall__marks(transaction);

  done = uninstall__dlls(transaction) && done;
  if (done) {
    uninstall__folder(transaction, "folder-policies");
    uninstall__folder(transaction, "folder-logs");
    DWORD error = journal_remove(&transaction->journal);
    if (error)
      error_tell("ending the journal", (int)error);
    done = !error;
  }
  if (done && purge)
    done = uninstall__purge(transaction);
  if (!done) {
    fprintf(stderr, "sockwarden: the catalog is clean and networking is as it was without us, but not "
                    "everything else went. "
                    "Run: sockwarden repair\n");
    return SETUP_FAILED;
  }
  printf("Uninstalled.%s\n", purge ? "" : " Policies, logs and settings were left; --purge removes them.");
  if (transaction->later)
    printf("The DLL is still in use by running programs; it goes at the next start of Windows.\n");
  return transaction->later ? SETUP_RESTART : SETUP_DONE;
}

int setup_finish_uninstall(transaction_t *transaction, bool purge)
{
  if (!uninstall__catalogs()) {
    fprintf(stderr, "sockwarden: the removal could not be finished. Run: sockwarden repair\n");
    return SETUP_FAILED;
  }
  return uninstall__rest(transaction, purge);
}

static int uninstall__run(transaction_t *transaction, const catalogs_t *now, bool purge)
{
  loopback_result_t before[LOOPBACKS], after[LOOPBACKS];
  bool known = loopback_in_child(before);

  if (!transaction_begin(transaction, JOURNAL_UNINSTALL, now))
    return SETUP_FAILED;
  bool done = uninstall__catalogs();
  if (done && known && loopback_in_child(after))
    done = loopback_still_works(before, after, false);
  if (done)
    return uninstall__rest(transaction, purge);
  /* Back to whole: half a removal is what breaks networking. */
  if (transaction_restore_catalogs(now) && !journal_undone(&transaction->journal))
    fprintf(stderr, "sockwarden: not uninstalled. Everything was put back as it was.\n");
  else
    fprintf(
        stderr,
        "sockwarden: NOT UNINSTALLED, AND NOT EVERYTHING COULD BE PUT BACK. Run: sockwarden repair. Where "
        "networking does not work and that does not help: netsh winsock reset, then restart.\n");
  return SETUP_FAILED;
}

static bool uninstall__anything(const transaction_t *transaction, const catalogs_t *now)
{
  for (size_t view = 0; view < now->views; view++) {
    if (files_exist(transaction->places.dll[view]))
      return true;
    for (size_t i = 0; i < now->view[view].count; i++)
      if (catalog_is_ours(&now->view[view].entries[i]))
        return true;
  }
  return journal_state(&transaction->journal) != JOURNAL_NONE || marks_event_source_exists();
}

int setup_uninstall(bool purge)
{
  transaction_t transaction;
  journal_state_t was;
  catalogs_t now;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true))
    goto cleanup_transaction;
  if (journal_state(&transaction.journal) == JOURNAL_UNINSTALL) {
    status = setup_finish_uninstall(&transaction, purge);
    goto cleanup_transaction;
  }
  if (!transaction_recover(&transaction, &was) || winsock_read(&now))
    goto cleanup_transaction;
  if (uninstall__anything(&transaction, &now)) {
    status = uninstall__run(&transaction, &now, purge);
  } else {
    printf("Not installed: nothing to do.\n");
    status = purge && !uninstall__purge(&transaction) ? SETUP_FAILED : SETUP_DONE;
  }
  catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
