/* Going back to a snapshot, whatever happened since. */
#include "catalogs.h"

static void from_installed_to_fresh(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows(), now = copy_of(&then);
  install(&now);
  restore(&now, &then);
  assert_same(&now, &then);
  machine_catalogs_free(&then);
  machine_catalogs_free(&now);
}

static void others_chains_come_back_as_they_were(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows(), now;
  install_vendor(&then, 2001, "Vendor", false);
  now = copy_of(&then);
  install(&now);
  restore(&now, &then);
  assert_same(&now, &then);
  machine_catalogs_free(&then);
  machine_catalogs_free(&now);
}

/* However far a removal came, the layer is whole again, under new ids. */
static void from_half_removed_to_installed(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t then = fresh_windows();
    plan_t plan;
    plan_failure_t failure;

    install_vendor(&then, 2001, "Vendor", ifs);
    install(&then);
    assert_int_equal(plan_remove(&then, &plan, &failure), PLAN_OK);
    for (size_t steps = 0; steps <= plan.count; steps++) {
      machine_catalogs_t now = copy_of(&then);

      carry_out(&plan, steps, &now);
      restore(&now, &then);
      assert_installed(&now);
      for (size_t view = 0; view < 2; view++) {
        assert_int_equal(now.view[view].count, then.view[view].count);
        for (size_t i = 0; i < now.view[view].count; i++) /* the same entries in the same order */
          assert_true(catalog_model_guid_equal(&now.view[view].entries[i].info.guid,
                                               &then.view[view].entries[i].info.guid));
      }
      machine_catalogs_free(&now);
    }
    plan_free(&plan);
    machine_catalogs_free(&then);
  }
}

static void newer_layers_of_others_stay(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows(), now = copy_of(&then);
  install(&now);
  install_vendor(&now, 2001, "Newer", true);
  restore(&now, &then);
  assert_healthy(&now);
  assert_int_equal(now.view[0].count, 6 + 7);
  const catalog_model_entry_t *top =
      socket_kind_top_entry(&now.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
  assert_int_equal(top->info.chain_length, 2);
  assert_int_equal(top->info.chain[1], 1001);
  machine_catalogs_free(&then);
  machine_catalogs_free(&now);
}

static void entries_of_others_come_back_where_their_dll_is_there(void **state)
{
  (void)state;
  for (int missing = 0; missing <= 1; missing++) {
    machine_catalogs_t then = fresh_windows(), now = copy_of(&then);

    install_vendor(&then, 2001, "Vendor", true);
    for (size_t view = 0; view < 2; view++)
      for (size_t i = 0; i < then.view[view].count; i++)
        then.view[view].entries[i].dll_missing = missing && then.view[view].entries[i].info.id >= 2000;
    restore(&now, &then);
    assert_healthy(&now);
    assert_int_equal(now.view[0].count, missing ? 6 : 13);
    const catalog_model_entry_t *top =
        socket_kind_top_entry(&now.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
    assert_int_equal(top->info.chain_length, missing ? 1 : 2);
    machine_catalogs_free(&then);
    machine_catalogs_free(&now);
  }
}

static void order_comes_back(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows(), now = copy_of(&then);
  catalog_model_entry_t first = now.view[1].entries[0];
  catalog_model_remove(&now.view[1], 0);
  catalog_model_append(&now.view[1], &first);
  restore(&now, &then);
  assert_same(&now, &then);
  machine_catalogs_free(&then);
  machine_catalogs_free(&now);
}

static void nothing_to_do_is_no_edit(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  install_vendor(&then, 2001, "Vendor", false);
  assert_int_equal(plan_restore(&then, &then, &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 0);
  machine_catalogs_free(&then);
}

static void snapshot_of_another_kind_of_machine(void **state)
{
  (void)state;
  machine_catalogs_t then = fresh_windows_32(), now = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  assert_int_equal(plan_restore(&now, &then, &plan, &failure), PLAN_IMPOSSIBLE);
  machine_catalogs_free(&then);
  machine_catalogs_free(&now);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(from_installed_to_fresh),
      cmocka_unit_test(others_chains_come_back_as_they_were),
      cmocka_unit_test(from_half_removed_to_installed),
      cmocka_unit_test(newer_layers_of_others_stay),
      cmocka_unit_test(entries_of_others_come_back_where_their_dll_is_there),
      cmocka_unit_test(order_comes_back),
      cmocka_unit_test(nothing_to_do_is_no_edit),
      cmocka_unit_test(snapshot_of_another_kind_of_machine),
  };

  return cmocka_run_group_tests_name("installer.restore", tests, NULL, NULL);
}
