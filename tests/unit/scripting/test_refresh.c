/* What is done about what was seen of settings and folder: every case of the decision, each on a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "refresh.h"

/* Before anything is loaded. */
static void what_to_load(void **state)
{
  static const struct {
    bool files_changed, settings_changed;
    refresh_action_t action;
  } cases[] = {
      {false, false, REFRESH_KEEP},
      {false, true, REFRESH_REBUILD},
      {true, false, REFRESH_LOAD},
      {true, true, REFRESH_LOAD},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    for (int was_off = 0; was_off <= 1; was_off++) {
      refresh_seen_t seen = {.files_changed = cases[i].files_changed,
                             .settings_changed = cases[i].settings_changed,
                             .was_off = was_off};

      assert_int_equal(refresh_decide(&seen), cases[i].action);
    }
}

/* The files had changed, and were loaded. */
static void what_to_do_with_it(void **state)
{
  static const struct {
    refresh_loaded_t loaded;
    bool was_off, settings_changed;
    refresh_action_t action;
  } cases[] = {
      {REFRESH_LOADED_GOOD, false, false, REFRESH_PUBLISH},
      {REFRESH_LOADED_GOOD, false, true, REFRESH_PUBLISH},
      {REFRESH_LOADED_GOOD, true, false, REFRESH_PUBLISH},
      {REFRESH_LOADED_GOOD, true, true, REFRESH_PUBLISH},
      {REFRESH_LOADED_BROKEN, false, false, REFRESH_KEEP},   /* the last good set stays, */
      {REFRESH_LOADED_BROKEN, false, true, REFRESH_REBUILD}, /* under the new settings */
      {REFRESH_LOADED_BROKEN, true, false, REFRESH_PUBLISH}, /* there is none: OnError decides */
      {REFRESH_LOADED_BROKEN, true, true, REFRESH_PUBLISH},
      {REFRESH_LOADED_STARVED, false, false, REFRESH_KEEP}, /* the next look tries again */
      {REFRESH_LOADED_STARVED, false, true, REFRESH_KEEP},
      {REFRESH_LOADED_STARVED, true, false, REFRESH_KEEP},
      {REFRESH_LOADED_STARVED, true, true, REFRESH_KEEP},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    refresh_seen_t seen = {.files_changed = true,
                           .settings_changed = cases[i].settings_changed,
                           .was_off = cases[i].was_off,
                           .loaded = cases[i].loaded};

    assert_int_equal(refresh_decide(&seen), cases[i].action);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_to_load),
      cmocka_unit_test(what_to_do_with_it),
  };

  return cmocka_run_group_tests_name("refresh", tests, NULL, NULL);
}
