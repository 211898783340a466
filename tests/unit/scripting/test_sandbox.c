/* docs/policy-language.md, "What else there is": what policies can and cannot reach. */
#include "fixture.h"

#include <ctype.h>

#include "constants.h"

static void every_allowed_word_exists(void **state)
{
  static const char *const words[] = {"assert",
                                      "error",
                                      "ipairs",
                                      "next",
                                      "pairs",
                                      "select",
                                      "tonumber",
                                      "tostring",
                                      "type",
                                      "math.floor",
                                      "math.huge",
                                      "math.pi",
                                      "math.max",
                                      "math.tointeger",
                                      "math.ult",
                                      "math.fmod",
                                      "string.byte",
                                      "string.char",
                                      "string.find",
                                      "string.format",
                                      "string.gmatch",
                                      "string.gsub",
                                      "string.len",
                                      "string.lower",
                                      "string.match",
                                      "string.rep",
                                      "string.reverse",
                                      "string.sub",
                                      "string.upper",
                                      "table.concat",
                                      "table.insert",
                                      "table.move",
                                      "table.pack",
                                      "table.remove",
                                      "table.sort",
                                      "table.unpack",
                                      "utf8.char",
                                      "utf8.charpattern",
                                      "utf8.codepoint",
                                      "utf8.codes",
                                      "utf8.len",
                                      "utf8.offset",
                                      "rule",
                                      "on_socket",
                                      "allow",
                                      "reject",
                                      "rewrite",
                                      "none_of",
                                      "log"};

  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    char body[100];

    snprintf(body, sizeof body, "assert(%s ~= nil)", words[i]);
    fixture_assert_lua(*state, body);
  }
}

static void every_forbidden_word_is_absent(void **state)
{
  static const char *const words[] = {
      "pcall",       "xpcall",      "load",          "loadstring",      "loadfile",     "dofile",
      "require",     "module",      "coroutine",     "setmetatable",    "getmetatable", "collectgarbage",
      "io",          "os",          "package",       "debug",           "_G",           "_VERSION",
      "rawget",      "rawset",      "rawequal",      "rawlen",          "print",        "warn",
      "string.dump", "string.pack", "string.unpack", "string.packsize", "math.random",  "math.randomseed",
      "('x').dump",  "('x').pack",  "jit",           "bit32",           "unpack",       "setfenv",
      "getfenv",     "newproxy"};
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    char policy[100];

    snprintf(policy, sizeof policy, "local x = %s", words[i]);
    fixture_policy(fixture, policy);
    if (fixture_load(fixture) != 1)
      fail_msg("%s exists", words[i]);
  }
}

static void no_addresses(void **state)
{
  static const char *const bodies[] = {
      "assert(not tostring({}):find('0x'))",        "assert(tostring({}) == 'table')",
      "assert(not tostring(log):find('%d'))",       "assert(not tostring(function() end):find('%d'))",
      "assert(not tostring(request):find('%d'))",   "assert(not tostring(request.app):find('%d'))",
      "assert(not tostring(allow()):find('%d'))",   "assert(not tostring(none_of {}):find('%d'))",
      "assert(string.format('%s', {}) == 'table')", "assert(not ('%s'):format(log):find('%d'))",
      "assert(tostring({}) == tostring({}))",
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
    fixture_assert_lua(fixture, bodies[i]);
  fixture_policy(fixture, "local x = ('%p'):format({})");
  assert_int_equal(fixture_load(fixture), 1);
  assert_holds(fixture->reports[0], "%p");
  fixture_policy(fixture, "error({})");
  fixture_load(fixture);
  assert_null(strstr(fixture->reports[0], "0x"));
}

static void nothing_shared_can_be_written(void **state)
{
  static const char *const statements[] = {
      "string.rep = nil",
      "string.new = 5",
      "table.insert = 5",
      "math.pi = 3",
      "utf8.len = 5",
      "request.type = 1",
      "request.new = 1",
      "request.app.name = 'x'",
      "request.requested.af = 1",
      "request.app = {}",
      "table.insert(string, 5)",
      "table.sort(request, function() end) request[1] = 1",
      "table.move({1}, 1, 1, 1, string)",
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
    char policy[200];

    snprintf(policy, sizeof policy, "on_socket(function(request) %s end)", statements[i]);
    fixture_policy(fixture, policy);
    fixture_decide(fixture, INET, STREAM, TCP);
    if (!fixture->verdict.failed || strstr(fixture->verdict.reason, "read-only") == NULL)
      fail_msg("%s: %s", statements[i], fixture->verdict.reason);
  }
}

static void strings_keep_their_methods(void **state)
{
  fixture_assert_lua(*state, "local s = 'x' assert(s:rep(3) == 'xxx' and #s == 1 and s.upper(s) == 'X')\n"
                             "string = nil assert(string.rep == s.rep)");
}

static void each_file_has_globals_of_its_own(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "10-a.lua",
                "secret = 'a' rule_type = SOCK_RAW string = { rep = 'gone' } SOCK_RAW = 1\n"
                "allow = reject\n_ENV.more = 1");
  fixture_write(fixture, "20-b.lua",
                "on_socket(function()\n"
                "  assert(string.rep('x', 2) == 'xx' and SOCK_RAW == 3)\n"
                "  for name in pairs(_ENV) do error('sees ' .. name) end\n"
                "  return allow() end)");
  fixture_write(fixture, "30-c.lua", "rule { verdict = reject(WSAEACCES) }");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "allow");
  assert_false(fixture->verdict.failed);
  fixture_write(fixture, "20-b.lua", "on_socket(function() local x = secret end)");
  fixture_load(fixture);
  assert_true(fixture_decide(fixture, INET, STREAM, TCP)->failed);
  assert_holds(fixture_report(fixture, "20-b.lua"), "unknown name 'secret'");
}

