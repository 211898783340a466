/* docs/policy-language.md, "Verdicts": how verdicts come about. */
#include "fixture.h"

/* Cases are decided for a raw ICMP socket of AF_INET. */
typedef struct walk_case {
  const char *policy;
  const char *says;
  const char *by;
  const char *reason;
} walk_case_t;

static void run_cases(fixture_t *fixture, const walk_case_t *cases, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    fixture_policy(fixture, cases[i].policy);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
    if (strcmp(fixture_says(verdict), cases[i].says) || strcmp(fixture_by(verdict), cases[i].by) ||
        strcmp(verdict->reason, cases[i].reason))
      fail_msg("%s\nis %s by \"%s\", reason \"%s\"\nnot %s by \"%s\", reason \"%s\"", cases[i].policy,
               fixture_says(verdict), fixture_by(verdict), verdict->reason, cases[i].says, cases[i].by,
               cases[i].reason);
    assert_false(verdict->failed);
  }
}

#define run(fixture, cases) run_cases(fixture, cases, sizeof(cases) / sizeof(cases)[0])

static void verdicts_of_rules(void **state)
{
  static const walk_case_t cases[] = {
      {"", "allow", "", ""},
      {"rule { verdict = allow() }", "allow", "10-test.lua:1", ""},
      {"\nrule {\n verdict = reject(WSAEACCES) }", "reject 10013", "10-test.lua:2", ""},
      {"rule { verdict = reject(WSAEAFNOSUPPORT, 'no v4') }", "reject 10047", "10-test.lua:1", "no v4"},
      {"rule { verdict = rewrite { type = SOCK_DGRAM, protocol = IPPROTO_UDP, reason = 'no raw' } }",
       "rewrite 2/2/17", "10-test.lua:1", "no raw"},
      {"rule { type = SOCK_STREAM, verdict = reject(WSAEACCES) }", "allow", "", ""},
  };

  run(*state, cases);
}

static void verdicts_of_functions(void **state)
{
  static const walk_case_t cases[] = {
      {"on_socket(function() end)", "allow", "", ""},
      {"on_socket(function() return nil end)", "allow", "", ""},
      {"\non_socket(function()\n return allow() end)", "allow", "10-test.lua:2", ""},
      {"on_socket(function() return reject(WSAEACCES, 'why') end)", "reject 10013", "10-test.lua:1", "why"},
      {"on_socket(function(r) return rewrite { af = AF_INET6 } end)", "rewrite 23/3/0", "10-test.lua:1", ""},
      {"local v = reject(WSAEMFILE, 'made at load')\non_socket(function() return v end)", "reject 10024",
       "10-test.lua:2", "made at load"},
  };

  run(*state, cases);
}

static void first_allow_or_reject_ends(void **state)
{
  static const walk_case_t cases[] = {
      {"rule { verdict = allow() }\nrule { verdict = reject(WSAEACCES) }", "allow", "10-test.lua:1", ""},
      {"rule { verdict = reject(WSAEMFILE) }\nrule { verdict = allow() }", "reject 10024", "10-test.lua:1",
       ""},
      {"on_socket(function() return allow() end)\nrule { verdict = reject(WSAEACCES) }", "allow",
       "10-test.lua:1", ""},
      {"rule { type = SOCK_DGRAM, verdict = allow() }\nrule { verdict = reject(WSAEACCES) }", "reject 10013",
       "10-test.lua:2", ""},
      {"rule { verdict = reject(WSAEACCES) }\non_socket(function() error('not reached') end)", "reject 10013",
       "10-test.lua:1", ""},
  };

  run(*state, cases);
}

