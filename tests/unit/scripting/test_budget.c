/* docs/policy-language.md, "Mistakes and limits": each Lua call is bounded in steps and in memory, and no
 * policy can catch or dodge it. What is measured is steps and bytes, never seconds; that this program ends at
 * all is the other half of the proof. */
#include "fixture.h"

static const char *const bombs[] = {
    "while true do end",
    "repeat until false",
    "for i = 1, math.huge do end",
    "for i = 1, math.maxinteger do end",
    "for i = 1.0, 1e300 do end",
    "::again:: goto again",
    "local function f() return f() end f()",
    "local function f() f() f() end f()",
    "local function f() f() end f()",
    "(('a'):rep(26)):find(('a-'):rep(12) .. 'b')",
    "(('a'):rep(60)):find(('a?'):rep(60) .. ('a'):rep(60) .. 'b')",
    "(('a'):rep(500000)):match('(.-)(.-)(.-)b')",
    "(('('):rep(200000)):find('%b()')  while true do local x = (('('):rep(2000)):find('%b()') end",
    "while true do local x = (('a'):rep(100000)):find(('a'):rep(5000) .. 'b', 1, true) end",
    "while true do local x = ('x'):rep(100000):find('[abcdefghijklmnopqrstuvwy]') end",
    "table.move({}, 1, 1 << 62, 2)",
    "table.move({}, math.mininteger, -2, 1)",
    "(''):rep(1 << 62)",
    "(''):rep(math.maxinteger)",
    "while true do local x = ('x'):rep(50000) end",
    "local t = {} for i = 1, 1e9 do table.insert(t, 1, i) end",
    "local t = {} for i = 1, 30000 do t[i] = i end while true do table.remove(t, 1) table.insert(t, 1, 5) "
    "end",
    "local t = {} for i = 1, 10000 do t[i] = i % 7 end while true do table.sort(t, function(a, b) return a > "
    "b end) end",
    "local t = {} for i = 1, 10000 do t[i] = 10000 - i end while true do table.sort(t) end",
    "local t = {} for i = 1, 5000 do t[i] = 'some text' end while true do local x = table.concat(t) end",
    "while true do local x = table.unpack({}, 1, 5000) end",
    "while true do local x = select('#', table.unpack({}, 1, 5000)) end",
    "while true do local x = ('%99.99f'):format(1e300) end",
    "while true do local x = ('%q'):format(('\\0'):rep(9000)) end",
    "while true do local x = ('x'):rep(9000):gsub('x', '%0%0') end",
    "while true do for c in ('x'):rep(9000):gmatch('.') do end end",
    "while true do local x = utf8.len(('x'):rep(90000)) end",
    "while true do local x = utf8.codepoint(('x'):rep(900), 1, -1) end",
    "while true do for p, c in utf8.codes(('x'):rep(900)) do end end",
    "while true do local x = utf8.offset(('x'):rep(90000), 80000) end",
    "while true do local x = utf8.char(65, 66, 67) end",
    "while true do local x = ('x'):rep(90000):upper() end",
    "while true do local x = ('x'):rep(90000):reverse() end",
    "while true do local x = ('x'):rep(9000):byte(1, -1) end",
    "local s = ('x'):rep(90000) while true do local x = s .. s end",
    "local a, b = ('x'):rep(90000), ('x'):rep(90000) while true do local x = a < b end",
    "local a, b = ('x'):rep(90000) .. 'y', ('x'):rep(90000) .. 'y' while true do local x = a == b end",
    "while true do local x = tonumber(('1'):rep(90000), 10) end",
    "while true do local x = tonumber(('1'):rep(100)) end",
    "while true do local x = tostring(1.5) end",
    "local t = {} while true do t[#t + 1] = {} end",
    "local s = 'x' while true do s = s .. s end",
    "local t = { n = 1 } while true do for k in pairs(t) do end end",
    "local t = {} for i = 1, 20000 do t[i] = i end for i = 1, 20000 do t[i] = nil end while true do next(t) "
    "end",
    "while true do log(('x'):rep(1000)) end",
    "while true do local v = reject(WSAEACCES, 'x') end",
    "while true do local v = rewrite { type = SOCK_DGRAM } end",
    "while true do local v = none_of {} end",
    "while true do local x = request.app.name end",
    "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
};

