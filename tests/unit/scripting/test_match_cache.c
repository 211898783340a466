/* What a reader slot keeps of earlier calls (rules that do not match, requests that are written already)
 * never shows: each decision is the one that policy_explain comes to, which evaluates every entry of a set
 * and uses no match cache. */
#include "fixture.h"

static void read_settings(void *context, policy_settings_t *settings)
{
  *settings = ((fixture_t *)context)->settings;
}

static void ignore(void *context, const policy_entry_t *entry)
{
  (void)context, (void)entry;
}

/* Through providers that the host has numbered, or not. */
static void compare(fixture_t *fixture, bool numbered)
{
  static const char *const providers[] = {"MSAFD Tcpip [TCP/IP]", "MSAFD Tcpip [UDP/IP]", NULL};
  policy_verdict_t explained;

  fixture_write(
      fixture, "10-rules.lua",
      "for i = 100, 140 do rule { protocol = i, type = SOCK_RAW, verdict = reject(WSAEACCES) } end\n"
      "rule { provider = '*UDP*', type = SOCK_STREAM, protocol = 17, verdict = reject(WSAEFAULT) }\n"
      "rule { flags = 128, af = AF_INET6, type = SOCK_DGRAM, verdict = rewrite { af = AF_INET } }\n"
      "rule { shared = true, type = SOCK_DGRAM, verdict = reject(WSAEUSERS) }\n"
      "on_socket(function(request)\n"
      "  log(request.af .. request.type .. request.protocol .. request.flags .. request.provider ..\n"
      "    request.requested.protocol .. request.catalog_id .. tostring(request.overlapped))\n"
      "  if request.flags == 1 and request.protocol == 17 then return rewrite { type = SOCK_RAW } end\n"
      "end)\n"
      "for i = 100, 140 do rule { protocol = i, verdict = reject(WSAEMFILE) } end\n"
      "rule { af = AF_INET, type = SOCK_RAW, protocol = 0, verdict = reject(WSAENOBUFS) }\n"
      "rule { type = SOCK_STREAM, protocol = 6, verdict = allow() }");
  policy_host_t host = {.context = fixture, .read_settings = read_settings};
  policy_engine_t *explaining = policy_engine_create(&host);
  uint32_t random = 1;
  for (int i = 0; i < 4000; i++) {
    random = random * 1664525u + 1013904223u;
    uint32_t bits = random >> 8;
    policy_request_t request = fixture_request(bits & 1 ? INET : INET6, 1 + (int)(bits >> 1) % 3, 0);
    request.effective.protocol = bits & 8 ? 6 : bits & 16 ? 17 : 90 + (int)(bits >> 5) % 60;
    request.flags = bits & 2048 ? 1 : 128;
    request.shared = (bits & 0x7000) == 0;
    request.provider = providers[(bits >> 15) % 3];
    /* All in one place of a table whose places are found by half of the number. */
    request.provider_number = numbered ? 1 + ((uint64_t)((bits >> 15) % 3) << 32) : 0;
    request.catalog_id = 1000 + (bits >> 17) % 2;
    fixture_ask(fixture, &request);
    policy_explain(explaining, &request, &explained, ignore, NULL);
    assert_int_equal(fixture->verdict.decided, explained.decided);
    assert_int_equal(fixture->verdict.error, explained.error);
    assert_int_equal(fixture->verdict.line, explained.line);
    assert_int_equal(fixture->verdict.cost, explained.cost);
    assert_memory_equal(&fixture->verdict.triple, &explained.triple, sizeof explained.triple);
    assert_string_equal(fixture->verdict.log, explained.log);
    if (explained.log[0])
      assert_holds(explained.log, request.provider != NULL ? request.provider : "");
  }
  policy_engine_destroy(explaining);
}

static void never_shows_in_a_verdict(void **state)
{
  compare(*state, false);
}

static void never_shows_where_providers_are_numbered(void **state)
{
  compare(*state, true);
}

int main(void)
{
  const struct CMUnitTest tests[] = {fixture_test(never_shows_in_a_verdict),
                                     fixture_test(never_shows_where_providers_are_numbered)};

  return cmocka_run_group_tests_name("match_cache", tests, NULL, NULL);
}
