/* Installation and removal, planned on Windows' own entries and carried out on the model. */
#include "catalogs.h"

#include <stdio.h>
#include <string.h>

static void fresh_gets_a_hidden_entry_last_and_six_chains_first(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  for (size_t view = 0; view < 2; view++) {
    const catalog_model_t *catalog = &catalogs.view[view];

    assert_int_equal(catalog->count, 6 + 6 + 1);
    const catalog_model_entry_t *hidden = &catalog->entries[12];
    assert_true(catalog_model_is_ours(hidden));
    assert_int_equal(hidden->info.chain_length, CHAIN_LAYER);
    assert_int_equal(hidden->info.type, 0);
    assert_int_equal(hidden->info.protocol, 0);
    assert_int_equal(hidden->info.protocol_range, 0);
    assert_int_equal(hidden->info.provider_flags, CATALOG_HIDDEN);
    for (uint32_t i = 0; i < 6; i++) {
      const catalog_model_info_t *info = &catalog->entries[i].info;
      const catalog_model_info_t *base = &catalog->entries[6 + i].info;

      assert_true(catalog_model_is_ours(&catalog->entries[i]));
      assert_int_equal(base->id, 1001 + i + 100 * view); /* each catalog's own ids */
      assert_chain(info, 2, (uint32_t[]){hidden->info.id, base->id});
      assert_int_equal(info->family, base->family);
      assert_int_equal(info->type, base->type);
      assert_int_equal(info->protocol, base->protocol);
      assert_int_equal(info->protocol_range, base->protocol_range);
      assert_int_equal(info->service_flags[0], base->service_flags[0]);
    }
  }
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void chains_are_named_for_what_they_lie_over(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  char name[CATALOG_NAME_CHARS];
  install(&catalogs);
  catalog_text_utf8(catalogs.view[0].entries[0].info.name, CATALOG_NAME_CHARS, name, sizeof name);
  assert_string_equal(name, "Sockwarden over [MSAFD Tcpip [TCP/IP]]");
  machine_catalogs_free(&catalogs);
}

static void every_chain_has_a_guid_of_its_own_shared_by_both_catalogs(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  for (size_t i = 0; i < 13; i++) {
    const catalog_model_entry_t *entry = &catalogs.view[0].entries[i];

    if (!catalog_model_is_ours(entry))
      continue;
    assert_null(catalog_model_find_nth(&catalogs.view[0], &entry->info.guid, 1));
    assert_non_null(catalog_model_find_guid(&catalogs.view[1], &entry->info.guid));
  }
  machine_catalogs_free(&catalogs);
}

static void a_second_installation_changes_nothing(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  assert_int_equal(plan.count, 0);
  machine_catalogs_free(&catalogs);
}

static void another_dll_path_is_another_installation(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_options_t elsewhere = *options();
  plan_t plan;
  plan_failure_t failure;
  install(&catalogs);
  elsewhere.dll_path = "C:\\elsewhere\\sockwarden.dll";
  assert_int_equal(plan_install(&catalogs, &elsewhere, &plan, &failure), PLAN_OK);
  assert_true(plan.count > 0);
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

static void install_then_remove_is_the_identity(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before = copy_of(&catalogs);
  install(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void one_catalog_on_32_bit_windows(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32(), before = copy_of(&catalogs);
  plan_t plan;
  plan_failure_t failure;
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  for (size_t i = 0; i < plan.count; i++)
    assert_int_equal(plan.edits[i].views & IN_WOW, 0);
  plan_free(&plan);
  install(&catalogs);
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void only_ipv4(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = {.views = 2};
  for (size_t view = 0; view < 2; view++)
    add_base(&catalogs.view[view], 1001, FAMILY_INET, TYPE_STREAM, 6, "TCP");
  install(&catalogs);
  assert_int_equal(catalogs.view[0].count, 3);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void bluetooth_hyperv_and_unix_are_covered_where_present(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  for (size_t view = 0; view < 2; view++) {
    add_base(&catalogs.view[view], 1021, FAMILY_BLUETOOTH, TYPE_STREAM, 3, "MSAFD RfComm [Bluetooth]");
    add_base(&catalogs.view[view], 1022, FAMILY_HYPERV, TYPE_STREAM, 1, "Hyper-V RAW");
    add_base(&catalogs.view[view], 1023, FAMILY_UNIX, TYPE_STREAM, 0, "AF_UNIX");
  }
  before = copy_of(&catalogs);
  install(&catalogs);
  assert_non_null(ours_of_kind(&catalogs.view[0], FAMILY_BLUETOOTH, TYPE_STREAM));
  assert_non_null(ours_of_kind(&catalogs.view[0], FAMILY_HYPERV, TYPE_STREAM));
  assert_non_null(ours_of_kind(&catalogs.view[1], FAMILY_UNIX, TYPE_STREAM));
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void what_we_do_not_cover_is_left_alone(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  add_base(&catalogs.view[0], 1031, 17, 5, 100, "MSAFD NetBIOS");
  add_base(&catalogs.view[0], 1032, FAMILY_INET, 4, 113, "Reliable Multicast");
  install(&catalogs);
  assert_int_equal(catalogs.view[0].count, 8 + 7);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void bluetooth_in_one_catalog_only(void **state)
{
  (void)state;
  for (size_t only = 0; only < 2; only++) {
    machine_catalogs_t catalogs = fresh_windows(), before;

    add_base(&catalogs.view[only], 1021, FAMILY_BLUETOOTH, TYPE_STREAM, 3, "RfComm");
    before = copy_of(&catalogs);
    install(&catalogs);
    assert_non_null(ours_of_kind(&catalogs.view[only], FAMILY_BLUETOOTH, TYPE_STREAM));
    assert_null(ours_of_kind(&catalogs.view[1 - only], FAMILY_BLUETOOTH, TYPE_STREAM));
    assert_installed(&catalogs);
    uninstall(&catalogs);
    assert_same(&catalogs, &before);
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&before);
  }
}

static void our_chain_that_lost_its_place_comes_first_again(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install(&catalogs);
  catalog_model_entry_t base = catalogs.view[1].entries[7];
  catalog_model_remove(&catalogs.view[1], 7);
  catalog_model_insert(&catalogs.view[1], 0, &base);
  assert_problem(&catalogs, HEALTH_NOT_FIRST);
  install(&catalogs);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fresh_gets_a_hidden_entry_last_and_six_chains_first),
      cmocka_unit_test(chains_are_named_for_what_they_lie_over),
      cmocka_unit_test(every_chain_has_a_guid_of_its_own_shared_by_both_catalogs),
      cmocka_unit_test(a_second_installation_changes_nothing),
      cmocka_unit_test(another_dll_path_is_another_installation),
      cmocka_unit_test(install_then_remove_is_the_identity),
      cmocka_unit_test(one_catalog_on_32_bit_windows),
      cmocka_unit_test(only_ipv4),
      cmocka_unit_test(bluetooth_hyperv_and_unix_are_covered_where_present),
      cmocka_unit_test(what_we_do_not_cover_is_left_alone),
      cmocka_unit_test(bluetooth_in_one_catalog_only),
      cmocka_unit_test(our_chain_that_lost_its_place_comes_first_again),
  };

  return cmocka_run_group_tests_name("installer.plan", tests, NULL, NULL);
}
