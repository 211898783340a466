/* Installations that are refused, and why; and the edits of a plan in words. */
#include "catalogs.h"

#include <string.h>

static void refuses(const machine_catalogs_t *catalogs, plan_status_t expected)
{
  plan_t plan;
  plan_failure_t failure;

  assert_int_equal(plan_install(catalogs, options(), &plan, &failure), expected);
  assert_int_equal(plan.count, 0);
  assert_true(strlen(failure.text) > 20);
}

/* A chain of `length` over TCP/IPv4, all IFS or none. */
static machine_catalogs_t tall(int length, bool ifs)
{
  machine_catalogs_t catalogs = fresh_windows_32();
  catalog_model_t *catalog = &catalogs.view[0];
  uint32_t over = 1001;

  for (uint32_t level = 1; (int)level < length; level++) {
    uint32_t hidden = add_hidden(catalog, 2000 + level, ifs, "V", "C:\\v.dll");

    over = add_chain(catalog, 2100 + level, hidden, over, ifs, "C:\\v.dll");
  }
  return catalogs;
}

static void a_chain_of_six_has_room_for_us(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = tall(6, ifs), before = copy_of(&catalogs);

    install(&catalogs);
    assert_installed(&catalogs);
    uninstall(&catalogs);
    assert_same(&catalogs, &before);
    machine_catalogs_free(&catalogs);
    machine_catalogs_free(&before);
  }
}

static void a_chain_of_seven_is_full(void **state)
{
  (void)state;
  for (int ifs = 0; ifs <= 1; ifs++) {
    machine_catalogs_t catalogs = tall(7, ifs);

    refuses(&catalogs, PLAN_CHAIN_FULL);
    machine_catalogs_free(&catalogs);
  }
}

static void nothing_to_cover(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = {.views = 2};
  refuses(&catalogs, PLAN_NOTHING_TO_COVER);
  add_base(&catalogs.view[0], 1001, FAMILY_INET, TYPE_STREAM, 6, "TCP");
  refuses(&catalogs, PLAN_NOTHING_TO_COVER); /* never one catalog without the other */
  machine_catalogs_free(&catalogs);
}

static void no_layer_over_a_damaged_chain(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install_vendor(&catalogs, 2001, "Vendor", true);
  catalogs.view[1].entries[0].info.chain[1] = 4711;
  refuses(&catalogs, PLAN_DAMAGED);
  catalogs.view[1].entries[0].info.chain_length = 9;
  refuses(&catalogs, PLAN_DAMAGED);
  machine_catalogs_free(&catalogs);
}

/* An order could not name both. */
static void an_id_twice_is_refused(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  install_vendor(&catalogs, 2001, "Vendor", false);
  for (int i = 0; i < 9; i++)
    assert_true(catalog_model_append(&catalogs.view[0], &catalogs.view[0].entries[0]));
  refuses(&catalogs, PLAN_IMPOSSIBLE);
  machine_catalogs_free(&catalogs);
}

static void an_edit_in_words(void **state)
{
  (void)state;
  machine_catalogs_t catalogs = fresh_windows();
  plan_t plan;
  plan_failure_t failure;
  char text[512];
  assert_int_equal(plan_install(&catalogs, options(), &plan, &failure), PLAN_OK);
  plan_edit_text(&plan, &catalogs, &plan.edits[0], text, sizeof text);
  assert_string_equal(text, "both catalogs: add hidden entry \"Sockwarden\"");
  plan_edit_text(&plan, &catalogs, &plan.edits[3], text, sizeof text);
  assert_string_equal(
      text, "both catalogs: add \"Sockwarden over [MSAFD Tcpip [TCP/IP]]\", chain Sockwarden > MSAFD "
            "Tcpip [TCP/IP]");
  plan_free(&plan);
  machine_catalogs_free(&catalogs);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_chain_of_six_has_room_for_us),
      cmocka_unit_test(a_chain_of_seven_is_full),
      cmocka_unit_test(nothing_to_cover),
      cmocka_unit_test(no_layer_over_a_damaged_chain),
      cmocka_unit_test(an_id_twice_is_refused),
      cmocka_unit_test(an_edit_in_words),
  };

  return cmocka_run_group_tests_name("installer.plan_failure", tests, NULL, NULL);
}
