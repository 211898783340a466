/* Moments as people write them: docs/operations.md, Decision log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "log_time.h"

static void moments_are_taken_as_records_write_them(void **state)
{
  static const char *const cases[][2] = {
      {"2026-11-22", "2026-11-22"},
      {"2026-11-22T21", "2026-11-22T21"},
      {"2026-11-22T21:00", "2026-11-22T21:00"},
      {"2026-11-22 21:00:05", "2026-11-22T21:00:05"},
      {"2026-11-22T21:00:05.123", "2026-11-22T21:00:05.123"},
  };
  char moment[LOG_TIME_CHARS];

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_true(log_time_parse(cases[i][0], moment));
    assert_string_equal(moment, cases[i][1]);
  }
}

static void how_long_ago_is_a_moment(void **state)
{
  static const char *const cases[] = {"0s", "90s", "15m", "2h", "3d"};
  char earlier[LOG_TIME_CHARS] = "9999", moment[LOG_TIME_CHARS], day[9];

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_true(log_time_parse(cases[i], moment));
    assert_int_equal(strlen(moment), strlen("2026-11-22T21:00:05"));
    assert_true(strcmp(moment, earlier) < 0);
    strcpy(earlier, moment);
  }
  log_time_day("2026-11-22T21:00:05", day);
  assert_string_equal(day, "20261122");
}

static void nothing_else_is_a_moment(void **state)
{
  static const char *const cases[] = {"",
                                      "yesterday",
                                      "2026-1-22",
                                      "2026-11-2",
                                      "15",
                                      "2026-11-22T",
                                      "2026-11-22x21:00",
                                      "2026-11-22T21:00:05.123Z0",
                                      "-1m",
                                      "1000000s",
                                      "15mm",
                                      "15w",
                                      "m",
                                      "2026/11/22"};
  char moment[LOG_TIME_CHARS];

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    if (log_time_parse(cases[i], moment))
      fail_msg("'%s' is taken as %s", cases[i], moment);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(moments_are_taken_as_records_write_them),
      cmocka_unit_test(how_long_ago_is_a_moment),
      cmocka_unit_test(nothing_else_is_a_moment),
  };

  return cmocka_run_group_tests_name("moments of the log", tests, NULL, NULL);
}
