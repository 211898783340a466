/* docs/policy-tools.md: exit statuses, --json fields, --explain, and help with mistyped options. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <ctype.h>
#include <stdlib.h>
#include <sys/wait.h>

static char output[64 * 1024]; /* of the last run, stderr included where asked for */

/* Run `sockwarden ARGUMENTS`, with %s standing for the policy folder. Returns the exit status. */
static int run(fixture_t *fixture, const char *arguments)
{
  char command[2048];
  int length = snprintf(command, sizeof command, "%s ", SOCKWARDEN);

  for (const char *from = arguments; *from; from++) {
    if (from[0] == '%' && from[1] == 's') {
      length += snprintf(command + length, sizeof command - (size_t)length, "'%s'", fixture->folder);
      from++;
    } else {
      command[length++] = *from;
    }
    assert_true((size_t)length < sizeof command);
  }
  command[length] = 0;
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  size_t got = fread(output, 1, sizeof output - 1, pipe);
  output[got] = 0;
  int status = pclose(pipe);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/* ---- JSON, read strictly ---- */

static const char *skip_value(const char *json);

static const char *skip_space(const char *json)
{
  while (*json == ' ' || *json == '\n')
    json++;
  return json;
}

static const char *skip_text(const char *json)
{
  assert_int_equal(*json, '"');
  for (json++; *json != '"'; json++) {
    assert_true((unsigned char)*json >= 0x20);
    if (*json == '\\') {
      json++;
      assert_non_null(strchr("\"\\/bfnrtu", *json));
    }
  }
  return json + 1;
}

static const char *skip_members(const char *json, char end)
{
  if (*(json = skip_space(json + 1)) == end)
    return json + 1;
  for (;; json++) {
    if (end == '}') {
      json = skip_space(skip_text(skip_space(json)));
      assert_int_equal(*json, ':');
      json++;
    }
    json = skip_space(skip_value(json));
    if (*json == end)
      return json + 1;
    assert_int_equal(*json, ',');
  }
}

static const char *skip_value(const char *json)
{
  static const char *const words[] = {"true", "false", "null"};

  json = skip_space(json);
  if (*json == '{')
    return skip_members(json, '}');
  if (*json == '[')
    return skip_members(json, ']');
  if (*json == '"')
    return skip_text(json);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strncmp(json, words[i], strlen(words[i])) == 0)
      return json + strlen(words[i]);
  char *end;
  strtod(json, &end);
  assert_true(end > json);
  return end;
}

static void assert_utf8(const char *text)
{
  for (const unsigned char *c = (const unsigned char *)text; *c;) {
    int more = *c < 0x80                 ? 0
               : *c >= 0xc2 && *c < 0xe0 ? 1
               : *c >= 0xe0 && *c < 0xf0 ? 2
               : *c >= 0xf0              ? 3
                                         : -1;

    assert_true(more >= 0);
    for (c++; more--; c++)
      assert_int_equal(*c & 0xc0, 0x80);
  }
}

/* The output is one JSON object, on one line; its member of that name, as written ("null", "10013",
 * "\"allow\""). */
static const char *member(const char *name)
{
  static char value[4000];
  const char *end = skip_value(output);

  assert_int_equal(output[0], '{');
  assert_string_equal(end, "\n");
  assert_utf8(output);
  for (const char *at = output + 1; *at != '}'; at += *at == ',') {
    const char *key = at, *after = skip_text(at);

    at = skip_value(after + 1);
    if ((size_t)(after - key) == strlen(name) + 2 && strncmp(key + 1, name, strlen(name)) == 0) {
      snprintf(value, sizeof value, "%.*s", (int)(at - after - 1), after + 1);
      return value;
    }
  }
  return NULL;
}

static void assert_member(const char *name, const char *value)
{
  const char *found = member(name);

  if (found == NULL || strcmp(found, value) != 0)
    fail_msg("%s is %s, not %s, in %s", name, found != NULL ? found : "absent", value, output);
}

/* ---- eval ---- */

static void eval_allows(void **state)
{
  assert_int_equal(run(*state, "eval --policies %s --json"), 0);
  assert_member("verdict", "\"allow\"");
  assert_member("af", "2");
  assert_member("type", "1");
  assert_member("protocol", "6"); /* what socket(AF_INET, SOCK_STREAM, 0) gets */
  assert_null(member("code"));
  assert_null(member("error"));
  assert_member("file", "null");
  assert_member("line", "null");
  assert_member("rule", "null");
  assert_member("reason", "null");
  assert_member("cost", "0");
  assert_null(member("steps"));
}

static void eval_rejects(void **state)
{
  fixture_policy(*state,
                 "\nrule { name = 'no raw', type = SOCK_RAW, verdict = reject(WSAEACCES, 'why \"so\"') }");
  /* "A reject is a fine answer: exit status 0." */
  assert_int_equal(run(*state, "eval --policies %s --af inet --type raw --protocol icmp --json"), 0);
  assert_member("verdict", "\"reject\"");
  assert_member("code", "10013");
  assert_member("error", "\"WSAEACCES\"");
  assert_member("file", "\"10-test.lua\"");
  assert_member("line", "2");
  assert_member("rule", "\"no raw\"");
  assert_member("reason", "\"why \\\"so\\\"\"");
  assert_member("type", "3");
  assert_member("protocol", "1");
  assert_member("cost", "1");
}

