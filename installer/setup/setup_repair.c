#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <ws2spi.h>

#include "apply.h"
#include "error_names.h"
#include "files.h"
#include "health.h"
#include "registry.h"
#include "setup.h"
#include "snapshot.h"
#include "transaction.h"
#include "winsock_catalog.h"

static void repair__print(void *context, const health_problem_t *problem)
{
  const catalogs_t *catalogs = context;

  fprintf(stderr, "  %s: %s. %s.\n", catalog_view_name(catalogs, problem->view), problem->text,
          health_advice(problem->kind));
}

/* What stays wrong is told; the exit status says whether anything does. */
static int repair__outcome(void)
{
  catalogs_t now;

  if (winsock_read(&now))
    return SETUP_FAILED;
  size_t problems = health_check(&now, NULL, NULL);
  if (problems) {
    fprintf(stderr, "sockwarden: what repair cannot mend:\n");
    health_check(&now, repair__print, &now);
  } else {
    printf("The catalogs are healthy.\n");
  }
  catalogs_free(&now);
  return problems ? SETUP_FAILED : SETUP_DONE;
}

static bool repair__ours_there(const catalogs_t *now)
{
  for (size_t view = 0; view < now->views; view++)
    if (health_presence(&now->view[view]) != PRESENCE_NONE)
      return true;
  return false;
}

static bool repair__apply(plan_status_t status, plan_t *plan, const plan_trouble_t *trouble)
{
  if (status) {
    transaction_tell_plan(status, trouble);
    return false;
  }
  bool done = apply_plan(plan, NULL);
  plan_free(plan);
  return done;
}

/* Both DLLs can be had: from the package, or they are in their place. */
static bool repair__dlls(places_t *places)
{
  static const uint16_t machines[VIEWS] = {
      sizeof(void *) == 8 ? IMAGE_FILE_MACHINE_AMD64 : IMAGE_FILE_MACHINE_I386, IMAGE_FILE_MACHINE_I386};

  for (int view = 0; view < (sizeof(void *) == 8 ? 2 : 1); view++) {
    if (files_machine(places->source[view]) != machines[view])
      wcscpy(places->source[view], places->dll[view]);
    if (files_machine(places->source[view]) != machines[view])
      return false;
  }
  return true;
}

static bool repair__whole(transaction_t *transaction)
{
  WCHAR policies[PLACE_CHARS];

  if (!marks_policy_dir(policies, PLACE_CHARS))
    wcscpy(policies, transaction->places.policies);
  return setup_make_whole(transaction, policies, true);
}

/* Mends what is wrong, inside a transaction of its own. */
static bool repair__mend(transaction_t *transaction, const catalogs_t *now)
{
  catalogs_t mended;
  plan_t plan;
  plan_trouble_t trouble;
  plan_status_t status;
  bool wanted = journal_state(&transaction->journal) == JOURNAL_DONE || repair__ours_there(now);

  if (!transaction_begin(transaction, JOURNAL_INSTALL, now))
    return false;
  bool done;
  if (wanted && repair__dlls(&transaction->places)) {
    done = repair__whole(transaction);
  } else {
    if (wanted)
      printf("Our DLL is not to be had here, so our entries are taken out: a chain without its DLL breaks "
             "networking.\n");
    status = plan_mend(now, &plan, &trouble);
    done = repair__apply(status, &plan, &trouble) && !winsock_read(&mended);
    if (done) {
      status = plan_remove(&mended, &plan, &trouble);
      catalogs_free(&mended);
      done = repair__apply(status, &plan, &trouble);
    }
  }
  if (done) {
    DWORD error = journal_done(&transaction->journal);

    if (!error && (!wanted || !repair__dlls(&transaction->places)))
      error = journal_remove(&transaction->journal);
    if (!error)
      return true;
    error_tell("ending the journal", (int)error);
  }
  if (transaction_undo(transaction))
    fprintf(stderr, "sockwarden: not repaired. Everything was put back as it was.\n");
  return false;
}

static bool repair__snapshot_path(const transaction_t *transaction, const char *name, WCHAR path[PLACE_CHARS])
{
  WCHAR wide[PLACE_CHARS];

  if (places_full(name, path) && files_exist(path))
    return true;
  if (!MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, PLACE_CHARS))
    return false;
  places_join(path, transaction->places.snapshots, wide);
  return files_exist(path);
}