static void rewrite_goes_on_with_the_new_triple(void **state)
{
#define TO_UDP "rule { type = SOCK_RAW, verdict = rewrite { type = SOCK_DGRAM, reason = 'to UDP' } }\n"
  static const walk_case_t cases[] = {
      {TO_UDP "rule { type = SOCK_DGRAM, verdict = reject(WSAEACCES) }", "reject 10013", "10-test.lua:2", ""},
      {TO_UDP "rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }", "rewrite 2/2/17", "10-test.lua:1",
       "to UDP"},
      {TO_UDP "rule { protocol = IPPROTO_UDP, verdict = allow() }\nrule { verdict = reject(WSAEACCES) }",
       "rewrite 2/2/17", "10-test.lua:1", "to UDP"},
      {TO_UDP "on_socket(function(r) if r.type == SOCK_DGRAM and r.protocol == IPPROTO_UDP and "
              "r.requested.type == SOCK_RAW then return reject(WSAEMFILE) end end)",
       "reject 10024", "10-test.lua:2", ""},
      /* credited to the last step that changed it */
      {TO_UDP "rule { verdict = rewrite { af = AF_INET6, reason = 'and IPv6' } }", "rewrite 23/2/17",
       "10-test.lua:2", "and IPv6"},
      {TO_UDP "rule { verdict = rewrite { type = SOCK_DGRAM, reason = 'the same' } }", "rewrite 2/2/17",
       "10-test.lua:1", "to UDP"},
      {TO_UDP "rule { verdict = allow() }", "rewrite 2/2/17", "10-test.lua:1", "to UDP"},
      {TO_UDP "on_socket(function() return allow() end)", "rewrite 2/2/17", "10-test.lua:1", "to UDP"},
  };

  run(*state, cases);
}

static void a_rewrite_to_the_same_triple_says_nothing(void **state)
{
  static const walk_case_t cases[] = {
      {"rule { verdict = rewrite { af = AF_INET } }", "allow", "", ""},
      {"rule { verdict = rewrite { af = AF_INET, type = SOCK_RAW, protocol = IPPROTO_ICMP } }", "allow", "",
       ""},
      {"rule { verdict = rewrite { type = SOCK_RAW, reason = 'unheard' } }\nrule { verdict = allow() }",
       "allow", "10-test.lua:2", ""},
  };
  fixture_t *fixture = *state;

  run(fixture, cases);
  fixture->settings.default_verdict = POLICY_REJECT;
  fixture_policy(fixture, cases[0].policy);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10013");
}

static void fields_a_rewrite_does_not_name(void **state)
{
  static const struct {
    const char *fields;
    policy_triple_t from, to;
  } cases[] = {
      {"type = SOCK_DGRAM", {INET, STREAM, TCP}, {INET, DGRAM, UDP}},
      {"type = SOCK_STREAM", {INET6, DGRAM, UDP}, {INET6, STREAM, TCP}},
      {"type = SOCK_DGRAM", {INET, RAW, ICMP}, {INET, DGRAM, UDP}},
      {"type = SOCK_RAW", {INET, STREAM, TCP}, {INET, RAW, 0}},
      {"af = AF_INET6", {INET, STREAM, TCP}, {INET6, STREAM, TCP}},
      {"af = AF_INET6", {INET, RAW, ICMP}, {INET6, RAW, 0}},
      {"protocol = IPPROTO_UDP", {INET, RAW, ICMP}, {INET, RAW, UDP}},
      {"protocol = 200", {INET, RAW, ICMP}, {INET, RAW, 200}},
      {"af = AF_INET, protocol = IPPROTO_UDP", {INET6, RAW, 58}, {INET, RAW, UDP}},
      {"type = SOCK_RAW, protocol = IPPROTO_ICMP", {INET, STREAM, TCP}, {INET, RAW, ICMP}},
      /* the protocol is not named, but neither is anything else changed: it stays */
      {"type = SOCK_STREAM", {INET, STREAM, 132}, {INET, STREAM, 132}},
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char policy[200];

    snprintf(policy, sizeof policy, "rule { verdict = rewrite { %s } }", cases[i].fields);
    fixture_policy(fixture, policy);
    const policy_verdict_t *verdict =
        fixture_decide(fixture, cases[i].from.af, cases[i].from.type, cases[i].from.protocol);
    if (memcmp(&verdict->triple, &cases[i].to, sizeof cases[i].to) != 0)
      fail_msg("case %zu, %s: %s", i, policy, fixture_says(verdict));
  }
}

static void a_reject_reports_the_original_triple(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                          "rule { name = 'no UDP', type = SOCK_DGRAM, verdict = reject(WSAEACCES) }");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
  assert_string_equal(fixture_says(verdict), "reject 10013");
  assert_int_equal(verdict->triple.type, RAW);
  assert_int_equal(verdict->triple.protocol, ICMP);
  assert_string_equal(verdict->rule, "no UDP");
}

static void an_allow_reports_the_effective_triple(void **state)
{
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.requested.protocol = 0;
  fixture_policy(fixture, "rule { protocol = IPPROTO_TCP, verdict = allow() }");
  const policy_verdict_t *verdict = fixture_ask(fixture, &request);
  assert_string_equal(fixture_by(verdict), "10-test.lua:1"); /* socket(AF_INET, SOCK_STREAM, 0) is TCP */
  assert_int_equal(verdict->triple.protocol, TCP);
  assert_int_equal(verdict->error, 0);
}

