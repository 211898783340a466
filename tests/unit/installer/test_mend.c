/* What mending takes out of other vendors' chains. */
#include "catalogs.h"

#include <string.h>

static void mend_takes_dangling_links_out_of_others_chains(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), sound;
  plan_t plan;
  plan_failure_t failure;
  install_vendor(&catalogs, 2001, "Vendor", true);
  sound = copy_of(&catalogs);
  catalog_model_info_t *info = &catalogs.view[0].entries[0].info;
  memmove(info->chain + 2, info->chain + 1, 5 * sizeof *info->chain);
  info->chain[1] = 4711; /* ours, taken out by some cleaning tool */
  info->chain_length = 3;
  assert_problem(&catalogs, HEALTH_DANGLING);
  assert_int_equal(plan_mend(&catalogs, &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 1);
  carry_out(&plan, plan.count, &catalogs);
  plan_free(&plan);
  assert_same(&catalogs, &sound);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&sound);
}

static void mend_leaves_what_it_cannot_make_sound(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  install_vendor(&catalogs, 2001, "Vendor", true);
  catalogs.view[0].entries[0].info.chain[1] = 4711; /* the base is what is missing */
  assert_int_equal(plan_mend(&catalogs, &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 0);
  machine_catalogs_free(&catalogs);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mend_takes_dangling_links_out_of_others_chains),
      cmocka_unit_test(mend_leaves_what_it_cannot_make_sound),
  };

  return cmocka_run_group_tests_name("installer.mend", tests, NULL, NULL);
}
