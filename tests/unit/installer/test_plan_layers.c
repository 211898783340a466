/* Installation and removal beside other vendors' layers. */
#include "catalogs.h"

#include <string.h>

static void over_another_vendors_ifs_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Vendor", true);
  before = copy_of(&catalogs);
  uint32_t vendor =
      socket_kind_top_entry(&catalogs.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, true)->info.id;
  install(&catalogs);
  const catalog_model_entry_t *tcp = &catalogs.view[0].entries[0];
  assert_chain(&tcp->info, 3, (uint32_t[]){our_hidden(&catalogs.view[0])->info.id, vendor, 1001});
  assert_int_equal(catalogs.view[0].count, 13 + 7); /* over what is on top only, not over the bases as well */
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void beneath_another_vendors_non_ifs_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Vendor", false);
  before = copy_of(&catalogs);
  install(&catalogs);
  for (size_t view = 0; view < 2; view++) {
    const catalog_model_t *catalog = &catalogs.view[view];
    const catalog_model_entry_t *top =
        socket_kind_top_entry(catalog, &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
    const catalog_model_entry_t *ours = ours_of_kind(catalog, FAMILY_INET, TYPE_STREAM);
    uint32_t base = 1001 + (uint32_t)view * 100;

    assert_false(catalog_model_is_ours(top)); /* the vendor is not cut out */
    assert_chain(&top->info, 3, (uint32_t[]){top->info.chain[0], ours->info.id, base});
    assert_chain(&ours->info, 2, (uint32_t[]){our_hidden(catalog)->info.id, base});
    assert_true(ours->info.service_flags[0] & CATALOG_IFS_HANDLES);
    assert_false(top->info.service_flags[0] & CATALOG_IFS_HANDLES);
  }
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void between_a_non_ifs_layer_and_an_ifs_layer(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Lower", true);
  install_vendor(&catalogs, 2201, "Upper", false);
  before = copy_of(&catalogs);
  socket_kind_t tcp = {FAMILY_INET, TYPE_STREAM, 6};
  uint32_t lower = socket_kind_top_entry(&catalogs.view[0], &tcp, true)->info.chain[1];
  install(&catalogs);
  const catalog_model_entry_t *ours = ours_of_kind(&catalogs.view[0], FAMILY_INET, TYPE_STREAM);
  const catalog_model_entry_t *top = socket_kind_top_entry(&catalogs.view[0], &tcp, false);
  assert_chain(&top->info, 4, (uint32_t[]){top->info.chain[0], ours->info.id, lower, 1001});
  assert_chain(&ours->info, 3, (uint32_t[]){our_hidden(&catalogs.view[0])->info.id, lower, 1001});
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void over_an_ifs_layer_that_lies_over_a_non_ifs_one_we_go_beneath_both(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows(), before;
  install_vendor(&catalogs, 2001, "Lower", false);
  install_vendor(&catalogs, 2201, "Upper", true);
  for (size_t i = 0; i < catalogs.view[0].count; i++) /* it could not claim them over a non-IFS layer */
    if (catalogs.view[0].entries[i].info.chain_length == 3)
      catalogs.view[0].entries[i].info.service_flags[0] &= ~CATALOG_IFS_HANDLES;
  for (size_t i = 0; i < catalogs.view[1].count; i++)
    if (catalogs.view[1].entries[i].info.chain_length == 3)
      catalogs.view[1].entries[i].info.service_flags[0] &= ~CATALOG_IFS_HANDLES;
  before = copy_of(&catalogs);
  install(&catalogs);
  const catalog_model_entry_t *ours = ours_of_kind(&catalogs.view[0], FAMILY_INET, TYPE_STREAM);
  const catalog_model_entry_t *top =
      socket_kind_top_entry(&catalogs.view[0], &(socket_kind_t){FAMILY_INET, TYPE_STREAM, 6}, false);
  assert_int_equal(top->info.chain_length, 4);
  assert_int_equal(top->info.chain[2], ours->info.id);
  assert_int_equal(top->info.chain[3], 1001);
  assert_installed(&catalogs);
  uninstall(&catalogs);
  assert_same(&catalogs, &before);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&before);
}

static void layer_installed_over_ours_survives_our_removal(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = fresh_windows(), alone = fresh_windows();

    install_vendor(&alone, 2001, "Vendor", ifs);
    install(&catalogs);
    install_vendor(&catalogs, 2001, "Vendor", ifs);
    assert_installed(&catalogs); /* above us, through us */
    uninstall(&catalogs);
    assert_healthy(&catalogs);
    for (size_t view = 0; view < 2; view++) {
      assert_int_equal(catalogs.view[view].count, alone.view[view].count);
      const catalog_model_entry_t *top =
          socket_kind_top_entry(&catalogs.view[view], &(socket_kind_t){FAMILY_INET6, TYPE_RAW, 0}, false);
      assert_int_equal(top->info.chain_length, 2);
      assert_int_equal(top->info.chain[1], 1006 + 100 * view);
    }
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&alone);
  }
}

static void chain_that_names_ours_last_gets_what_was_below(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32();
  install(&catalogs);
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t ours = ours_of_kind(catalog, FAMILY_INET, TYPE_STREAM)->info.id;
  uint32_t hidden = add_hidden(catalog, 2001, true, "V", "C:\\v.dll");
  uint32_t chain = add_chain(catalog, 2002, hidden, ours, true, "C:\\v.dll");
  catalog_model_find_id(catalog, chain)->info.chain_length = 2; /* hidden, ours: nothing after */
  uninstall(&catalogs);
  assert_chain(&catalog_model_find_id(catalog, chain)->info, 2, (uint32_t[]){hidden, 1001});
  assert_healthy(&catalogs);
  machine_catalogs_free(&catalogs);
}

static void chain_that_names_our_hidden_entry_loses_the_link(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows_32();
  install(&catalogs);
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t hidden = add_hidden(catalog, 2001, true, "V", "C:\\v.dll");
  uint32_t chain = add_chain(catalog, 2002, hidden, 1001, true, "C:\\v.dll");
  catalog_model_info_t *info = &catalog_model_find_id(catalog, chain)->info;
  info->chain[1] = our_hidden(catalog)->info.id;
  info->chain[2] = 1001;
  info->chain_length = 3;
  uninstall(&catalogs);
  assert_chain(&catalog_model_find_id(catalog, chain)->info, 2, (uint32_t[]){hidden, 1001});
  machine_catalogs_free(&catalogs);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(over_another_vendors_ifs_chain),
      cmocka_unit_test(beneath_another_vendors_non_ifs_chain),
      cmocka_unit_test(between_a_non_ifs_layer_and_an_ifs_layer),
      cmocka_unit_test(over_an_ifs_layer_that_lies_over_a_non_ifs_one_we_go_beneath_both),
      cmocka_unit_test(layer_installed_over_ours_survives_our_removal),
      cmocka_unit_test(chain_that_names_ours_last_gets_what_was_below),
      cmocka_unit_test(chain_that_names_our_hidden_entry_loses_the_link),
  };

  return cmocka_run_group_tests_name("installer.plan_layers", tests, NULL, NULL);
}