enum { COUNT = sizeof bombs / sizeof bombs[0] };

static void plant(fixture_t *fixture, const char *body)
{
  char policy[400];

  snprintf(policy, sizeof policy, "on_socket(function(request) if request.type == SOCK_RAW then %s end end)",
           body);
  fixture_policy(fixture, policy);
}

static void every_bomb_is_stopped(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture->settings.instruction_limit = 300000;
  for (size_t i = 0; i < COUNT; i++) {
    plant(fixture, bombs[i]);
    fixture_write(fixture, "20-after.lua",
                  "on_socket(function(r) if r.type == SOCK_DGRAM then return "
                  "reject(WSAEMFILE, ('x'):rep(100)) end end)");
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
    if (!verdict->failed || verdict->error != EACCES_CODE || strstr(verdict->reason, "limit reached") == NULL)
      fail_msg("%s: %s, \"%s\"", bombs[i], fixture_says(verdict), verdict->reason);
    assert_true(verdict->cost <= 2 * fixture->settings.instruction_limit + 10);
    assert_int_equal(fixture->report_count, 1);
    assert_holds(fixture->reports[0], "10-test.lua:");
    /* the next decision is unaffected */
    verdict = fixture_decide(fixture, INET, DGRAM, UDP);
    if (verdict->failed || strcmp(fixture_says(verdict), "reject 10024") != 0)
      fail_msg("after %s: %s, \"%s\"", bombs[i], fixture_says(verdict), verdict->reason);
  }
}

static void every_bomb_is_stopped_at_load_too(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.instruction_limit = 20000; /* loading may take a multiple of it */
  for (size_t i = 0; i < COUNT; i++) {
    char policy[400];

    if (strstr(bombs[i], "request") != NULL)
      continue;
    snprintf(policy, sizeof policy, "%s", bombs[i]);
    fixture_policy(fixture, policy);
    if (fixture_load(fixture) != 1 || strstr(fixture->reports[0], "limit reached") == NULL)
      fail_msg("%s: %s", bombs[i], fixture->report_count ? fixture->reports[0] : "loaded");
  }
}

static void memory_stays_under_the_cap(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.instruction_limit = 400000; /* enough to fill it */
  fixture_policy(fixture, "on_socket(function(request) end)");
  fixture_decide(fixture, INET, RAW, ICMP);
  long base = atomic_load(&fixture->bytes);
  for (size_t i = 0; i < COUNT; i++) {
    plant(fixture, bombs[i]);
    fixture_decide(fixture, INET, STREAM, TCP);
    atomic_store(&fixture->most_bytes, 0);
    for (int call = 0; call < 2; call++)
      fixture_decide(fixture, INET, RAW, ICMP);
    if (atomic_load(&fixture->most_bytes) > base + 1024 * 1024 + 16 * 1024)
      fail_msg("%s: %ld bytes over", bombs[i], atomic_load(&fixture->most_bytes) - base);
  }
}

static void limits_are_settings(void **state)
{
  fixture_t *fixture = *state;
  static const char policy[] = "on_socket(function() for i = 1, 1000 do end end)\n"
                               "on_socket(function() local s = ('x'):rep(100000) end)";

  fixture->settings.instruction_limit = 400000;
  fixture->settings.memory_limit_kib = 200;
  fixture_policy(fixture, policy);
  assert_false(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  fixture->settings.instruction_limit = 900;
  fixture_policy(fixture, policy);
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  assert_non_null(fixture_report(fixture, "instruction limit reached (900 instructions)"));
  fixture->settings.instruction_limit = 400000;
  fixture->settings.memory_limit_kib = 64;
  fixture_policy(fixture, policy);
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  assert_non_null(fixture_report(fixture, "memory limit reached (64 KiB)"));
}

static void globals_that_grow_are_bounded(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.instruction_limit = 50000000; /* memory is what counts here */
  fixture_write(fixture, "10-grows.lua",
                "kept = {}\non_socket(function() kept[#kept + 1] = ('x'):rep(50000) .. #kept end)");
  fixture_write(fixture, "20-other.lua",
                "on_socket(function() local s = ('y'):rep(500000) return reject(WSAEMFILE) end)");
  for (int i = 0; i < 200; i++) {
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);

    if (verdict->failed || strcmp(fixture_says(verdict), "reject 10024") != 0)
      fail_msg("call %d: %s, \"%s\"", i, fixture_says(verdict), verdict->reason);
  }
  assert_true(atomic_load(&fixture->most_bytes) < 1536 * 1024);
  assert_int_equal(fixture->report_count, 0);
}

