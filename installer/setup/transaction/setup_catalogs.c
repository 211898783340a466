#include "setup_catalogs.h"

#include <winsock2.h>
#include <windows.h>
#include <ntsecapi.h>

#include "apply.h"
#include "install_paths.h"
#include "plan_install.h"
#include "plan_restore.h"
#include "setup_print.h"
#include "winsock_catalog.h"

bool setup_catalogs_read(machine_catalogs_t *catalogs)
{
  call_failure_t failure;

  if (winsock_read(catalogs, &failure))
    return true;
  setup_print_call(&failure);
  return false;
}

static catalog_model_guid_t setup_catalogs__new_guid(void *context)
{
  /* Version 4: random, which says so in the right places. Random numbers that cannot be had would be a
   * catastrophe of Windows' own; the catalogs refuse a GUID they have. */
  catalog_model_guid_t guid = {{0}};

  (void)context;
  RtlGenRandom(guid.bytes, sizeof guid.bytes);
  guid.bytes[7] = (uint8_t)((guid.bytes[7] & 0x0f) | 0x40);
  guid.bytes[8] = (uint8_t)((guid.bytes[8] & 0x3f) | 0x80);
  return guid;
}

plan_status_t setup_catalogs_plan_install(const machine_catalogs_t *now, plan_t *plan,
                                          plan_failure_t *failure)
{
  const plan_options_t options = {INSTALL_PATHS_CATALOG_DLL, setup_catalogs__new_guid, NULL};

  return plan_install(now, &options, plan, failure);
}

static bool setup_catalogs__apply(const plan_t *plan)
{
  apply_failure_t failure;

  if (apply_plan(plan, &failure))
    return true;
  setup_print_call(&failure.call);
  if (failure.edit[0])
    setup_print_failure("the step was: %s.", failure.edit);
  return false;
}

bool setup_catalogs_change(plan_status_t (*make)(const machine_catalogs_t *now, plan_t *plan,
                                                 plan_failure_t *failure))
{
  machine_catalogs_t now;
  plan_t plan;
  plan_failure_t failure;

  if (!setup_catalogs_read(&now))
    return false;
  plan_status_t status = make(&now, &plan, &failure);
  machine_catalogs_free(&now);
  if (status) {
    setup_print_failure("%s.", failure.text);
    return false;
  }
  bool done = setup_catalogs__apply(&plan);
  plan_free(&plan);
  return done;
}

bool setup_catalogs_restore(const machine_catalogs_t *then)
{
  machine_catalogs_t now;
  plan_t plan;
  plan_failure_t failure;

  /* The second round finds nothing to do where the first one's work stays. */
  for (int round = 0; round < 2; round++) {
    if (!setup_catalogs_read(&now))
      return false;
    plan_status_t status = plan_restore(&now, then, &plan, &failure);
    machine_catalogs_free(&now);
    if (status) {
      setup_print_failure("%s.", failure.text);
      return false;
    }
    bool there = plan.count == 0;
    bool done = there || setup_catalogs__apply(&plan);
    plan_free(&plan);
    if (there || !done)
      return there;
  }
  setup_print_failure(
      "another program changes the catalogs while they are restored. Close other installers and run: "
      "sockwarden repair.");
  return false;
}