static void globals_of_ones_own_work(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture,
                 "tools = { 'a', 'b' }\nfunction has(list, name)\n  for _, entry in ipairs(list) do\n"
                 "    if entry == name then return true end\n  end\nend\n"
                 "on_socket(function() if has(tools, 'b') then return reject(WSAEMFILE) end end)");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
}

static void every_constant(void **state)
{
  fixture_t *fixture = *state;

  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const word_t *words = constants_of((policy_constants_t)group, &count);

    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
      char body[120];

      snprintf(body, sizeof body, "assert(%s == %d)", words[i].name, (int)words[i].value);
      fixture_assert_lua(fixture, body);
    }
  }
}

static void constants_that_programs_use(void **state)
{
  fixture_assert_lua(
      *state,
      "assert(AF_UNSPEC == 0 and AF_UNIX == 1 and AF_INET == 2 and AF_INET6 == 23 and AF_BTH == 32\n"
      "and AF_HYPERV == 34 and AF_IRDA == 26 and SOCK_STREAM == 1 and SOCK_DGRAM == 2 and SOCK_RAW == 3\n"
      "and SOCK_RDM == 4 and SOCK_SEQPACKET == 5 and IPPROTO_IP == 0 and IPPROTO_ICMP == 1\n"
      "and IPPROTO_TCP == 6 and IPPROTO_UDP == 17 and IPPROTO_IPV6 == 41 and IPPROTO_ICMPV6 == 58\n"
      "and IPPROTO_RAW == 255 and IPPROTO_SCTP == 132 and IPPROTO_IGMP == 2 and IPPROTO_PGM == 113\n"
      "and WSA_FLAG_OVERLAPPED == 1 and WSA_FLAG_NO_HANDLE_INHERIT == 0x80\n"
      "and WSA_FLAG_REGISTERED_IO == 0x100 and WSAEACCES == 10013 and WSAEAFNOSUPPORT == 10047\n"
      "and WSAEPROTONOSUPPORT == 10043 and WSAESOCKTNOSUPPORT == 10044 and WSAENETDOWN == 10050\n"
      "and WSAEMFILE == 10024 and WSAENOBUFS == 10055 and WSAEINVAL == 10022)");
}

static void the_hosts_locale_changes_nothing(void **state)
{
  fixture_assert_lua(*state, "assert(tostring(1.5) == '1.5' and ('%.1f'):format(2.5) == '2.5')\n"
                             "assert(tonumber('1.5') == 1.5 and not tonumber('1,5'))\n"
                             "assert(('\\xc4'):lower() == '\\xc4' and not ('\\xe4'):find('%a'))");
}

static void verdicts_are_opaque(void **state)
{
  fixture_t *fixture = *state;
  static const char *const bodies[] = {"allow().x = 1", "local x = reject(WSAEACCES).error",
                                       "local x = #none_of {}"};

  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    fixture_policy(fixture, bodies[i]);
    assert_int_equal(fixture_load(fixture), 1);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(every_allowed_word_exists),
      fixture_test(every_forbidden_word_is_absent),
      fixture_test(no_addresses),
      fixture_test(nothing_shared_can_be_written),
      fixture_test(strings_keep_their_methods),
      fixture_test(each_file_has_globals_of_its_own),
      fixture_test(globals_of_ones_own_work),
      fixture_test(every_constant),
      fixture_test(constants_that_programs_use),
      fixture_test(the_hosts_locale_changes_nothing),
      fixture_test(verdicts_are_opaque),
  };

  return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