static void a_second_try_does_not_log_twice(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.instruction_limit = 50000000; /* memory is what counts here */
  fixture_write(fixture, "10-grows.lua",
                "kept = {}\non_socket(function() log('before') kept[#kept + 1] = ('x'):rep(300000) .. "
                "#kept log('after') end)");
  for (int i = 0; i < 10; i++)
    assert_string_equal(fixture_decide(fixture, INET, STREAM, TCP)->log, "before\nafter");
}

static void garbage_of_earlier_calls_counts_against_nobody(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.instruction_limit = 50000000; /* memory is what counts here */
  fixture_policy(fixture, "on_socket(function() local s = ('y'):rep(400000) return reject(WSAEMFILE) end)");
  for (int i = 0; i < 50; i++)
    assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
}

static void deep_recursion_leaves_the_state_usable(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(
      fixture,
      "local function deep(n) if n > 0 then return 1 + deep(n - 1) end return 0 end\n"
      "on_socket(function(r) if r.type == SOCK_RAW then deep(1e9) end return reject(WSAEMFILE) end)");
  for (int i = 0; i < 5; i++) {
    assert_true(fixture_decide(fixture, INET, RAW, ICMP)->failed);
    assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
  }
}

static void nesting_in_the_source_is_bounded(void **state)
{
  static const char *const units[] = {"{",    "(",     "do ", "function f() ", "if x then ", "-",
                                      "not ", "x=x..", "f"};
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    enum { TIMES = 100000 };
    size_t length = strlen(units[i]);
    char *text = test_malloc(length * TIMES + 10);

    strcpy(text, "local y = ");
    for (size_t n = 0; n < TIMES; n++)
      memcpy(text + 10 + n * length, units[i], length);
    fixture_policy(fixture, "");
    fixture_write_bytes(fixture, "10-test.lua", text, length * TIMES + 10);
    test_free(text);
    assert_int_equal(fixture_load(fixture), 1);
  }
}

/* What the manual promises (policy-language.md), and that one more is reported with its line. */
static void calls_nest_as_deep_as_promised(void **state)
{
  static const char nest[] =
      "local function f(n) if n > 0 then\nreturn (('x'):gsub('.', function() return f(n - 1) end))\n"
      "end return 'y' end\n";
  static char source[2000];
  fixture_t *fixture = *state;

  fixture_assert_lua(fixture, "local function f(n) if n == 0 then return 'y' end\n"
                              "return (('x'):gsub('.', function() return f(n - 1) end)) end\n"
                              "assert(f(6) == 'y')\n"
                              "table.sort({2, 1}, function(a, b) return #(('x'):gsub('.', function() return "
                              "request.app.user end)) > 0 and a < b end)\n"
                              "assert((('a'):rep(90)):find('^' .. ('a?'):rep(90) .. '$'))\n"
                              "assert((('ab'):rep(30)):match(('(%a)'):rep(32)))");
  fixture->settings.on_error = POLICY_REJECT;
  snprintf(source, sizeof source, "on_socket(function() %sf(7) f(8) end)", nest);
  fixture_policy(fixture, source);
  fixture_decide(fixture, INET, STREAM, TCP);
  assert_holds(fixture->reports[0], "10-test.lua:2: error: calls nest too deep");
  snprintf(source, sizeof source, "%sf(39)", nest);
  fixture_policy(fixture, source);
  assert_int_equal(fixture_load(fixture), 0);
  snprintf(source, sizeof source, "%sf(40)", nest);
  fixture_policy(fixture, source);
  assert_int_equal(fixture_load(fixture), 1);
  assert_holds(fixture->reports[0], "10-test.lua:2: error: calls nest too deep");
}