static void the_default_verdict(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.default_verdict = POLICY_REJECT;
  fixture_policy(fixture, "rule { type = SOCK_STREAM, verdict = allow() }\n"
                          "rule { type = SOCK_DGRAM, verdict = rewrite { af = AF_INET6 } }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
  assert_string_equal(fixture_says(verdict), "reject 10013");
  assert_string_equal(fixture_by(verdict), "");
  assert_false(verdict->failed);
  /* "allow, or the end, after a rewrite accepts the current triple" */
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, DGRAM, UDP)), "rewrite 23/2/17");
}

static void a_shared_socket_is_never_rewritten(void **state)
{
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.shared = true;
  fixture_policy(fixture, "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                          "rule { type = SOCK_DGRAM, verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_ask(fixture, &request)), "allow");
  assert_string_equal(fixture_by(&fixture->verdict), "");
  fixture_policy(fixture, "on_socket(function() return rewrite { type = SOCK_DGRAM } end)\n"
                          "rule { shared = true, verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_ask(fixture, &request)), "reject 10024");
}

static void provider_and_catalog_id_describe_the_original_call(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture,
                 "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                 "on_socket(function(r) if r.provider ~= 'MSAFD Tcpip [TCP/IP]' or r.catalog_id ~= 1001 "
                 "then return reject(WSAEFAULT) end end)\n"
                 "rule { provider = '*TCP/IP]', verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
}

static void files_run_in_byte_order_of_their_names(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "B.lua", "on_socket(function() log('B') end)");
  fixture_write(fixture, "a.lua", "on_socket(function() log('a') end)");
  fixture_write(fixture, "2-x.lua", "on_socket(function() log('2') end)");
  fixture_write(fixture, "10-x.lua", "on_socket(function() log('10') end)");
  fixture_write(fixture, "a-b.lua",
                "on_socket(function() log('a-b') end)\non_socket(function() log('end') end)");
  /* '-' sorts before '.' */
  assert_string_equal(fixture_decide(fixture, INET, STREAM, TCP)->log, "10\n2\nB\na-b\nend\na");
}

static void what_is_no_policy_is_not_loaded(void **state)
{
  fixture_t *fixture = *state;
  size_t policies, steps;

  fixture_write(fixture, "10-base.lua", "rule { type = SOCK_RAW, verdict = allow() }");
  fixture_write(fixture, "10-base_test.lua", "this is no policy (");
  fixture_write(fixture, "10-base.lua.bak", "nor this (");
  fixture_write(fixture, "README.md", "nor this (");
  assert_int_equal(policy_engine_load(fixture_engine(fixture), &policies, &steps), 0);
  assert_int_equal(policies, 1);
  assert_int_equal(steps, 1);
}

static void a_failing_step_under_on_error_allow(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function() error('boom') end)\nrule { verdict = reject(WSAEMFILE) }");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
  assert_string_equal(fixture_says(verdict), "reject 10024"); /* it says nothing and the evaluation goes on */
  assert_true(verdict->failed);

  fixture_policy(fixture, "on_socket(function()\n  error('boom')\nend)");
  verdict = fixture_decide(fixture, INET, STREAM, TCP);
  assert_string_equal(fixture_says(verdict), "allow");
  assert_true(verdict->failed);
  assert_holds(verdict->reason, "10-test.lua:2"); /* the error's own line */
  assert_holds(verdict->reason, "boom");
}

static void a_failing_step_under_on_error_reject(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture, "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                          "on_socket(function()\n  error('boom')\nend)\nrule { verdict = allow() }");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
  assert_string_equal(fixture_says(verdict), "reject 10013");
  assert_string_equal(fixture_by(verdict), "10-test.lua:2");
  assert_holds(verdict->reason, "boom");
  assert_int_equal(verdict->triple.type, STREAM);
  assert_true(verdict->failed);
}

