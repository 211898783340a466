#include "layer_install.h"

#include "health.h"
#include "package.h"
#include "plan_mend.h"
#include "policy_folder.h"
#include "registry.h"
#include "setup_catalogs.h"
#include "setup_print.h"
#include "sockets.h"

static bool layer_install__event_source(transaction_t *transaction)
{
  if (registry_event_source_exists())
    return true;
  if (!transaction_note(transaction, JOURNAL_EVENT_SOURCE, "new"))
    return false;
  DWORD error = registry_write_event_source();
  if (!error && !registry_event_source_exists())
    error = ERROR_INVALID_DATA;
  return setup_succeeded("writing the Event Log source", error);
}

static bool layer_install__files_and_registry(transaction_t *transaction, const WCHAR *policies)
{
  if (!policy_folder_make(transaction, policies) ||
      !transaction_make_folder(transaction, JOURNAL_LOG_FOLDER, transaction->paths.logs, ACL_LOGS))
    return false;
  for (size_t view = 0; view < package_views(); view++)
    if (!package_place_dll(transaction, view))
      return false;
  return layer_install__event_source(transaction) && policy_folder_write_setting(transaction, policies);
}

/* Our problems, of all that there are: what was wrong with others before is not our failure. */
static void layer_install__count_ours(void *context, const health_problem_t *problem)
{
  if (problem->kind != HEALTH_DLL_MISSING && problem->kind != HEALTH_BAD_CHAIN)
    ++*(size_t *)context;
}

static bool layer_install__view_is_whole(const catalog_model_t *catalog)
{
  if (health_presence(catalog) != PRESENCE_WHOLE)
    return false;
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_model_is_ours(&catalog->entries[i]) && catalog->entries[i].dll_missing)
      return false;
  return true;
}

static bool layer_install__is_whole(void)
{
  machine_catalogs_t now;
  size_t ours = 0;

  if (!setup_catalogs_read(&now))
    return false;
  health_check(&now, layer_install__count_ours, &ours);
  bool whole = ours == 0;
  for (size_t view = 0; view < now.views; view++)
    whole = whole && layer_install__view_is_whole(&now.view[view]);
  machine_catalogs_free(&now);
  if (!whole)
    setup_print_failure(
        "the catalog does not hold what was written to it: check whether another program changes it.");
  return whole;
}

bool layer_install(transaction_t *transaction, const WCHAR *policies, bool mend)
{
  loopback_result_t before[LOOPBACKS], now[LOOPBACKS];

  if (!loopback_child_run(before)) {
    setup_print_failure("the process that verifies sockets (sockwarden verify --loopback) does not run.");
    return false;
  }
  if (!layer_install__files_and_registry(transaction, policies) ||
      (mend && !setup_catalogs_change(plan_mend)) || !setup_catalogs_change(setup_catalogs_plan_install) ||
      !layer_install__is_whole())
    return false;
  if (loopback_child_run(now) && sockets_still_work(before, now, true))
    return true;
  setup_print_failure("sockets do not work through the new chains.");
  return false;
}
