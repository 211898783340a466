#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "error_names.h"
#include "files.h"
#include "health.h"
#include "loopback.h"
#include "platform_check.h"
#include "registry.h"
#include "trust_path.h"
#include "setup.h"
#include "transaction.h"
#include "winsock_catalog.h"

static size_t setup_install__views(void)
{
  return machine_has_two_catalogs() ? VIEWS : 1;
}

/* Whether the package is whole: both DLLs, each for its processor. In the place where they go counts as well,
 * so that an MSI may put them there. */
static bool install__sources(places_t *places)
{
  static const uint16_t machines[VIEWS] = {IMAGE_FILE_MACHINE_AMD64, IMAGE_FILE_MACHINE_I386};

  for (size_t view = 0; view < setup_install__views(); view++) {
    uint16_t wanted = setup_install__views() == 1 ? IMAGE_FILE_MACHINE_I386 : machines[view];
    char text[PLACE_CHARS * 3];

    if (!files_exist(places->source[view]) && files_machine(places->dll[view]) == wanted)
      wcscpy(places->source[view], places->dll[view]);
    places_text(places->source[view], text, sizeof text);
    if (!files_exist(places->source[view])) {
      fprintf(stderr,
              "sockwarden: %s is missing. Unpack the whole package in one folder: both the 64-bit and the "
              "32-bit DLL "
              "are needed, or half of the programs would be under no policy. Nothing was changed.\n",
              text);
      return false;
    }
    if (files_machine(places->source[view]) != wanted) {
      fprintf(stderr, "sockwarden: %s is not the %s DLL. Unpack the package again. Nothing was changed.\n",
              text, wanted == IMAGE_FILE_MACHINE_I386 ? "32-bit" : "64-bit");
      return false;
    }
  }
  return true;
}

static bool install__dll_due(const places_t *places, size_t view)
{
  return wcscmp(places->source[view], places->dll[view]) != 0 &&
         !files_equal(places->source[view], places->dll[view]);
}

/* The policy folder to be: what the command line says, what is set, ours. */
static bool install__policies(const places_t *places, const char *argument, WCHAR policies[PLACE_CHARS])
{
  if (argument != NULL) {
    if (places_full(argument, policies))
      return true;
    fprintf(stderr, "sockwarden: --policies: '%s' is no folder's name\n", argument);
    return false;
  }
  if (!marks_policy_dir(policies, PLACE_CHARS))
    wcscpy(policies, places->policies);
  return true;
}

static bool install__setting_due(const places_t *places, const WCHAR *policies)
{
  WCHAR set[PLACE_CHARS];

  if (marks_policy_dir(set, PLACE_CHARS))
    return wcscmp(set, policies) != 0;
  return wcscmp(places->policies, policies) != 0;
}

static bool install__place_dll(transaction_t *transaction, size_t view)
{
  const places_t *places = &transaction->places;
  WCHAR backup[PLACE_CHARS];
  char word[8];
  bool replaces = files_exist(places->dll[view]);

  if (!install__dll_due(places, view))
    return true;
  snprintf(word, sizeof word, "dll%d", (int)view);
  places_join(backup, places->snapshots, view ? L"dll1.before" : L"dll0.before");
  if (replaces && !CopyFileW(places->dll[view], backup, FALSE)) {
    error_tell("keeping the DLL that is there", (int)GetLastError());
    return false;
  }
  if (!transaction_note(transaction, word, replaces ? "replaced" : "new"))
    return false;
  DWORD error = files_place_dll(places->source[view], places->dll[view], &transaction->later);
  if (!error && !files_equal(places->source[view], places->dll[view]))
    error = ERROR_INVALID_DATA;
  if (error)
    error_tell("copying sockwarden.dll", (int)error);
  return !error;
}

static bool install__marks(transaction_t *transaction, const WCHAR *policies)
{
  if (!marks_event_source_exists()) {
    if (!transaction_note(transaction, "event-source", "new"))
      return false;
    DWORD error = marks_write_event_source();
    if (!error && !marks_event_source_exists())
      error = ERROR_INVALID_DATA;
    if (error) {
      error_tell("writing the Event Log source", (int)error);
      return false;
    }
  }
  if (install__setting_due(&transaction->places, policies)) {
    WCHAR was[PLACE_CHARS];
    char text[PLACE_CHARS * 3] = "none";

    if (marks_policy_dir(was, PLACE_CHARS))
      places_text(was, text, sizeof text);
    if (!transaction_note(transaction, "policy-dir", text))
      return false;
    DWORD error = marks_set_policy_dir(policies);
    if (!error && install__setting_due(&transaction->places, policies))
      error = ERROR_INVALID_DATA;
    if (error) {
      error_tell("writing the setting PolicyDir", (int)error);
      return false;
    }
  }
  return true;
}