/* What our own builtins copy is paid for, too. */
static void our_own_words_are_charged(void **state)
{
  static const char *const statements[] = {"reject(WSAEACCES, s)", "log(s)",
                                           "rewrite { af = 2, reason = s }"};
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
    char policy[200];

    snprintf(policy, sizeof policy,
             "local s = ('x'):rep(100000)\non_socket(function() for i = 1, 5 do %s end end)", statements[i]);
    fixture_policy(fixture, policy);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
    assert_false(verdict->failed);
    assert_true(verdict->cost > 500000);
  }
}

static void rules_are_charged_while_loading(void **state)
{
  static const char *const bombs_of_rules[] = {
      "local s = ('x'):rep(100000) for i = 1, 1e9 do rule { app = 'other', name = s, verdict = allow() } end",
      "local s = ('*a'):rep(2000) .. 'b' for i = 1, 1e9 do rule { app = s, verdict = allow() } end",
      "for i = 1, 1e9 do rule { app = 'other', verdict = allow() } end",
      "for i = 1, 1e9 do rule { verdict = allow() } end",
      "for i = 1, 1e9 do on_socket(log) end",
      "for i = 1, 1e9 do rule { tpye = 1, verdict = allow() } end",
  };
  fixture_t *fixture = *state;
  char name[2001];

  memset(name, 'a', sizeof name - 1);
  name[sizeof name - 1] = 0;
  fixture->attributes[POLICY_ATTRIBUTE_NAME].text = name;
  fixture->settings.instruction_limit = 100000;
  for (size_t i = 0; i < sizeof bombs_of_rules / sizeof bombs_of_rules[0]; i++) {
    fixture_policy(fixture, bombs_of_rules[i]);
    atomic_store(&fixture->most_bytes, 0);
    assert_true(fixture_load(fixture) >= 1);
    assert_true(fixture->report_count <= 101);
    assert_true(atomic_load(&fixture->most_bytes) < 24 * 1024 * 1024);
  }
}

/* Buffers that outgrew the stack have finalizers, and errors in finalizers are swallowed: a budget that ends
 * in one must stop the policy all the same. Where it ends is a matter of luck, so many are tried. */
static void a_budget_that_ends_in_a_finalizer(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  for (uint32_t limit = 100000; limit < 160000; limit += 41) {
    fixture->settings.instruction_limit = limit;
    fixture_policy(fixture, "on_socket(function() while true do local x = ('x'):rep(1100) end end)");
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
    if (!verdict->failed || verdict->cost > limit + 10)
      fail_msg("%u steps: %s at %llu, \"%s\"", limit, fixture_says(verdict),
               (unsigned long long)verdict->cost, verdict->reason);
  }
}

static void many_failing_functions_are_quarantined_together(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "for i = 1, 1000 do\n  on_socket(function() while true do end end)\n"
                          "  on_socket(function() end)\nend");
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->cost < 20 * fixture->settings.instruction_limit);
  assert_int_equal(fixture_count_reports(fixture, "quarantined"), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(every_bomb_is_stopped),
      fixture_test(every_bomb_is_stopped_at_load_too),
      fixture_test(memory_stays_under_the_cap),
      fixture_test(limits_are_settings),
      fixture_test(globals_that_grow_are_bounded),
      fixture_test(a_second_try_does_not_log_twice),
      fixture_test(garbage_of_earlier_calls_counts_against_nobody),
      fixture_test(deep_recursion_leaves_the_state_usable),
      fixture_test(nesting_in_the_source_is_bounded),
      fixture_test(calls_nest_as_deep_as_promised),
      fixture_test(our_own_words_are_charged),
      fixture_test(rules_are_charged_while_loading),
      fixture_test(a_budget_that_ends_in_a_finalizer),
      fixture_test(many_failing_functions_are_quarantined_together),
  };

  return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
