/* docs/policy-language.md, "rule": what a rule's conditions match. */
#include "fixture.h"

typedef struct rule_case {
  const char *conditions;
  bool matches;
} rule_case_t;

/* Each case as a rule that rejects, decided for this request. */
static void run_cases(fixture_t *fixture, const policy_request_t *request, const rule_case_t *cases,
                      size_t count)
{
  for (size_t i = 0; i < count; i++) {
    char policy[400];

    snprintf(policy, sizeof policy, "rule { %s, verdict = reject(WSAEACCES) }", cases[i].conditions);
    fixture_policy(fixture, policy);
    const policy_verdict_t *verdict = fixture_ask(fixture, request);
    assert_int_equal(fixture->report_count, 0);
    if ((verdict->action == POLICY_REJECT) != cases[i].matches)
      fail_msg("%s: %s", cases[i].conditions, cases[i].matches ? "does not match" : "matches");
  }
}

#define run(fixture, request, cases) run_cases(fixture, request, cases, sizeof(cases) / sizeof(cases)[0])

static void numbers(void **state)
{
  static const rule_case_t cases[] = {
      {"af = AF_INET6", true},
      {"af = AF_INET", false},
      {"af = 23", true},
      {"af = { AF_INET, AF_INET6 }", true},
      {"af = { AF_INET, AF_UNIX }", false},
      {"af = {}", false},
      {"af = none_of { AF_INET, AF_UNIX }", true},
      {"af = none_of { AF_INET, AF_INET6 }", false},
      {"af = none_of(AF_INET6)", false},
      {"af = none_of {}", true},
      {"type = SOCK_STREAM", true},
      {"type = { SOCK_DGRAM, SOCK_RAW }", false},
      {"type = none_of { SOCK_RAW }", true},
      {"protocol = IPPROTO_TCP", true},
      {"protocol = { 1, 2, 3, 4, 5 }", false},
      {"protocol = none_of { IPPROTO_UDP }", true},
      {"af = AF_INET6, type = SOCK_STREAM, protocol = IPPROTO_TCP", true},
      {"af = AF_INET6, type = SOCK_STREAM, protocol = IPPROTO_UDP", false},
      {"name = 'named only'", true},
  };
  policy_request_t request = fixture_request(INET6, STREAM, TCP);

  run(*state, &request, cases);
}

static void effective_values_are_matched(void **state)
{
  static const rule_case_t cases[] = {
      {"protocol = IPPROTO_TCP", true}, {"protocol = 0", false}, {"af = AF_INET", true}, {"af = 0", false}};
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.requested = (policy_triple_t){-1, 1, 0};
  run(*state, &request, cases);
}

static void raw_zero_stays_zero(void **state)
{
  static const rule_case_t cases[] = {{"protocol = 0", true}, {"protocol = IPPROTO_TCP", false}};
  policy_request_t request = fixture_request(INET, RAW, 0);

  run(*state, &request, cases);
}

static void flags_all_bits_given(void **state)
{
  static const rule_case_t cases[] = {
      {"flags = WSA_FLAG_OVERLAPPED", true},
      {"flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT", true},
      {"flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_REGISTERED_IO", false},
      {"flags = { WSA_FLAG_REGISTERED_IO, WSA_FLAG_OVERLAPPED }", true},
      {"flags = none_of { WSA_FLAG_OVERLAPPED | WSA_FLAG_REGISTERED_IO }", true},
      {"flags = none_of { WSA_FLAG_OVERLAPPED }", false},
      {"flags = WSA_FLAG_REGISTERED_IO", false},
  };
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.flags = 0x81;
  run(*state, &request, cases);
}

static void shared(void **state)
{
  static const rule_case_t when_shared[] = {{"shared = true", true},
                                            {"shared = false", false},
                                            {"shared = { true, false }", true},
                                            {"shared = none_of(true)", false}};
  static const rule_case_t otherwise[] = {{"shared = true", false}, {"shared = false", true}};
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(*state, &request, otherwise);
  request.shared = true;
  run(*state, &request, when_shared);
}

static void provider(void **state)
{
  static const rule_case_t cases[] = {
      {"provider = 'MSAFD Tcpip [TCP/IP]'", true},
      {"provider = 'msafd*'", true},
      {"provider = '*[tcp/ip]'", true}, /* no classes */
      {"provider = '*[UDP/IP]'", false},
      {"provider = 'MSAFD'", false},
      {"provider = { 'x', 'MSAFD*' }", true},
      {"provider = none_of { 'MSAFD*' }", false},
      {"provider = none_of { '*UDP*' }", true},
  };
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(*state, &request, cases);
}

static void a_provider_without_a_name(void **state)
{
  static const rule_case_t cases[] = {
      {"provider = '*'", true}, {"provider = 'M*'", false}, {"provider = none_of 'M*'", true}};
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.provider = NULL;
  run(*state, &request, cases);
}

