/* When the functions of a file are quarantined, and when not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "quarantine.h"

enum { FILES = 3, FUNCTIONS = 20 };

typedef struct parts {
  arena_t arena;
  quarantine_t quarantine;
} parts_t;

static int open_parts(void **state)
{
  static parts_t parts;

  parts = (parts_t){0};
  arena_init(&parts.arena, &(memory_t){0});
  *state = &parts;
  return quarantine_open(&parts.quarantine, &parts.arena, FILES, FUNCTIONS) ? 0 : -1;
}

static int close_parts(void **state)
{
  arena_clear(&((parts_t *)*state)->arena);
  return 0;
}

/* In a decision of its own. */
static bool fails(quarantine_t *quarantine, uint32_t file, uint32_t function)
{
  return quarantine_note_failure(quarantine, &(quarantine_count_t){0},
                                 &(entry_t){.file = file, .function = function});
}

static void eight_failures_in_a_row(void **state)
{
  quarantine_t *quarantine = &((parts_t *)*state)->quarantine;

  assert_false(quarantine_is_needed(quarantine));
  for (int i = 1; i <= 7; i++)
    assert_false(fails(quarantine, 1, 5));
  assert_true(quarantine_is_needed(quarantine));
  assert_false(quarantine_holds(quarantine, 1));
  assert_true(fails(quarantine, 1, 5));
  assert_true(quarantine_holds(quarantine, 1));
  assert_false(fails(quarantine, 1, 5)); /* it is, already */
  assert_false(quarantine_holds(quarantine, 0));
  assert_false(quarantine_holds(quarantine, 2));
  quarantine_lift(quarantine, 1);
  assert_false(quarantine_holds(quarantine, 1));
}

static void a_success_in_between(void **state)
{
  quarantine_t *quarantine = &((parts_t *)*state)->quarantine;

  for (int i = 0; i < 100; i++) {
    assert_false(fails(quarantine, 0, 1));
    if (i % 7 == 6)
      quarantine_note_success(quarantine, 1);
    quarantine_note_success(quarantine, 2); /* another function's counts for that one */
  }
}

static void eight_functions_in_one_decision(void **state)
{
  quarantine_t *quarantine = &((parts_t *)*state)->quarantine;
  quarantine_count_t count = {0};

  for (uint32_t i = 1; i <= 7; i++)
    assert_false(quarantine_note_failure(quarantine, &count, &(entry_t){.file = 0, .function = i}));
  /* Those of another file are counted by themselves. */
  for (uint32_t i = 8; i <= 14; i++)
    assert_false(quarantine_note_failure(quarantine, &count, &(entry_t){.file = 2, .function = i}));
  assert_true(quarantine_note_failure(quarantine, &count, &(entry_t){.file = 2, .function = 15}));
  assert_true(quarantine_holds(quarantine, 2));
  assert_false(quarantine_holds(quarantine, 0));
}

static void a_function_is_reported_once(void **state)
{
  quarantine_t *quarantine = &((parts_t *)*state)->quarantine;

  for (uint32_t i = 1; i <= FUNCTIONS; i++) {
    assert_true(quarantine_report_due(quarantine, &(entry_t){.function = i}));
    assert_false(quarantine_report_due(quarantine, &(entry_t){.function = i}));
  }
}

#define PARTS_TEST(f) cmocka_unit_test_setup_teardown(f, open_parts, close_parts)

int main(void)
{
  const struct CMUnitTest tests[] = {
      PARTS_TEST(eight_failures_in_a_row),
      PARTS_TEST(a_success_in_between),
      PARTS_TEST(eight_functions_in_one_decision),
      PARTS_TEST(a_function_is_reported_once),
  };

  return cmocka_run_group_tests_name("quarantine", tests, NULL, NULL);
}