/* An administrator's own folder keeps its own access list; ours gets ours. */
static bool install__policy_folder(transaction_t *transaction, const WCHAR *policies)
{
  trust_report_t trust;
  char text[PLACE_CHARS * 3];

  if (wcscmp(policies, transaction->places.policies) == 0 || !files_exist(policies))
    return transaction_folder(transaction, "folder-policies", policies, PROTECT_POLICIES);
  if (trust_path_judge_folder(places_text(policies, text, sizeof text), &trust) == TRUST_WRITABLE)
    fprintf(stderr,
            "sockwarden: warning: policies in %s will not be loaded: %s. Its access list was left as it is; "
            "to fix it, %s\n",
            text, trust.what, trust.advice);
  return true;
}

/* Ours, of all that is wrong: what was wrong with others before is not our failure. */
static void install__count_ours(void *context, const health_problem_t *problem)
{
  if (problem->kind != HEALTH_DLL_MISSING && problem->kind != HEALTH_BAD_CHAIN)
    ++*(size_t *)context;
}

static bool install__healthy(void)
{
  catalogs_t now;
  size_t ours = 0;

  if (winsock_read(&now))
    return false;
  health_check(&now, install__count_ours, &ours);
  bool whole = ours == 0;
  for (size_t view = 0; view < now.views; view++) {
    whole = whole && health_presence(&now.view[view]) == PRESENCE_WHOLE;
    for (size_t i = 0; i < now.view[view].count; i++)
      whole =
          whole && !(catalog_is_ours(&now.view[view].entries[i]) && now.view[view].entries[i].dll_missing);
  }
  catalogs_free(&now);
  if (!whole)
    fprintf(stderr, "sockwarden: the catalog does not hold what was put into it\n");
  return whole;
}

static bool install__apply(plan_status_t (*make)(const catalogs_t *, plan_t *, plan_trouble_t *))
{
  plan_options_t options = transaction_plan_options();
  catalogs_t now;
  plan_t plan;
  plan_trouble_t trouble;

  if (winsock_read(&now))
    return false;
  plan_status_t status =
      make != NULL ? make(&now, &plan, &trouble) : plan_install(&now, &options, &plan, &trouble);
  catalogs_free(&now);
  if (status) {
    transaction_tell_plan(status, &trouble);
    return false;
  }
  bool done = apply_plan(&plan, NULL);
  plan_free(&plan);
  return done;
}

bool setup_make_whole(transaction_t *transaction, const WCHAR *policies, bool mend)
{
  const places_t *places = &transaction->places;
  loopback_result_t before[LOOPBACKS], now[LOOPBACKS];

  if (!loopback_in_child(before)) {
    fprintf(stderr, "sockwarden: the program that is to verify sockets does not run\n");
    return false;
  }
  if (!install__policy_folder(transaction, policies) ||
      !transaction_folder(transaction, "folder-logs", places->logs, PROTECT_LOGS))
    return false;
  for (size_t view = 0; view < setup_install__views(); view++)
    if (!install__place_dll(transaction, view))
      return false;
  if (!install__marks(transaction, policies))
    return false;
  if ((mend && !install__apply(plan_mend)) || !install__apply(NULL))
    return false;
  if (!install__healthy())
    return false;
  if (!loopback_in_child(now) || !loopback_still_works(before, now, true)) {
    fprintf(stderr, "sockwarden: sockets do not work through the new chains\n");
    return false;
  }
  return true;
}

static void install__print_left_out(void *context, const WCHAR *path, const WCHAR *arguments)
{
  (void)context;
  printf("    %ls%s%ls\n", path, arguments[0] ? " " : "", arguments);
}

void setup_tell_left_out(void)
{
  printf("Category: FIREWALL|INSPECTOR. Processes that are categorised otherwise do not load the layer: with "
         "Windows' own "
         "settings services.exe, lsass.exe, winlogon.exe and many svchost.exe (they ask for SYSTEM). On this "
         "machine:\n");
  if (!marks_left_out(WINSOCK_OUR_CATEGORY, install__print_left_out, NULL))
    printf("    (none is categorised)\n");
}

