/* Each kind of damage is seen for what it is, and a sane catalog is not accused. */
#include "catalogs.h"

#include <string.h>

static machine_catalogs_t installed(void)
{
  machine_catalogs_t catalogs = fresh_windows();

  install(&catalogs);
  return catalogs;
}

static void sane_catalogs_are_healthy(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  assert_healthy(&catalogs);
  install_vendor(&catalogs, 2001, "Vendor", true);
  assert_healthy(&catalogs);
  install(&catalogs);
  assert_healthy(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void dangling_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = installed();
  catalogs.view[1].entries[2].info.chain[1] = 4711;
  assert_problem(&catalogs, HEALTH_DANGLING);
  machine_catalogs_free(&catalogs);
}

static void chain_of_impossible_length(void **state)
{
  (void)state;
  static const int lengths[] = {-1, 8, 1000};
  for (size_t i = 0; i < 3; i++) {
    machine_catalogs_t catalogs = fresh_windows();

    catalogs.view[0].entries[0].info.chain_length = lengths[i];
    assert_problem(&catalogs, HEALTH_BAD_CHAIN);
    machine_catalogs_free(&catalogs);
  }
}

static void chain_without_a_base(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install_vendor(&catalogs, 2001, "Vendor", true);
  catalogs.view[0].entries[0].info.chain[1] = catalogs.view[0].entries[0].info.chain[0];
  assert_problem(&catalogs, HEALTH_BAD_CHAIN);
  machine_catalogs_free(&catalogs);
}

static void missing_dll(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  catalogs.view[1].entries[3].dll_missing = true;
  assert_problem(&catalogs, HEALTH_DLL_MISSING);
  machine_catalogs_free(&catalogs);
}

static void ours_not_first(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = installed();
  catalog_model_entry_t chain = catalogs.view[0].entries[0];
  catalog_model_remove(&catalogs.view[0], 0);
  catalog_model_append(&catalogs.view[0], &chain);
  assert_problem(&catalogs, HEALTH_NOT_FIRST);
  machine_catalogs_free(&catalogs);
}

static void a_layer_beside_us_is_not_through_us(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = installed();
  uint32_t hidden = add_hidden(&catalogs.view[0], 2001, true, "V", "C:\\v.dll");
  add_chain(&catalogs.view[0], 2002, hidden, 1001, true, "C:\\v.dll"); /* over the base: we are cut out */
  assert_problem(&catalogs, HEALTH_NOT_FIRST);
  machine_catalogs_free(&catalogs);
}

static void over_a_non_ifs_layer(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32();
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t lower = add_hidden(catalog, 2001, false, "V", "C:\\v.dll");
  uint32_t chain = add_chain(catalog, 2002, lower, 1001, false, "C:\\v.dll");
  uint32_t ours = add_hidden(catalog, 2003, true, "Sockwarden", OUR_DLL);
  add_chain(catalog, 2004, ours, chain, true, OUR_DLL);
  assert_problem(&catalogs, HEALTH_ABOVE_NON_IFS);
  machine_catalogs_free(&catalogs);
}

static void a_new_family_is_not_covered(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = installed();
  add_base(&catalogs.view[0], 1021, FAMILY_BLUETOOTH, TYPE_STREAM, 3, "RfComm");
  assert_problem(&catalogs, HEALTH_NOT_COVERED);
  install(&catalogs);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void one_catalog_only(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = installed(), fresh = fresh_windows();
  catalog_model_free(&catalogs.view[VIEW_WOW]);
  catalogs.view[VIEW_WOW] = fresh.view[VIEW_WOW];
  assert_problem(&catalogs, HEALTH_ONE_CATALOG);
  install(&catalogs);
  assert_installed(&catalogs);
  catalog_model_free(&fresh.view[VIEW_NATIVE]);
  machine_catalogs_free(&catalogs);
}

static void duplicates(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  catalog_model_append(&catalogs.view[0], &catalogs.view[0].entries[0]);
  assert_problem(&catalogs, HEALTH_DUPLICATE);
  machine_catalogs_free(&catalogs);

  catalogs = installed();
  add_hidden(&catalogs.view[0], 2001, true, "Sockwarden", OUR_DLL);
  assert_problem(&catalogs, HEALTH_DUPLICATE);
  install(&catalogs);
  assert_installed(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void remains_of_ours(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  add_hidden(&catalogs.view[0], 2001, true, "Sockwarden", "D:\\old\\SockWarden.DLL");
  add_hidden(&catalogs.view[1], 2002, true, "Sockwarden", "sockwarden.dll");
  assert_problem(&catalogs, HEALTH_INCOMPLETE);
  assert_int_equal(health_presence(&catalogs.view[0]), PRESENCE_PARTLY);
  machine_catalogs_free(&catalogs);
}

static void only_our_own_file_name_is_ours(void **state)
{
  (void)state;
  static const struct {
    const char *path;
    bool ours;
  } cases[] = {
      {"%SystemRoot%\\system32\\sockwarden.dll", true},
      {"C:/x/SOCKWARDEN.DLL", true},
      {"sockwarden.dll", true},
      {"C:\\x\\sockwarden.dll.bak", false},
      {"C:\\x\\notsockwarden.dll", false},
      {"C:\\sockwarden.dll\\other.dll", false},
      {"", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    catalog_model_entry_t entry = {.dll_missing = false};

    catalog_text_set(entry.path, CATALOG_PATH_CHARS, cases[i].path);
    assert_int_equal(catalog_model_is_ours(&entry), cases[i].ours);
  }
}

static void every_kind_has_a_name_and_advice(void **state)
{
  (void)state;
  for (int kind = 0; kind < HEALTH_KINDS; kind++) {
    assert_true(strlen(health_kind_name((health_kind_t)kind)) > 3);
    assert_true(strlen(health_advice((health_kind_t)kind)) > 10);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sane_catalogs_are_healthy),
      cmocka_unit_test(dangling_chain),
      cmocka_unit_test(chain_of_impossible_length),
      cmocka_unit_test(chain_without_a_base),
      cmocka_unit_test(missing_dll),
      cmocka_unit_test(ours_not_first),
      cmocka_unit_test(a_layer_beside_us_is_not_through_us),
      cmocka_unit_test(over_a_non_ifs_layer),
      cmocka_unit_test(a_new_family_is_not_covered),
      cmocka_unit_test(one_catalog_only),
      cmocka_unit_test(duplicates),
      cmocka_unit_test(remains_of_ours),
      cmocka_unit_test(only_our_own_file_name_is_ours),
      cmocka_unit_test(every_kind_has_a_name_and_advice),
  };

  return cmocka_run_group_tests_name("installer.health", tests, NULL, NULL);
}
