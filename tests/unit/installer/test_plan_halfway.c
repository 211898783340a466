/* Plans that were carried out in part. */
#include "catalogs.h"

/* However far an installation came, another one makes it whole, and a removal makes it gone. */
static void half_installed(machine_catalogs_t (*start)(void))
{
  machine_catalogs_t fresh = start();
  plan_t plan;
  plan_failure_t failure;

  assert_int_equal(plan_install(&fresh, options(), &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&fresh), other = copy_of(&fresh);

    carry_out(&plan, steps, &half);
    carry_out(&plan, steps, &other);
    install(&half);
    assert_installed(&half);
    uninstall(&half);
    assert_same(&half, &fresh);
    uninstall(&other);
    assert_same(&other, &fresh);
    restore(&other, &fresh);
    assert_same(&other, &fresh);
    machine_catalogs_free(&half);
    machine_catalogs_free(&other);
  }
  plan_free(&plan);
  machine_catalogs_free(&fresh);
}

static machine_catalogs_t with_ifs(void)
{
  machine_catalogs_t catalogs = fresh_windows();

  install_vendor(&catalogs, 2001, "Vendor", true);
  return catalogs;
}

static machine_catalogs_t with_non_ifs(void)
{
  machine_catalogs_t catalogs = fresh_windows();

  install_vendor(&catalogs, 2001, "Vendor", false);
  return catalogs;
}

static void half_installed_on_fresh(void **state)
{
  (void)state;
  half_installed(fresh_windows);
}

static void half_installed_over_ifs(void **state)
{
  (void)state;
  half_installed(with_ifs);
}

static void half_installed_beneath_non_ifs(void **state)
{
  (void)state;
  half_installed(with_non_ifs);
}

static void half_removed_is_removed_by_the_next(void **state)
{
  (void)state;
  machine_catalogs_t fresh = with_non_ifs(), whole = copy_of(&fresh);
  plan_t plan;
  plan_failure_t failure;
  install(&whole);
  assert_int_equal(plan_remove(&whole, &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&whole);

    carry_out(&plan, steps, &half);
    uninstall(&half);
    assert_same(&half, &fresh);
    machine_catalogs_free(&half);
  }
  plan_free(&plan);
  machine_catalogs_free(&whole);
  machine_catalogs_free(&fresh);
}

/* While others' chains still name us, we are there to be named. */
static void removal_never_leaves_a_dangling_chain_on_its_way(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = with_non_ifs();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  install_vendor(&catalogs, 2401, "Above", true);
  assert_int_equal(plan_remove(&catalogs, &plan, &failure), PLAN_OK);
  for (size_t steps = 0; steps <= plan.count; steps++) {
    machine_catalogs_t half = copy_of(&catalogs);

    carry_out(&plan, steps, &half);
    for (size_t view = 0; view < 2; view++)
      for (size_t i = 0; i < half.view[view].count; i++)
        assert_int_equal(layering_check_chain(&half.view[view], &half.view[view].entries[i].info, NULL),
                         CHAIN_SOUND);
    machine_catalogs_free(&half);
  }
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

/* Nothing a program could open is broken at any moment of an installation: chains come last, hidden entry
 * first, and a chain with the other catalog's ids in it is not first in any order. */
static void installation_never_breaks_what_programs_get(void **state)
{
  (void)state;
  machine_catalogs_t (*const starts[])(void) = {fresh_windows, with_ifs, with_non_ifs};
  for (size_t start = 0; start < 3; start++) {
    machine_catalogs_t catalogs = starts[start]();
    plan_t plan;
    plan_failure_t failure;

    assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
    for (size_t steps = 0; steps <= plan.count; steps++) {
      machine_catalogs_t half = copy_of(&catalogs);

      carry_out(&plan, steps, &half);
      for (size_t view = 0; view < 2; view++) {
        socket_kind_t kinds[SOCKET_KINDS_MAX];
        size_t count = socket_kinds_list(&half.view[view], kinds, SOCKET_KINDS_MAX);

        for (size_t i = 0; i < count; i++)
          assert_int_equal(
              layering_check_chain(&half.view[view],
                                   &socket_kind_top_entry(&half.view[view], &kinds[i], false)->info, NULL),
              CHAIN_SOUND);
      }
      machine_catalogs_free(&half);
    }
    plan_free(&plan);
    machine_catalogs_free(&catalogs);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(half_installed_on_fresh),
      cmocka_unit_test(half_installed_over_ifs),
      cmocka_unit_test(half_installed_beneath_non_ifs),
      cmocka_unit_test(half_removed_is_removed_by_the_next),
      cmocka_unit_test(removal_never_leaves_a_dangling_chain_on_its_way),
      cmocka_unit_test(installation_never_breaks_what_programs_get),
  };

  return cmocka_run_group_tests_name("installer.plan_halfway", tests, NULL, NULL);
}