static void what_makes_a_step_fail(void **state)
{
  static const struct {
    const char *body, *reason;
  } cases[] = {
      {"error('boom')", "boom"},
      {"error()", ""},
      {"error({})", "table"},
      {"error('no position', 0)", "no position"},
      {"return true", "boolean"},
      {"return 'reject'", "string"},
      {"return 10013", "number"},
      {"return allow", "function"},
      {"return {}", "table"},
      {"return reject(WSAEINPROGRESS)", "WSAEINPROGRESS"},
      {"return reject(0)", "0 is not a Winsock error"},
      {"return reject(997)", "997"},
      {"return reject(5)", "5"},
      {"return reject(10013.5)", "number"},
      {"return reject('WSAEACCES')", "number"},
      {"return reject()", "error code"},
      {"return reject(WSAEACCES, 5)", "reason"},
      {"return rewrite {}", "neither"},
      {"return rewrite { protocl = 6 }", "protocl"},
      {"return rewrite { type = 'SOCK_DGRAM' }", "type"},
      {"return rewrite { type = -1 }", "type"},
      {"return rewrite { af = 0 }", "af"},
      {"return rewrite(5)", "table"},
      {"return requset.type", "requset"},
      {"rule { verdict = allow() }", "rule"},
      {"on_socket(function() end)", "on_socket"},
      {"return nil + 1", "arithmetic"},
  };
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char policy[300];

    snprintf(policy, sizeof policy, "on_socket(function(request)\n  %s\nend)", cases[i].body);
    fixture_policy(fixture, policy);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
    if (!verdict->failed || verdict->error != EACCES_CODE || strstr(verdict->reason, cases[i].reason) == NULL)
      fail_msg("%s: %s, \"%s\"", cases[i].body, fixture_says(verdict), verdict->reason);
    assert_int_equal(fixture->report_count, 1);
    assert_holds(fixture->reports[0], "10-test.lua:");
  }
}

static void a_fact_that_cannot_be_had_fails_the_rule_that_needs_it(void **state)
{
  fixture_t *fixture = *state;

  fixture->unknown[POLICY_ATTRIBUTE_ELEVATED] = true;
  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture, "rule { type = SOCK_RAW, elevated = true, verdict = allow() }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  assert_false(fixture->verdict.failed);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10013");
  assert_true(fixture->verdict.failed);
  assert_holds(fixture->verdict.reason, "elevated");

  /* another condition rules the process out whatever the attribute would be */
  fixture_policy(fixture, "rule { elevated = true, user = 'bob', verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "allow");
  assert_false(fixture->verdict.failed);
  fixture->unknown[POLICY_ATTRIBUTE_SID] = true;
  fixture_policy(fixture, "rule { user = { 'S-1-5-18', 'alice' }, verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10024");
  fixture_policy(fixture, "rule { user = none_of { 'S-1-5-18', 'alice' }, verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "allow");
  /* what a host writes beside saying that it does not know is not believed, the second time either */
  fixture_policy(fixture,
                 "rule { user = { 'S-1-1-0', 'S-1-5-21-1-2-3-1001' }, verdict = reject(WSAEMFILE) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10013");
}

static void a_quarantined_policy_keeps_failing(void **state)
{
  fixture_t *fixture = *state;

  for (int on_error = POLICY_ALLOW; on_error <= POLICY_REJECT; on_error++) {
    fixture->settings.on_error = (policy_action_t)on_error;
    fixture_policy(fixture, "on_socket(function() while true do end end)");
    for (int i = 0; i < 20; i++) {
      const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);

      assert_true(verdict->failed);
      assert_string_equal(fixture_says(verdict), on_error == POLICY_ALLOW ? "allow" : "reject 10013");
    }
    assert_true(fixture->verdict.cost < 100); /* unrun */
    assert_holds(fixture->verdict.reason, "quarantined");
    assert_int_equal(fixture_count_reports(fixture, "instruction limit"), 1);
    assert_int_equal(fixture_count_reports(fixture, "quarantined"), 1);
  }
}

static void a_policy_that_keeps_failing_is_quarantined_though_another_function_of_it_works(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function() while true do end end)\non_socket(function() end)");
  for (int i = 0; i < 20; i++)
    fixture_decide(fixture, INET, STREAM, TCP);
  assert_true(fixture->verdict.cost < 100);
}

static void a_policy_that_works_in_between_is_not_quarantined(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function(r) if r.type == SOCK_RAW then error('x') end\n"
                          "if r.type == SOCK_DGRAM then return reject(WSAEMFILE) end end)");
  for (int i = 0; i < 20; i++) {
    fixture_decide(fixture, INET, RAW, ICMP);
    assert_string_equal(fixture_says(fixture_decide(fixture, INET, DGRAM, UDP)), "reject 10024");
  }
}

