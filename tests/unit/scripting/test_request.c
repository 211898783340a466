/* docs/policy-language.md, "on_socket": what on_socket functions are handed. */
#include "fixture.h"

static void all_fields(void **state)
{
  fixture_assert_lua(
      *state,
      "assert(request.af == AF_INET and request.type == SOCK_STREAM and request.protocol == IPPROTO_TCP)\n"
      "assert(request.requested.af == 2 and request.requested.type == 1)\n"
      "assert(request.requested.protocol == 6)\n"
      "assert(request.flags == WSA_FLAG_OVERLAPPED and request.overlapped == true)\n"
      "assert(request.shared == false and request.provider == 'MSAFD Tcpip [TCP/IP]')\n"
      "assert(request.catalog_id == 1001)\n"
      "local app = request.app\n"
      "assert(app.name == 'Probe.exe' and app.path == [[C:\\Tools\\Probe.exe]] and app.pid == 4242)\n"
      "assert(app.command_line == 'Probe.exe -v' and app.user == [[CORP\\alice]])\n"
      "assert(app.sid == 'S-1-5-21-1-2-3-1001' and app.elevated == false)\n"
      "assert(app.service == false and app.session == 7)\n"
      "assert(math.type(request.af) == 'integer' and math.type(app.pid) == 'integer')");
}

static void fields_follow_the_call(void **state)
{
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  fixture_policy(
      fixture,
      "on_socket(function(r) log(r.af, r.type) log(('%d/%d/%d %d/%d/%d %d %s %s %s %d'):format(r.af, r.type, "
      "r.protocol, r.requested.af, r.requested.type, r.requested.protocol, r.flags, r.overlapped, r.shared, "
      "r.provider, r.catalog_id)) end)");
  assert_holds(fixture_ask(fixture, &request)->log, "2/1/6 2/1/6 1 true false MSAFD Tcpip [TCP/IP] 1001");
  request = (policy_request_t){.requested = {-1, 0, -1},
                               .effective = {INET6, DGRAM, UDP},
                               .flags = 0x80,
                               .shared = true,
                               .provider = "Another",
                               .catalog_id = 4000000000u};
  assert_holds(fixture_ask(fixture, &request)->log, "23/2/17 -1/0/-1 128 false true Another 4000000000");
  request.provider = NULL;
  request.flags = 0xffffffffu;
  assert_holds(fixture_ask(fixture, &request)->log, "23/2/17 -1/0/-1 4294967295 true true  4000000000");
  request = fixture_request(INET, STREAM, TCP);
  assert_holds(fixture_ask(fixture, &request)->log, "2/1/6 2/1/6 1 true false MSAFD Tcpip [TCP/IP] 1001");
  char name[600];
  memset(name, 'n', sizeof name);
  name[sizeof name - 1] = 0;
  for (int i = 0; i < 3; i++) { /* longer than what is remembered: must be right each time */
    name[300] = (char)('a' + i);
    request.provider = name;
    fixture_ask(fixture, &request);
    const char *log = fixture->verdict.log;
    assert_int_equal(strstr(log, "nnna") != NULL   ? 0
                     : strstr(log, "nnnb") != NULL ? 1
                     : strstr(log, "nnnc") != NULL ? 2
                                                   : -1,
                     i);
  }
}

static void effective_is_what_earlier_steps_made_of_it(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(
      fixture, "on_socket(function(r) return rewrite { type = SOCK_DGRAM } end)\n"
               "on_socket(function(r) log(r.type, r.protocol) log(r.requested.type) log(r.protocol) end)\n");
  assert_string_equal(fixture_decide(fixture, INET, STREAM, TCP)->log, "2\n1\n17");
  assert_string_equal(fixture_decide(fixture, INET, RAW, ICMP)->log, "2\n3\n17");
}

static void what_app_service_is(void **state)
{
  fixture_t *fixture = *state;
  policy_attribute_value_t *service = &fixture->attributes[POLICY_ATTRIBUTE_SERVICE];

  service->flag = true;
  service->text = "";
  fixture_assert_lua(fixture, "assert(request.app.service == true)");
  service->text = "Dnscache";
  fixture_assert_lua(fixture, "assert(request.app.service == 'Dnscache')");
}

static void a_misspelt_field_is_an_error_that_says_which_was_meant(void **state)
{
  static const char *const cases[][2] = {
      {"request.tpye", "[type]"},
      {"request.requested.protocl", "[protocol]"},
      {"request.app.elevatd", "[elevated]"},
      {"request.app.comand_line", "[command_line]"},
      {"request.overlaped", "[overlapped]"},
      {"request[1]", "[] [] []"},
      {"request.app[{}]", "[] [] []"},
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char policy[100];

    snprintf(policy, sizeof policy, "on_socket(function(request)\n local x = %s end)", cases[i][0]);
    fixture_policy(fixture, policy);
    assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
    assert_holds(fixture->reports[0], "10-test.lua:2: error: request");
    assert_holds(fixture->reports[0], cases[i][1]);
  }
}

static void costly_facts_are_read_when_first_read_and_once(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture,
                 "on_socket(function(r) if r.type == SOCK_RAW then log(r.app.user) log(r.app.user) end end)");
  for (int i = 0; i < 5; i++)
    fixture_decide(fixture, INET, STREAM, TCP);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_USER]), 0);
  for (int i = 0; i < 5; i++)
    assert_string_equal(fixture_decide(fixture, INET, RAW, ICMP)->log, "CORP\\alice\nCORP\\alice");
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_USER]), 1);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_SID]), 0);
  assert_int_equal(atomic_load(&fixture->attribute_reads[POLICY_ATTRIBUTE_COMMAND_LINE]), 0);
}

static void a_fact_that_cannot_be_had_is_an_error_not_nil(void **state)
{
  fixture_t *fixture = *state;

  fixture->unknown[POLICY_ATTRIBUTE_ELEVATED] = true;
  fixture_policy(fixture,
                 "on_socket(function(r) if r.app.elevated == false then return reject(WSAEMFILE) end end)");
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  assert_holds(fixture->verdict.reason, "request.app.elevated cannot be determined");
}

static void fields_cannot_be_walked_in_secret(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function(r) for k in pairs(r) do log(k) end end)");
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  assert_holds(fixture->verdict.reason, "pairs");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(all_fields),
      fixture_test(fields_follow_the_call),
      fixture_test(effective_is_what_earlier_steps_made_of_it),
      fixture_test(what_app_service_is),
      fixture_test(a_misspelt_field_is_an_error_that_says_which_was_meant),
      fixture_test(costly_facts_are_read_when_first_read_and_once),
      fixture_test(a_fact_that_cannot_be_had_is_an_error_not_nil),
      fixture_test(fields_cannot_be_walked_in_secret),
  };

  return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