static void eval_rewrites(void **state)
{
  fixture_policy(*state, "on_socket(function() return rewrite { type = SOCK_DGRAM } end)");
  assert_int_equal(run(*state, "eval --policies %s --json"), 0);
  assert_member("verdict", "\"rewrite\"");
  assert_member("type", "2");
  assert_member("protocol", "17");
  assert_member("rule", "null");
  assert_true(atoi(member("cost")) > 1);
}

static void eval_explains(void **state)
{
  fixture_policy(*state, "rule { app = 'other.exe', verdict = allow() }\non_socket(function() end)\n"
                         "rule { name = 'last', verdict = reject(WSAEMFILE) }");
  assert_int_equal(run(*state, "eval --policies %s --explain --json"), 0);
  assert_member("verdict", "\"reject\"");
  const char *steps = member("steps");
  assert_int_equal(steps[0], '[');
  assert_holds(steps, "other.exe");
  assert_holds(steps, "\"rule\":\"last\"");
  assert_int_equal(run(*state, "eval --policies %s --explain"), 0);
  assert_holds(output, "10-test.lua:1");
  assert_holds(output, "10-test.lua:2");
  assert_holds(output, "other.exe");
  assert_holds(output, "reject WSAEMFILE (10024)");
  assert_holds(output, "last");
}

static void eval_takes_the_process_from_options(void **state)
{
  fixture_policy(
      *state,
      "on_socket(function(r) local a = r.app return reject(WSAEMFILE, "
      "('%s %s %d %s %s %s %s %s %d %d %s %s %d'):format(a.name, a.path, a.pid, a.command_line, a.user, "
      "a.sid, a.elevated, a.service, a.session, r.flags, r.shared, r.provider, r.catalog_id)) end)");
  assert_int_equal(run(*state, "eval --policies %s --json"), 0);
  assert_member("reason", "\"  0    false false 1 1 false MSAFD Tcpip [TCP/IP] 1001\"");
  assert_int_equal(
      run(*state, "eval --policies %s --json --app 'C:\\tools\\scan.exe' --pid 5 --command-line 'scan -v' "
                  "--user 'D\\u' --sid S-1-5-18 --elevated --service Dnscache --session=2 "
                  "--flags overlapped,no_handle_inherit --shared true --provider P --catalog-id 7"),
      0);
  assert_member(
      "reason",
      "\"scan.exe C:\\\\tools\\\\scan.exe 5 scan -v D\\\\u S-1-5-18 true Dnscache 2 129 true P 7\"");
}

static void eval_takes_the_triple_by_name_or_number(void **state)
{
  static const char *const calls[] = {"--af inet6 --type dgram",
                                      "--af AF_INET6 --type SOCK_DGRAM --protocol udp",
                                      "--af 23 --type 2 --protocol 17", "--af=INET6 --type=2 --protocol=0"};

  fixture_policy(*state, "");
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    char arguments[200];

    snprintf(arguments, sizeof arguments, "eval --policies %%s --json %s", calls[i]);
    assert_int_equal(run(*state, arguments), 0);
    assert_member("af", "23");
    assert_member("type", "2");
    assert_member("protocol", "17");
  }
  assert_int_equal(run(*state, "eval --policies %s --json --type raw --protocol 200"), 0);
  assert_member("protocol", "200");
  assert_int_equal(run(*state, "eval --policies %s --json --type raw"), 0);
  assert_member("protocol", "0"); /* RAW 0 stays 0 */
}

static void eval_takes_settings_from_options(void **state)
{
  fixture_policy(*state, "rule { type = SOCK_RAW, verdict = reject(WSAEMFILE) }");
  assert_int_equal(run(*state, "eval --policies %s --json --default-verdict reject"), 0);
  assert_member("verdict", "\"reject\"");
  assert_member("file", "null");
  assert_int_equal(run(*state, "eval --policies %s --json --mode audit --type raw"), 0);
  assert_member("verdict", "\"allow\"");
  assert_null(member("code"));
  assert_int_equal(run(*state, "eval --policies %s --json --mode off --default-verdict reject"), 0);
  assert_member("verdict", "\"allow\"");
  fixture_policy(*state, "on_socket(function() while true do end end)");
  assert_int_equal(
      run(*state, "eval --policies %s --json --on-error reject --instruction-limit 500 2>&1 >/dev/null"), 1);
  assert_holds(output, "10-test.lua:1: error: instruction limit reached (500 steps)");
  assert_int_equal(
      run(*state, "eval --policies %s --json --on-error reject --memory-limit-kib 64 2>/dev/null"), 1);
  assert_member("verdict", "\"reject\"");
}