static void audit_mode_logs_and_allows(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.mode = POLICY_MODE_AUDIT;
  fixture_policy(fixture, "rule { type = SOCK_RAW, verdict = reject(WSAEMFILE, 'why') }\n"
                          "rule { type = SOCK_DGRAM, verdict = rewrite { af = AF_INET6 } }");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
  assert_int_equal(verdict->action, POLICY_ALLOW);
  assert_int_equal(verdict->decided, POLICY_REJECT);
  assert_int_equal(verdict->error, 10024);
  assert_string_equal(verdict->reason, "why");
  assert_string_equal(fixture_by(verdict), "10-test.lua:1");
  verdict = fixture_decide(fixture, INET, DGRAM, UDP);
  assert_int_equal(verdict->action, POLICY_ALLOW);
  assert_int_equal(verdict->decided, POLICY_REWRITE);
  assert_int_equal(verdict->triple.af, INET);
}

static void audit_mode_rejects_nothing_at_all(void **state)
{
  static const char *const policies[] = {"", "this is broken (", "on_socket(function() error('boom') end)"};
  fixture_t *fixture = *state;

  fixture->settings.mode = POLICY_MODE_AUDIT;
  fixture->settings.on_error = fixture->settings.default_verdict = POLICY_REJECT;
  for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
    fixture_policy(fixture, policies[i]);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
    assert_int_equal(verdict->action, POLICY_ALLOW);
    assert_int_equal(verdict->decided, POLICY_REJECT);
    assert_int_equal(verdict->error, EACCES_CODE);
  }
}

static void mode_off_passes_everything_through(void **state)
{
  static const char *const policies[] = {"", "this is broken (", "rule { verdict = reject(WSAEACCES) }"};
  fixture_t *fixture = *state;

  fixture->settings.mode = POLICY_MODE_OFF;
  fixture->settings.on_error = fixture->settings.default_verdict = POLICY_REJECT;
  for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
    fixture_policy(fixture, policies[i]);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
    assert_int_equal(verdict->action, POLICY_ALLOW);
    assert_int_equal(verdict->decided, POLICY_ALLOW);
    assert_int_equal(fixture->report_count, 0);
  }
}

static void a_broken_file_at_first_load_under_on_error_allow(void **state)
{
  fixture_t *fixture = *state;
  size_t policies, steps;

  fixture_write(fixture, "10-broken.lua",
                "rule { verdict = reject(WSAEMFILE) }\nrule { tpye = 1 }\n"
                "on_socket(function() return reject(WSAEMFILE) end)");
  fixture_write(fixture, "20-good.lua", "on_socket(function() return reject(WSAEACCES) end)");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
  assert_string_equal(fixture_by(verdict), "20-good.lua:1"); /* nothing of the broken file is in force */
  assert_false(verdict->failed);
  assert_int_equal(policy_engine_load(fixture_engine(fixture), &policies, &steps), 1);
  assert_int_equal(policies, 1);
  assert_int_equal(steps, 1);
  assert_int_equal(fixture->report_count, 1);
}

static void a_broken_file_at_first_load_under_on_error_reject(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture_write(fixture, "10-good.lua", "rule { verdict = allow() }");
  fixture_write(fixture, "20-broken.lua", "\nrule { tpye = 1, verdict = allow() }");
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
  assert_string_equal(fixture_says(verdict), "reject 10013");
  assert_true(verdict->failed);
  assert_holds(verdict->reason, "20-broken.lua:2");
  fixture_remove(fixture, "20-broken.lua");
  fixture_load(fixture);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
}

static void a_folder_that_is_not_there(void **state)
{
  fixture_t *fixture = *state;

  strcat(fixture->settings.policy_dir, "/nowhere");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  assert_non_null(fixture_report(fixture, "not found"));
  fixture_drop_engine(fixture);
  fixture->settings.on_error = POLICY_REJECT;
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10013");
  assert_holds(fixture->verdict.reason, "not found");
}

static void no_folder_named_means_no_policies(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.policy_dir[0] = 0;
  fixture->settings.on_error = POLICY_REJECT;
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  assert_int_equal(fixture->report_count, 0);
}

static void a_host_that_tells_nothing(void **state)
{
  (void)state;
  policy_host_t host = {0};
  policy_request_t request = fixture_request(INET, STREAM, TCP);
  policy_verdict_t verdict;
  request.provider = NULL;
  policy_engine_t *engine = policy_engine_create(&host);
  assert_non_null(engine);
  policy_decide(engine, &request, &verdict);
  assert_string_equal(fixture_says(&verdict), "allow");
  policy_engine_destroy(engine);
  policy_engine_destroy(NULL);
}