/* DLLs are looked for now: whoever uninstalled a product since does not want its entries back. */
static void repair__find_dlls(catalogs_t *then)
{
  for (size_t view = 0; view < then->views; view++)
    for (size_t i = 0; i < then->view[view].count; i++) {
      WCHAR expanded[PLACE_CHARS], found[PLACE_CHARS];
      const WCHAR *path = (const WCHAR *)then->view[view].entries[i].path;
      DWORD length = ExpandEnvironmentStringsW(path, expanded, PLACE_CHARS);

      then->view[view].entries[i].dll_missing =
          !length || length > PLACE_CHARS ||
          (wcschr(expanded, L'\\') != NULL ? !files_exist(expanded)
                                           : !SearchPathW(NULL, expanded, NULL, PLACE_CHARS, found, NULL));
    }
}

static int repair__from(transaction_t *transaction, const char *name, const catalogs_t *now)
{
  WCHAR path[PLACE_CHARS];
  catalogs_t then;
  char *text = repair__snapshot_path(transaction, name, path) ? files_read(path) : NULL;

  if (text == NULL) {
    fprintf(stderr,
            "sockwarden repair: there is no snapshot '%s'. They are in ProgramData\\Sockwarden\\snapshots.\n",
            name);
    return SETUP_FAILED;
  }
  bool whole = snapshot_read(text, &then);
  free(text);
  if (!whole) {
    fprintf(stderr, "sockwarden repair: '%s' is no whole snapshot. Nothing was changed.\n", name);
    return SETUP_FAILED;
  }
  int status = SETUP_FAILED;
  repair__find_dlls(&then);
  if (!transaction_begin(transaction, JOURNAL_INSTALL, now))
    goto cleanup_then;
  if (transaction_restore_catalogs(&then) && !journal_done(&transaction->journal)) {
    printf("The catalogs are as in %s.\n", name);
    status = repair__outcome();
  } else if (transaction_undo(transaction)) {
    fprintf(stderr, "sockwarden: not restored. Everything was put back as it was.\n");
  }
cleanup_then:
  catalogs_free(&then);
  return status;
}

int setup_repair(const char *snapshot)
{
  transaction_t transaction;
  journal_state_t was;
  catalogs_t now;
  plan_t plan;
  plan_trouble_t trouble;
  plan_options_t options = transaction_plan_options();
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true) || !transaction_recover(&transaction, &was) || winsock_read(&now))
    goto cleanup_transaction;
  if (snapshot != NULL) {
    status = repair__from(&transaction, snapshot, &now);
    goto cleanup_catalogs;
  }
  bool installed = journal_state(&transaction.journal) == JOURNAL_DONE || repair__ours_there(&now);
  bool due = health_check(&now, NULL, NULL) > 0;
  if (installed && plan_install(&now, &options, &plan, &trouble) == PLAN_OK) {
    due = due || plan.count > 0;
    plan_free(&plan);
  }
  if (due && !repair__mend(&transaction, &now)) {
    fprintf(stderr, "sockwarden: not everything could be mended.\n");
    goto cleanup_catalogs;
  }
  status = repair__outcome();
  if (status == SETUP_DONE && transaction.later)
    status = SETUP_RESTART;
cleanup_catalogs:
  catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}

int setup_exclude(const char *program)
{
  transaction_t transaction;
  WCHAR path[PLACE_CHARS];
  char text[PLACE_CHARS * 3];
  uint32_t before, after;
  const char *call;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, true))
    goto cleanup_transaction;
  if (!places_full(program, path) || !files_exist(path)) {
    fprintf(
        stderr,
        "sockwarden exclude: there is no program '%s'. Winsock knows programs by their full path: give it.\n",
        program);
    goto cleanup_transaction;
  }
  places_text(path, text, sizeof text);
  printf("Excluding %s. Its category becomes SYSTEM: from its next start on it loads no layer that is not "
         "made for system "
         "processes, ours or any other vendor's (virus scanners, parental controls, VPN clients). This "
         "cannot be wholly "
         "undone: Winsock only ever adds categories to a program, and has no call that takes one away.\n",
         text);
  int error = winsock_exclude((const uint16_t *)path, LSP_SYSTEM, &before, &after, &call);
  if (error) {
    error_tell(call, error);
    fprintf(stderr, "sockwarden: not excluded.\n");
  } else {
    printf("Categories of %s: 0x%08lx before, 0x%08lx now.\n", text, (unsigned long)before,
           (unsigned long)after);
    status = SETUP_DONE;
  }
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