static void app_by_name_or_by_path(void **state)
{
  static const rule_case_t cases[] = {
      {"app = 'probe.exe'", true},
      {"app = 'PROBE.EXE'", true},
      {"app = 'probe'", false},
      {"app = 'prob?.exe'", true},
      {"app = '?probe.exe'", false},
      {"app = '*.exe'", true},
      {"app = '*'", true},
      {"app = 'tools*'", false}, /* without a separator: the name, not the path */
      {"app = [[C:\\Tools\\Probe.exe]]", true},
      {"app = 'c:/tools/probe.exe'", true},
      {"app = [[c:\\*]]", true},
      {"app = [[*\\probe.exe]]", true},
      {"app = [[\\probe.exe]]", false},
      {"app = [[D:\\*]]", false},
      {"app = { 'x.exe', 'probe.exe' }", true},
      {"app = { 'x.exe', [[C:\\Windows\\*]] }", false},
      {"app = none_of { 'ping.exe', [[C:\\Program Files\\Nmap\\*]] }", true},
      {"app = none_of { 'ping.exe', [[C:\\Tools\\*]] }", false},
      {"app = 'probe.[ef]xe'", false}, /* no classes */
  };
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(*state, &request, cases);
}

static void star_crosses_separators(void **state)
{
  static const rule_case_t cases[] = {{"app = [[C:\\Program Files\\*.exe]]", true},
                                      {"app = [[C:\\*\\bin\\*]]", true},
                                      {"app = [[C:\\Program Files\\?\\app.exe]]", false}};
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  fixture->attributes[POLICY_ATTRIBUTE_NAME].text = "app.exe";
  fixture->attributes[POLICY_ATTRIBUTE_PATH].text = "C:\\Program Files\\Vendor\\bin\\app.exe";
  run(fixture, &request, cases);
}

static void case_folds_beyond_ascii(void **state)
{
  static const rule_case_t cases[] = {
      {"app = 'M\xc3\x9cLLER.exe'", true}, {"app = 'm?ller.exe'", true}, /* ? is a character, not a byte */
      {"app = 'm??ller.exe'", false},      {"app = [[c:\\\xd0\xbf\xd1\x80\xd0\xbe\xd0\xb3\\*]]", true},
      {"app = 'muller.exe'", false},
  };
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  fixture->attributes[POLICY_ATTRIBUTE_NAME].text = "M\xc3\xbcller.exe";
  fixture->attributes[POLICY_ATTRIBUTE_PATH].text = "C:\\\xd0\x9f\xd0\xa0\xd0\x9e\xd0\x93\\M\xc3\xbcller.exe";
  run(fixture, &request, cases);
}

static void user(void **state)
{
  static const rule_case_t cases[] = {
      {"user = [[CORP\\alice]]", true},
      {"user = [[corp\\ALICE]]", true},
      {"user = 'alice'", true},
      {"user = 'Alice'", true},
      {"user = 'corp'", false},
      {"user = [[OTHER\\alice]]", false},
      {"user = 'S-1-5-21-1-2-3-1001'", true},
      {"user = 's-1-5-21-1-2-3-1001'", true},
      {"user = 'S-1-5-18'", false},
      {"user = { 'bob', 'S-1-5-21-1-2-3-1001' }", true},
      {"user = none_of { 'bob', 'S-1-5-18' }", true},
      {"user = none_of { 'bob', 'alice' }", false},
      {"user = 'al*'", false}, /* names, not globs */
  };
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(*state, &request, cases);
}

static void elevated(void **state)
{
  static const rule_case_t when_elevated[] = {
      {"elevated = true", true}, {"elevated = false", false}, {"elevated = none_of(true)", false}};
  static const rule_case_t otherwise[] = {{"elevated = true", false}, {"elevated = false", true}};
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(fixture, &request, otherwise);
  fixture->attributes[POLICY_ATTRIBUTE_ELEVATED].flag = true;
  run(fixture, &request, when_elevated);
}

static void service(void **state)
{
  static const rule_case_t no_service[] = {
      {"service = false", true},
      {"service = true", false},
      {"service = 'Dnscache'", false},
      {"service = none_of 'Dnscache'", true},
      {"service = { false, 'Dnscache' }", true},
  };
  static const rule_case_t two_services[] = {
      {"service = true", true},
      {"service = false", false},
      {"service = 'dnscache'", true},
      {"service = 'LanmanWorkstation'", true},
      {"service = 'Dnsc'", false},
      {"service = 'cache'", false},
      {"service = { 'x', 'dnscache' }", true},
      {"service = none_of { 'dnscache' }", false},
      {"service = none_of { false, 'x' }", true},
  };
  static const rule_case_t nameless[] = {
      {"service = true", true}, {"service = false", false}, {"service = 'Dnscache'", false}};
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  run(fixture, &request, no_service);
  fixture->attributes[POLICY_ATTRIBUTE_SERVICE].flag = true;
  fixture->attributes[POLICY_ATTRIBUTE_SERVICE].text = "Dnscache\nLanmanWorkstation";
  run(fixture, &request, two_services);
  fixture->attributes[POLICY_ATTRIBUTE_SERVICE].text = "";
  run(fixture, &request, nameless);
}