static void eval_with_a_broken_policy(void **state)
{
  fixture_policy(*state, "rule { tpye = 1, verdict = allow() }");
  assert_int_equal(run(*state, "eval --policies %s --json 2>/dev/null"), 1);
  assert_member("verdict", "\"allow\"");
  assert_int_equal(run(*state, "eval --policies %s --json --on-error reject 2>/dev/null"), 1);
  assert_member("verdict", "\"reject\"");
  assert_member("code", "10013");
  assert_int_equal(run(*state, "eval --policies %s 2>&1 >/dev/null"), 1);
  assert_holds(output, "10-test.lua:1: error: ");
  assert_holds(output, "did you mean: type");
}

static void json_is_always_valid(void **state)
{
  fixture_policy(*state,
                 "rule { name = 'a\\xff\\xc3\\1\\n\\t\"\\\\\\127', verdict = reject(WSAEMFILE, '\\xe2\\x82 "
                 "gr\\xc3\\xbc\\xc3\\x9f \\xed\\xa0\\x80\\xf5') }");
  assert_int_equal(run(*state, "eval --policies %s --json --explain"), 0);
  assert_holds(member("reason"), "gr\xc3\xbc\xc3\x9f");
  assert_holds(member("rule"), "\\n");
}

/* ---- check ---- */

static void check_counts(void **state)
{
  fixture_policy(*state, "rule { type = SOCK_RAW, verdict = allow() }\non_socket(function() end)");
  assert_int_equal(run(*state, "check %s"), 0);
  assert_holds(output, "1 policy, 2 steps");
  assert_int_equal(run(*state, "check %s --json"), 0);
  assert_member("policies", "1");
  assert_member("steps", "2");
  assert_member("errors", "0");
}

static void check_finds_mistakes(void **state)
{
  fixture_policy(*state, "rule { tpye = 1, verdict = allow() }\nrule { type = 'x', verdict = allow() }");
  assert_int_equal(run(*state, "check %s 2>&1"), 1);
  assert_holds(output, "10-test.lua:1:8: error: ");
  assert_holds(output, "10-test.lua:2:8: error: ");
  assert_holds(output, "2 errors");
  assert_int_equal(run(*state, "check %s --json 2>/dev/null"), 1);
  assert_member("errors", "2");
}

static void check_a_folder_that_is_not_there(void **state)
{
  assert_int_equal(run(*state, "check %s/nowhere 2>&1"), 1);
  assert_holds(output, "not found");
}

/* ---- mistyped ---- */

static void usage_errors(void **state)
{
  static const char *const cases[][2] = {
      {"", "usage:"},
      {"evla", "did you mean eval?"},
      {"eval", "--policies"},
      {"check", "which folder"},
      {"check a b", "one argument too many"},
      {"eval extra --policies %s", "extra"},
      {"eval --polices %s", "did you mean --policies?"},
      {"eval --polices=%s", "did you mean --policies?"},
      {"eval --policies", "needs a value"},
      {"eval --policies %s --af inte6", "did you mean AF_INET6?"},
      {"eval --policies %s --type SOCK_RWA", "did you mean SOCK_RAW?"},
      {"eval --policies %s --protocol icpm", "did you mean IPPROTO_ICMP?"},
      {"eval --policies %s --flags overlaped", "did you mean WSA_FLAG_OVERLAPPED?"},
      {"eval --policies %s --elevated=maybe", "true or false"},
      {"eval --policies %s --pid x", "number"},
      {"eval --policies %s --pid -1", "number"},
      {"eval --policies %s --mode on", "enforce, audit or off"},
      {"eval --policies %s --on-error maybe", "allow or reject"},
      {"eval --policies %s --json=yes", "takes no value"},
      {"eval -x --policies %s", "-x"},
  };

  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char arguments[300];

    snprintf(arguments, sizeof arguments, "%s 2>&1 >/dev/null", cases[i][0]);
    int status = run(*state, arguments);
    if (status != 2 || strstr(output, cases[i][1]) == NULL)
      fail_msg("%s: exit status %d, %s", cases[i][0], status, output);
  }
}

static void help(void **state)
{
  static const char *const calls[] = {"--help", "help", "eval --help", "check --help", "eval -h"};

  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    assert_int_equal(run(*state, calls[i]), 0);
    assert_holds(output, "usage: sockwarden");
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(eval_allows),
      fixture_test(eval_rejects),
      fixture_test(eval_rewrites),
      fixture_test(eval_explains),
      fixture_test(eval_takes_the_process_from_options),
      fixture_test(eval_takes_the_triple_by_name_or_number),
      fixture_test(eval_takes_settings_from_options),
      fixture_test(eval_with_a_broken_policy),
      fixture_test(json_is_always_valid),
      fixture_test(check_counts),
      fixture_test(check_finds_mistakes),
      fixture_test(check_a_folder_that_is_not_there),
      fixture_test(usage_errors),
      fixture_test(help),
  };

  return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
