/* Every allocation failed in turn, once alone and once with all that follow it: always a verdict, no crash,
 * no leak, no policy blamed, and all is well again once there is memory. */
#include "fixture.h"

#include <limits.h>

/* Every so-manieth allocation, for each takes a whole life of an engine. */
#if defined(__SANITIZE_ADDRESS__) || defined(_WIN32)
enum { OFTEN = 7, SELDOM = 13 };
#else
enum { OFTEN = 2, SELDOM = 5 };
#endif

static const char first_policy[] =
    "local tools = { 'a', 'b' }\n"
    "rule { name = 'x', app = { 'probe.exe', 'b' }, af = { 2, 23 }, user = none_of { 'bob' }, "
    "type = SOCK_DGRAM, verdict = reject(WSAEINVAL, 'why') }\n"
    "on_socket(function(r) local s = r.app.path .. r.provider if r.type == SOCK_RAW then "
    "return reject(WSAEMFILE, s .. #s) end end)";
static const char second_policy[] = "on_socket(function(r) return reject(WSAEUSERS, ('x'):rep(200)) end)";

enum { MFILE_CODE = 10024, INVAL_CODE = 10022, USERS_CODE = 10068 };

/* The verdict is one of the right ones, or what OnError makes of a failure. */
static void check(fixture_t *fixture, const policy_verdict_t *verdict, int32_t right, int32_t also_right)
{
  bool by_on_error = verdict->failed && verdict->action == fixture->settings.on_error;
  bool is_right =
      verdict->action == POLICY_REJECT && (verdict->error == right || verdict->error == also_right);

  if (!by_on_error && !is_right)
    fail_msg("allocation %ld: %s, failed %d, \"%s\"", fixture->fail_from, fixture_says(verdict),
             verdict->failed, verdict->reason);
}

static void ignore_step(void *context, const policy_entry_t *step)
{
  (void)context, (void)step;
}

/* First load, decisions, a reload, a decision explained. */
static void live(fixture_t *fixture)
{
  policy_request_t request = fixture_request(INET, RAW, ICMP);

  if (fixture_engine(fixture) == NULL)
    return; /* the host hears that there is no engine */
  check(fixture, fixture_ask(fixture, &request), MFILE_CODE, MFILE_CODE);
  check(fixture, fixture_decide(fixture, INET, DGRAM, UDP), INVAL_CODE, INVAL_CODE);
  fixture_write(fixture, "10-test.lua", second_policy);
  fixture_load(fixture);
  check(fixture, fixture_ask(fixture, &request), USERS_CODE, MFILE_CODE); /* the old set may have stayed */
  policy_explain(fixture->engine, &request, &fixture->verdict, ignore_step, NULL);
  check(fixture, &fixture->verdict, USERS_CODE, MFILE_CODE);
}

static void recover(fixture_t *fixture)
{
  policy_request_t request = fixture_request(INET, RAW, ICMP);

  fixture->fail_from = fixture->fail_until = 0;
  fixture_write(fixture, "10-test.lua",
                second_policy); /* where there was no engine, nothing was written yet */
  fixture_load(fixture);
  const policy_verdict_t *verdict = fixture_ask(fixture, &request);
  if (verdict->failed || verdict->error != USERS_CODE)
    fail_msg("no recovery: %s, \"%s\"", fixture_says(verdict), verdict->reason);
  for (size_t i = 0; i < fixture->report_count; i++)
    if (strstr(fixture->reports[i], "out of memory") == NULL)
      fail_msg("blamed: %s", fixture->reports[i]);
}

static void fail_in_turn(fixture_t *fixture, bool all_that_follow, long stride)
{
  long number = 1;

  for (bool reached = true; reached; number += stride) {
    fixture_policy(fixture, first_policy);
    atomic_store(&fixture->allocations, 0);
    fixture->fail_from = number;
    fixture->fail_until = all_that_follow ? LONG_MAX : number + 1;
    live(fixture);
    reached = atomic_load(&fixture->allocations) >= number;
    recover(fixture);
    fixture_drop_engine(fixture);
    if (atomic_load(&fixture->blocks))
      fail_msg("allocation %ld: %ld blocks leaked", number, atomic_load(&fixture->blocks));
  }
  assert_true(number > 500); /* it did fail what there was to fail */
}

static void each_alone_under_on_error_allow(void **state)
{
  fail_in_turn(*state, false, OFTEN);
}

static void each_alone_under_on_error_reject(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fail_in_turn(fixture, false, SELDOM);
}

static void each_and_all_that_follow(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fail_in_turn(fixture, true, SELDOM);
}

static void short_memory_sets_no_policy_aside(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function(r) local s = r.provider .. r.app.pid .. ('x'):rep(1000) return "
                          "reject(WSAEMFILE) end)");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
  fixture->fail_from = 1;
  fixture->fail_until = LONG_MAX;
  int failed = 0;
  for (int i = 0; i < 50; i++)
    failed += fixture_decide(fixture, INET, STREAM, TCP)->failed;
  assert_true(failed > 20);
  fixture->fail_from = fixture->fail_until = 0;
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
  assert_int_equal(fixture_count_reports(fixture, "quarantined"), 0);
}

/* Memory may run out while an error is made whose hint is known already. */
static void short_memory_comes_with_no_hint(void **state)
{
  static const char hint[] = " [tpye] [type] []", none[] = " [] [] []";
  fixture_t *fixture = *state;
  int hinted = 0, starved = 0;

  for (long number = 1; !hinted; number++) {
    fixture_policy(fixture, "on_socket(function(r) local x = r.tpye end)");
    assert_int_equal(fixture_load(fixture), 0);
    atomic_store(&fixture->allocations, 0);
    fixture->fail_from = number;
    fixture->fail_until = LONG_MAX; /* Lua asks twice */
    fixture_decide(fixture, INET, STREAM, TCP);
    fixture->fail_from = fixture->fail_until = 0;
    assert_int_equal(fixture->report_count, 1);
    const char *report = fixture->reports[0];
    bool short_of_memory = strstr(report, "out of memory") != NULL;
    hinted += !short_of_memory;
    starved += short_of_memory;
    assert_string_equal(report + strlen(report) - strlen(short_of_memory ? none : hint),
                        short_of_memory ? none : hint);
  }
  assert_true(starved > 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(each_alone_under_on_error_allow), fixture_test(each_alone_under_on_error_reject),
      fixture_test(each_and_all_that_follow),        fixture_test(short_memory_sets_no_policy_aside),
      fixture_test(short_memory_comes_with_no_hint),
  };

  return cmocka_run_group_tests_name("allocation", tests, NULL, NULL);
}