static void log_joins_messages(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "log('while loading: kept by nobody')\n"
                          "on_socket(function() log('one') log(2) log(true) end)\n"
                          "on_socket(function() log('three') error('boom') end)");
  assert_string_equal(fixture_decide(fixture, INET, STREAM, TCP)->log, "one\n2\ntrue\nthree");
}

static bool whole_characters(const char *text)
{
  for (const unsigned char *c = (const unsigned char *)text; *c;) {
    int length = *c < 0x80 ? 1 : *c >= 0xe0 ? 3 : 2;

    while (length--)
      if (*c++ == 0)
        return false;
  }
  return true;
}

static void long_texts_are_cut_at_a_character(void **state)
{
  fixture_t *fixture = *state;

  for (int shift = 0; shift < 3; shift++) {
    char policy[400];

    snprintf(policy, sizeof policy,
             "local long = ('x'):rep(%d) .. ('\xe2\x82\xac'):rep(1000)\n"
             "rule { name = long, type = SOCK_RAW, verdict = reject(WSAEACCES, long) }\n"
             "on_socket(function(r) log(long) if r.type == SOCK_DGRAM then error(long) end end)",
             shift);
    fixture_policy(fixture, policy);
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
    assert_true(strlen(verdict->reason) > POLICY_REASON_MAX - 4 && whole_characters(verdict->reason));
    assert_true(strlen(verdict->rule) > POLICY_RULE_MAX - 4 && whole_characters(verdict->rule));
    verdict = fixture_decide(fixture, INET, DGRAM, UDP);
    assert_true(strlen(verdict->log) > POLICY_LOG_MAX - 4 && whole_characters(verdict->log));
    assert_true(whole_characters(verdict->reason));
  }
}

static void the_generation_counts_policy_sets(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { type = SOCK_RAW, verdict = allow() }");
  assert_int_equal(fixture_decide(fixture, INET, STREAM, TCP)->generation, 1);
  assert_int_equal(fixture_decide(fixture, INET, STREAM, TCP)->generation, 1);
  fixture_write(fixture, "20-more.lua", "rule { type = SOCK_RAW, verdict = allow() }");
  fixture_load(fixture);
  assert_int_equal(fixture_decide(fixture, INET, STREAM, TCP)->generation, 2);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(verdicts_of_rules),
      fixture_test(verdicts_of_functions),
      fixture_test(first_allow_or_reject_ends),
      fixture_test(rewrite_goes_on_with_the_new_triple),
      fixture_test(a_rewrite_to_the_same_triple_says_nothing),
      fixture_test(fields_a_rewrite_does_not_name),
      fixture_test(a_reject_reports_the_original_triple),
      fixture_test(an_allow_reports_the_effective_triple),
      fixture_test(the_default_verdict),
      fixture_test(a_shared_socket_is_never_rewritten),
      fixture_test(provider_and_catalog_id_describe_the_original_call),
      fixture_test(files_run_in_byte_order_of_their_names),
      fixture_test(what_is_no_policy_is_not_loaded),
      fixture_test(a_failing_step_under_on_error_allow),
      fixture_test(a_failing_step_under_on_error_reject),
      fixture_test(what_makes_a_step_fail),
      fixture_test(a_fact_that_cannot_be_had_fails_the_rule_that_needs_it),
      fixture_test(a_quarantined_policy_keeps_failing),
      fixture_test(a_policy_that_keeps_failing_is_quarantined_though_another_function_of_it_works),
      fixture_test(a_policy_that_works_in_between_is_not_quarantined),
      fixture_test(audit_mode_logs_and_allows),
      fixture_test(audit_mode_rejects_nothing_at_all),
      fixture_test(mode_off_passes_everything_through),
      fixture_test(a_broken_file_at_first_load_under_on_error_allow),
      fixture_test(a_broken_file_at_first_load_under_on_error_reject),
      fixture_test(a_folder_that_is_not_there),
      fixture_test(no_folder_named_means_no_policies),
      fixture_test(a_host_that_tells_nothing),
      fixture_test(log_joins_messages),
      fixture_test(long_texts_are_cut_at_a_character),
      fixture_test(the_generation_counts_policy_sets),
  };

  return cmocka_run_group_tests_name("evaluate", tests, NULL, NULL);
}
