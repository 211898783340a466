/* Words that stand for numbers (SOCK_RAW) are compiled as the numbers (policy_state.c). A file that gives one
 * another meaning has that meaning, however it does so, and no other file has. */
#include "fixture.h"

static void mean_what_a_file_makes_of_them(void **state)
{
  fixture_t *fixture = *state;
  static const char *const sources[] = {
      "SOCK_RAW = 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "on_socket(function() return reject(10000 + SOCK_RAW) end) SOCK_RAW = 93",
      "SOCK_RAW, other = 93, 1 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "other, SOCK_RAW = 1, 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "on_socket(function() SOCK_RAW = 93 return reject(10000 + SOCK_RAW) end)",
      "local function set() SOCK_RAW = 93 end set() on_socket(function() return reject(10000 + SOCK_RAW) "
      "end)",
      "function SOCK_RAW() return 93 end on_socket(function() return reject(10000 + SOCK_RAW()) end)",
      "local SOCK_RAW = 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "local SOCK_RAW <const> = 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "local function decide(SOCK_RAW) return reject(10000 + SOCK_RAW) end on_socket(function() return "
      "decide(93) end)",
      "on_socket(function() for SOCK_RAW = 93, 93 do return reject(10000 + SOCK_RAW) end end)",
      "_ENV.SOCK_RAW = 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "_ENV['SOCK_' .. 'RAW'] = 93 on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "local reject = reject local _ENV = { SOCK_RAW = 93, on_socket = on_socket }\n"
      "on_socket(function() return reject(10000 + SOCK_RAW) end)",
      "local reject = reject local function make(_ENV) return function() return reject(10000 + SOCK_RAW) end "
      "end\n"
      "on_socket(make { SOCK_RAW = 93 })",
      "SOCK_RAW = { 93 } on_socket(function() return reject(10000 + SOCK_RAW[1]) end)",
      "SOCK_RAW = { field = 93 } on_socket(function() return reject(10000 + SOCK_RAW.field) end)",
      "t = { SOCK_RAW = 93 } on_socket(function() return reject(10000 + t.SOCK_RAW) end)",
      "goto SOCK_RAW ::SOCK_RAW:: SOCK_RAW = SOCK_RAW * 31 on_socket(function() return reject(10000 + "
      "SOCK_RAW) end)",
  };

  for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
    fixture_policy(fixture, sources[i]);
    assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10093");
    fixture_drop_engine(fixture);
  }
}

static void mean_in_one_file_what_another_does_not_change(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "10-first.lua", "SOCK_RAW = 99 AF_INET, x = 5, 6");
  fixture_write(fixture, "20-second.lua",
                "on_socket(function() return reject(10000 + SOCK_RAW * 11 + AF_INET) end)");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10035");
}

static void can_stand_wherever_a_number_can(void **state)
{
  fixture_assert_lua(
      *state, "assert(SOCK_RAW == 3 and (SOCK_RAW) == 3 and -SOCK_RAW == -3 and SOCK_RAW + AF_INET == 5)\n"
              "assert(SOCK_RAW .. '' == '3' and ('x'):rep(SOCK_RAW) == 'xxx')\n"
              "assert(#{ SOCK_RAW, AF_INET, SOCK_RAW } == 3 and ({ [SOCK_RAW] = 1 })[3] == 1)\n"
              "assert((function(...) return select('#', ...) end)(AF_INET, SOCK_RAW) == 2)\n"
              "assert(math.max(SOCK_RAW, AF_INET6) == 23 and tostring(WSAEACCES) == '10013')\n"
              "local a, b = SOCK_RAW, AF_INET a, b = b, a assert(a == 2 and b == 3)\n"
              "assert(WSA_FLAG_OVERLAPPED | 128 == 129 and not (SOCK_RAW < SOCK_DGRAM))\n"
              "for i = SOCK_STREAM, SOCK_RAW do assert(i) end\n"
              "assert((SOCK_RAW == 3 and AF_INET or AF_INET6) == 2)");
}

static void cost_what_digits_cost(void **state)
{
  fixture_t *fixture = *state;
  char text[2][4096] = {"on_socket(function(r) local n = 0", "on_socket(function(r) local n = 0"};

  for (int i = 0; i < 60; i++) {
    strcat(text[0], " if r.type == SOCK_RAW then n = n + 1 end");
    strcat(text[1], " if r.type == 3 then n = n + 1 end");
  }
  uint64_t cost[2];
  for (int i = 0; i < 2; i++) {
    strcat(text[i], " end)");
    fixture_policy(fixture, text[i]);
    cost[i] = fixture_decide(fixture, INET, STREAM, TCP)->cost;
    fixture_drop_engine(fixture);
  }
  assert_int_equal(cost[0], cost[1]);
  assert_true(cost[0] > 60);
}

static void that_are_misused_are_told_by_line(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function()\n  return SOCK_RAW.x\nend)");
  fixture_decide(fixture, INET, STREAM, TCP);
  assert_non_null(
      fixture_report(fixture, "10-test.lua:2: error: attempt to index a number value (global 'SOCK_RAW')"));
  fixture_policy(fixture, "local x = SOCK_RAW\nlocal y = = AF_INET");
  fixture_load(fixture);
  assert_non_null(fixture_report(fixture, "10-test.lua:2: error: unexpected symbol near '='"));
  assert_int_equal(fixture_count_reports(fixture, "near"), 1);
}

/* Only what compiled is compiled again: what used its steps up while it was compiled has none left to do so.
 */
static void are_no_way_around_the_budget(void **state)
{
  fixture_t *fixture = *state;
  char text[32 * 1024] = "SOCK_RAW = 1\n", *end = text + strlen(text);

  for (int i = 0; i < 100; i++)
    end += sprintf(end, "local a%d ", i);
  for (int i = 0; i < 3000; i++)
    end += sprintf(end, "a0=a0 ");
  fixture->settings.instruction_limit = 10000;
  fixture_policy(fixture, text);
  assert_int_equal(fixture_load(fixture), 1);
  assert_non_null(fixture_report(fixture, "instruction limit reached"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(mean_what_a_file_makes_of_them),
      fixture_test(mean_in_one_file_what_another_does_not_change),
      fixture_test(can_stand_wherever_a_number_can),
      fixture_test(cost_what_digits_cost),
      fixture_test(that_are_misused_are_told_by_line),
      fixture_test(are_no_way_around_the_budget),
  };

  return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