static void rules_may_be_built_by_lua(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture,
                 "local names = {}\nfor i = 1, 50 do names[i] = 'tool' .. i .. '.exe' end\n"
                 "names[#names + 1] = 'probe.exe'\n"
                 "for _, type in ipairs { SOCK_RAW, SOCK_RDM } do\n"
                 "  rule { name = 'no ' .. type, app = names, type = type, verdict = reject(WSAEACCES) }\n"
                 "end\nnames[#names] = 'changed afterwards'");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10013");
  assert_string_equal(fixture->verdict.rule, "no 3");
  assert_string_equal(fixture_by(&fixture->verdict), "10-test.lua:5");
}

/* ---- folding: what is constant in a process costs it nothing ---- */

static void rules_for_others_cost_nothing(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }");
  uint64_t cost = fixture_decide(fixture, INET, STREAM, TCP)->cost;
  assert_int_equal(cost, 1);
  fixture_policy(fixture,
                 "for i = 1, 100 do rule { app = 'other' .. i .. '.exe', verdict = reject(WSAEACCES) } end\n"
                 "rule { user = 'bob', verdict = reject(WSAEACCES) }\n"
                 "rule { elevated = true, verdict = reject(WSAEACCES) }\n"
                 "rule { service = true, verdict = reject(WSAEACCES) }\n"
                 "rule { app = none_of 'probe.exe', verdict = reject(WSAEACCES) }\n"
                 "rule { type = SOCK_RAW, verdict = reject(WSAEACCES) }");
  assert_int_equal(fixture_decide(fixture, INET, STREAM, TCP)->cost, cost);
}

static void ten_thousand_foreign_rules(void **state)
{
  fixture_t *fixture = *state;
  size_t steps;

  for (int file = 0; file < 10; file++) {
    char name[32];

    snprintf(name, sizeof name, "%d-fleet.lua", file);
    fixture_write(fixture, name,
                  "for i = 1, 1000 do rule { app = { 'tool' .. i .. '.exe', 'old' .. i .. '.exe' }, "
                  "type = SOCK_RAW, verdict = reject(WSAEACCES, 'not for this tool') } end");
  }
  fixture_write(fixture, "99-own.lua", "rule { app = 'probe.exe', verdict = reject(WSAEMFILE) }");
  assert_int_equal(policy_engine_load(fixture_engine(fixture), NULL, &steps), 0);
  assert_int_equal(steps, 10001);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10024");
  assert_int_equal(fixture->verdict.cost, 1);
  assert_true(atomic_load(&fixture->bytes) < 256 * 1024); /* what is pruned away is not kept either */
}

static void ten_thousand_rules_written_out_in_one_file(void **state)
{
  fixture_t *fixture = *state;
  enum { RULES = 10000, LONGEST = 160 };
  char *text = test_malloc(RULES * LONGEST);
  size_t length = 0;

  for (int i = 0; i < RULES; i++)
    length += (size_t)snprintf(
        text + length, LONGEST,
        "rule { name = \"r%d\", app = [[C:\\Program Files\\Tool%d\\*.exe]], type = SOCK_RAW, "
        "verdict = reject(WSAEACCES, \"no\") }\n",
        i, i);
  fixture_write_bytes(fixture, "10-fleet.lua", text, length);
  test_free(text);
  assert_int_equal(fixture_load(fixture), 0);
}

static void facts_are_read_only_where_a_policy_asks(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture,
                 "rule { type = SOCK_RAW, verdict = allow() }\non_socket(function(r) local t = r.type end)");
  fixture_decide(fixture, INET, STREAM, TCP);
  for (int i = POLICY_ATTRIBUTE_PID; i < POLICY_ATTRIBUTE_COUNT; i++)
    assert_int_equal(atomic_load(&fixture->attribute_reads[i]), 0);
  fixture_policy(fixture, "rule { app = 'other.exe', user = 'alice', elevated = true, verdict = allow() }");
  fixture_decide(fixture, INET, STREAM, TCP);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_USER]),
                   0); /* the app rules it out already */
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_ELEVATED]), 0);
  fixture_policy(fixture, "rule { user = 'alice', verdict = allow() }");
  for (int i = 0; i < 10; i++)
    fixture_decide(fixture, INET, STREAM, TCP);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_USER]), 1);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_SID]), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(numbers),
      fixture_test(effective_values_are_matched),
      fixture_test(raw_zero_stays_zero),
      fixture_test(flags_all_bits_given),
      fixture_test(shared),
      fixture_test(provider),
      fixture_test(a_provider_without_a_name),
      fixture_test(app_by_name_or_by_path),
      fixture_test(star_crosses_separators),
      fixture_test(case_folds_beyond_ascii),
      fixture_test(user),
      fixture_test(elevated),
      fixture_test(service),
      fixture_test(rules_may_be_built_by_lua),
      fixture_test(rules_for_others_cost_nothing),
      fixture_test(ten_thousand_foreign_rules),
      fixture_test(ten_thousand_rules_written_out_in_one_file),
      fixture_test(facts_are_read_only_where_a_policy_asks),
  };

  return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
