/* policy_explain: each entry that is evaluated, in order, and why it did or did not match. */
#include "fixture.h"

typedef struct explanation {
  char text[4000];
} explanation_t;

static void visit(void *context, const policy_entry_t *entry)
{
  static const char *const outcomes[] = {"no match", "nothing", "allows",     "rejects",
                                         "rewrites", "failed",  "quarantined"};
  explanation_t *explained = context;
  size_t used = strlen(explained->text);

  snprintf(explained->text + used, sizeof explained->text - used, "%d%s %s%s%s%s%s\n", (int)entry->line,
           entry->function ? "f" : "", entry->rule != NULL ? entry->rule : "", entry->rule != NULL ? " " : "",
           outcomes[entry->outcome], entry->detail[0] ? ": " : "", entry->detail);
}

static const char *explain(fixture_t *fixture, int32_t af, int32_t type, int32_t protocol)
{
  static explanation_t explained;
  policy_request_t request = fixture_request(af, type, protocol);

  explained.text[0] = 0;
  policy_explain(fixture_engine(fixture), &request, &fixture->verdict, visit, &explained);
  return explained.text;
}

static void each_entry_in_order(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { name = 'one', type = SOCK_RAW, verdict = allow() }\n"
                          "on_socket(function() end)\n"
                          "rule { name = 'other app', app = 'other.exe', verdict = allow() }\n"
                          "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                          "rule { verdict = rewrite { type = SOCK_DGRAM } }\n"
                          "on_socket(function() error('boom') end)\n"
                          "rule { name = 'end', verdict = reject(WSAEACCES) }\n"
                          "rule { verdict = allow() }\n");
  assert_string_equal(explain(fixture, INET, STREAM, TCP),
                      "1 one no match: type is SOCK_STREAM, the rule wants SOCK_RAW\n"
                      "2f nothing\n"
                      "3 other app no match: app is \"C:\\Tools\\Probe.exe\", the rule wants \"other.exe\"\n"
                      "4 rewrites\n"
                      "5 nothing: the rewrite changes nothing\n"
                      "6f failed: boom\n"
                      "7 end rejects\n");
  assert_string_equal(fixture_says(&fixture->verdict), "reject 10013");
}

static void the_first_condition_that_failed(void **state)
{
  static const struct {
    const char *conditions, *detail;
  } cases[] = {
      {"type = SOCK_RAW", "type is SOCK_STREAM"},
      {"af = { AF_INET6, AF_UNIX }", "af is AF_INET, the rule wants one of AF_INET6, AF_UNIX"},
      {"protocol = none_of(IPPROTO_TCP)", "protocol is IPPROTO_TCP, the rule wants none of IPPROTO_TCP"},
      {"flags = WSA_FLAG_REGISTERED_IO",
       "flags is WSA_FLAG_OVERLAPPED, the rule wants WSA_FLAG_REGISTERED_IO"},
      {"shared = true", "shared is false"},
      {"provider = 'x*'", "provider is \"MSAFD Tcpip [TCP/IP]\", the rule wants \"x*\""},
      {"app = 'x'", "app is"},
      {"user = 'bob'", "user is \"CORP\\alice\", the rule wants \"bob\""},
      {"elevated = true", "elevated is false"},
      {"service = true", "service is false, the rule wants true"},
      {"app = 'probe.exe', type = SOCK_RAW, user = 'bob'", "type is"},
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char policy[200];

    snprintf(policy, sizeof policy, "rule { %s, verdict = allow() }", cases[i].conditions);
    fixture_policy(fixture, policy);
    assert_holds(explain(fixture, INET, STREAM, TCP), cases[i].detail);
  }
}

static void shared_and_quarantined(void **state)
{
  fixture_t *fixture = *state;
  static explanation_t explained;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  request.shared = true;
  fixture_policy(fixture,
                 "rule { verdict = rewrite { type = SOCK_DGRAM } }\non_socket(function() error('x') end)");
  for (int i = 0; i < 10; i++) {
    explained.text[0] = 0;
    policy_explain(fixture_engine(fixture), &request, &fixture->verdict, visit, &explained);
  }
  assert_holds(explained.text, "1 nothing: a shared socket is never rewritten\n");
  assert_holds(explained.text, "2f quarantined");
}

static void the_verdict_and_its_cost_are_those_of_deciding(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "for i = 1, 10 do rule { app = 'other' .. i, verdict = allow() } end\n"
                          "on_socket(function(r) return reject(WSAEMFILE, 'why') end)");
  policy_verdict_t decided = *fixture_decide(fixture, INET, STREAM, TCP);
  explain(fixture, INET, STREAM, TCP);
  explain(fixture, INET, STREAM, TCP);
  assert_string_equal(fixture_says(&fixture->verdict), "reject 10024");
  assert_string_equal(fixture->verdict.reason, decided.reason);
  assert_int_equal(fixture->verdict.line, decided.line);
  assert_int_equal(fixture->verdict.cost, decided.cost);
}

static void nothing_to_walk(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture, "rule {");
  assert_string_equal(explain(fixture, INET, STREAM, TCP), "");
  assert_string_equal(fixture_says(&fixture->verdict), "reject 10013");
}

static void numbers_without_a_name(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { af = 99, verdict = allow() }\nrule { flags = 0x1000, verdict = allow() }");
  assert_string_equal(explain(fixture, 77, STREAM, TCP),
                      "1 no match: af is 77, the rule wants 99\n"
                      "2 no match: flags is WSA_FLAG_OVERLAPPED, the rule wants 4096\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(each_entry_in_order),    fixture_test(the_first_condition_that_failed),
      fixture_test(shared_and_quarantined), fixture_test(the_verdict_and_its_cost_are_those_of_deciding),
      fixture_test(nothing_to_walk),        fixture_test(numbers_without_a_name),
  };

  return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