/* Prints the plan; nothing else. */
static void install__dry_run(const places_t *places, const WCHAR *policies, const catalogs_t *now,
                             const plan_t *plan)
{
  char text[PLACE_CHARS * 3], other[PLACE_CHARS * 3];

  printf("Would do (nothing is changed):\n");
  printf("  save a snapshot of the catalogs in %s\n", places_text(places->snapshots, text, sizeof text));
  if (!files_exist(policies))
    printf("  make the folder %s, written to by administrators only, read by every process\n",
           places_text(policies, text, sizeof text));
  if (!files_exist(places->logs))
    printf("  make the folder %s, appended to by every process\n",
           places_text(places->logs, text, sizeof text));
  for (size_t view = 0; view < setup_install__views(); view++)
    if (install__dll_due(places, view))
      printf("  copy %s to %s\n", places_text(places->source[view], text, sizeof text),
             places_text(places->dll[view], other, sizeof other));
  if (!marks_event_source_exists())
    printf("  register the Event Log source Sockwarden\n");
  if (install__setting_due(places, policies))
    printf("  set PolicyDir to %s\n", places_text(policies, text, sizeof text));
  for (size_t i = 0; i < plan->count; i++) {
    char line[1024];

    plan_edit_text(plan, now, &plan->edits[i], line, sizeof line);
    printf("  %s\n", line);
  }
  printf("  verify TCP and UDP over IPv4 and IPv6 on loopback from a fresh process\n");
}

static bool install__nothing_due(const places_t *places, const WCHAR *policies, const plan_t *plan)
{
  for (size_t view = 0; view < setup_install__views(); view++)
    if (install__dll_due(places, view))
      return false;
  return plan->count == 0 && files_exist(policies) && files_exist(places->logs) &&
         marks_event_source_exists() && !install__setting_due(places, policies);
}

/* The transaction itself, from catalogs that were just read. */
static int install__run(transaction_t *transaction, const WCHAR *policies, const catalogs_t *now)
{
  char text[PLACE_CHARS * 3];
  WCHAR backup[PLACE_CHARS];

  if (!transaction_begin(transaction, JOURNAL_INSTALL, now))
    return SETUP_FAILED;
  bool done = setup_make_whole(transaction, policies, false);
  DWORD error = done ? journal_done(&transaction->journal) : 0;
  if (error)
    error_tell("ending the journal", (int)error);
  if (!done || error) {
    if (transaction_undo(transaction))
      fprintf(stderr, "sockwarden: not installed. Everything was put back as it was.\n");
    else
      fprintf(
          stderr,
          "sockwarden: NOT INSTALLED, AND NOT EVERYTHING COULD BE PUT BACK. Run: sockwarden repair. Where "
          "networking does not work and that does not help: netsh winsock reset, then restart.\n");
    return SETUP_FAILED;
  }
  places_join(backup, transaction->places.snapshots, L"dll0.before");
  DeleteFileW(backup);
  places_join(backup, transaction->places.snapshots, L"dll1.before");
  DeleteFileW(backup);
  printf("Installed. Policies: %s\n", places_text(policies, text, sizeof text));
  setup_tell_left_out();
  printf("Programs that run now are not touched until their next start.\n");
  if (transaction->later)
    printf("An older DLL is still in use; it goes at the next start of Windows.\n");
  return transaction->later ? SETUP_RESTART : SETUP_DONE;
}

int setup_install(const char *argument, bool dry_run)
{
  transaction_t transaction;
  WCHAR policies[PLACE_CHARS];
  plan_options_t options = transaction_plan_options();
  plan_trouble_t trouble;
  journal_state_t was;
  catalogs_t now;
  plan_t plan;
  int status = SETUP_FAILED;

  if (!transaction_open(&transaction, !dry_run))
    goto cleanup_transaction;
  if (!install__sources(&transaction.places) || (!dry_run && !transaction_recover(&transaction, &was)) ||
      !install__policies(&transaction.places, argument, policies) || winsock_read(&now))
    goto cleanup_transaction;
  plan_status_t planned = plan_install(&now, &options, &plan, &trouble);
  if (planned) {
    transaction_tell_plan(planned, &trouble);
    fprintf(stderr, "sockwarden: not installed. Nothing was changed.\n");
    goto cleanup_catalogs;
  }
  if (install__nothing_due(&transaction.places, policies, &plan) &&
      (dry_run || journal_state(&transaction.journal) == JOURNAL_DONE)) {
    printf("Installed already: nothing to do.\n");
    status = SETUP_DONE;
  } else if (dry_run) {
    install__dry_run(&transaction.places, policies, &now, &plan);
    status = SETUP_DONE;
  } else {
    status = install__run(&transaction, policies, &now);
  }
  plan_free(&plan);
cleanup_catalogs:
  catalogs_free(&now);
cleanup_transaction:
  transaction_close(&transaction);
  return status;
}
