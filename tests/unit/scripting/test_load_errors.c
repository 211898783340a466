/* Mistakes in policies are reported at load: file, line, what is wrong, the word that is wrong, what was
 * probably meant by it, or what to do. */
#include "fixture.h"

typedef struct error_case {
  const char *policy;
  int line;
  const char *message;                       /* a part of it */
  const char *subject, *correction, *advice; /* NULL: there is none */
} error_case_t;

static void run_cases(fixture_t *fixture, const error_case_t *cases, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const error_case_t *wanted = &cases[i];
    char place[40], hint[300];

    fixture_policy(fixture, wanted->policy);
    assert_int_equal(fixture_load(fixture), 1);
    assert_int_equal(fixture->report_count, 1);
    const char *report = fixture->reports[0];
    snprintf(place, sizeof place, "10-test.lua:%d: error: ", wanted->line);
    snprintf(hint, sizeof hint, " [%s] [%s] [%s]", wanted->subject != NULL ? wanted->subject : "",
             wanted->correction != NULL ? wanted->correction : "",
             wanted->advice != NULL ? wanted->advice : "");
    size_t length = strlen(report);
    if (strncmp(report, place, strlen(place)) != 0 || strstr(report, wanted->message) == NULL ||
        length < strlen(hint) || strcmp(report + length - strlen(hint), hint) != 0)
      fail_msg("%s\ngives: %s\nnot: %s%s%s", wanted->policy, report, place, wanted->message, hint);
  }
}

#define run(fixture, cases) run_cases(fixture, cases, sizeof(cases) / sizeof(cases)[0])

static void misspelt_names(void **state)
{
  static const error_case_t cases[] = {
      {"rule {\n  tpye = SOCK_RAW,\n  verdict = allow() }", 1, "tpye", "tpye", "type", NULL},
      {"\nrule { protcol = 6, verdict = allow() }", 2, "protcol", "protcol", "protocol", NULL},
      {"rule { elevatd = true, verdict = allow() }", 1, "elevatd", "elevatd", "elevated", NULL},
      {"rule { verdikt = allow() }", 1, "verdikt", "verdikt", "verdict", NULL},
      {"rule { type = SOCK_RAWW, verdict = allow() }", 1, "SOCK_RAWW", "SOCK_RAWW", "SOCK_RAW", NULL},
      {"\n\nrule { af = AF_INET66, verdict = allow() }", 3, "AF_INET66", "AF_INET66", "AF_INET6", NULL},
      {"rule { af = AF_NOSUCHTHING, verdict = allow() }", 1, "unknown name", "AF_NOSUCHTHING", NULL, NULL},
      {"rule { verdict = reject(WSAEACCESS) }", 1, "WSAEACCESS", "WSAEACCESS", "WSAEACCES", NULL},
      {"rul { verdict = allow() }", 1, "rul", "rul", "rule", NULL},
      {"rule { verdict = alow() }", 1, "alow", "alow", "allow", NULL},
      {"on_sockt(function() end)", 1, "on_sockt", "on_sockt", "on_socket", NULL},
      {"rule { verdict = rewrite { typ = SOCK_DGRAM } }", 1, "rewrite has no field 'typ'", "typ", "type",
       NULL},
      {"local x = string.gsubb", 1, "string has no field 'gsubb'", "gsubb", "gsub", NULL},
      {"local x = ('x'):uper()", 1, "uper", "uper", "upper", NULL},
      {"print('hello')", 1, "'print' is not part of the policy language", "print", "log", NULL},
      {"require('x')", 1, "'require' is not part of the policy language", "require", NULL, NULL},
  };

  run(*state, cases);
}

static void wrong_types(void **state)
{
  static const error_case_t cases[] = {
      {"rule { type = 'SOCK_RAW', verdict = allow() }", 1, "type", "type", NULL,
       "write SOCK_RAW, without quotes"},
      {"rule { af = 'inet6', verdict = allow() }", 1, "af", "af", NULL, "write AF_INET6, without quotes"},
      {"rule { af = 'ipv6', verdict = allow() }", 1, "af must be a number", "af", NULL, NULL},
      {"rule { type = true, verdict = allow() }", 1, "type", "type", NULL, NULL},
      {"rule { type = 1.5, verdict = allow() }", 1, "type", "type", NULL, NULL},
      {"rule { type = { 1, 'x' }, verdict = allow() }", 1, "type", "type", NULL, NULL},
      {"rule { type = { a = 1 }, verdict = allow() }", 1, "type", "type", NULL, NULL},
      {"rule { app = 5, verdict = allow() }", 1, "app", "app", NULL, NULL},
      {"rule { app = '', verdict = allow() }", 1, "app", "app", NULL, NULL},
      {"rule { app = 'a\\0b', verdict = allow() }", 1, "app", "app", NULL, NULL},
      {"rule { app = { none_of { 'a' } }, verdict = allow() }", 1, "app", "app", NULL, NULL},
      {"rule { app = none_of(none_of('a')), verdict = allow() }", 1, "none_of", NULL, NULL, NULL},
      {"rule { user = true, verdict = allow() }", 1, "user", "user", NULL, NULL},
      {"rule { elevated = 'yes', verdict = allow() }", 1, "elevated", "elevated", NULL, NULL},
      {"rule { shared = 1, verdict = allow() }", 1, "shared", "shared", NULL, NULL},
      {"rule { service = 5, verdict = allow() }", 1, "service", "service", NULL, NULL},
      {"rule { provider = {5}, verdict = allow() }", 1, "provider", "provider", NULL, NULL},
      {"rule { flags = 'x', verdict = allow() }", 1, "flags", "flags", NULL, NULL},
      {"rule { name = 5, verdict = allow() }", 1, "name", "name", NULL, NULL},
      {"rule { 5, verdict = allow() }", 1, "names", "rule", NULL, NULL},
      {"rule { [''] = 5, verdict = allow() }", 1, "a rule has no field ''", "rule", NULL, NULL},
      {"rule { type = 1 }", 1, "no verdict", "rule", NULL,
       "add a verdict, such as verdict = reject(WSAEACCES)"},
      {"rule { verdict = allow }", 1, "verdict", "allow", "allow()", NULL},
      {"rule { verdict = reject }", 1, "verdict", "reject", "reject(WSAEACCES)", NULL},
      {"rule { verdict = 'reject' }", 1, "verdict", "verdict", NULL,
       "write allow(), reject(WSAEACCES) or rewrite { ... }, without quotes"},
      {"rule { verdict = WSAEACCES }", 1, "verdict", "verdict", NULL, "write reject(WSAEACCES)"},
      {"rule { verdict = WSAEINPROGRESS }", 1, "verdict", "verdict", NULL, NULL},
      {"rule(5)", 1, "table", "rule", NULL,
       "write rule { name = \"...\", type = SOCK_RAW, verdict = reject(WSAEACCES) }"},
      {"rule()", 1, "table", "rule", NULL,
       "write rule { name = \"...\", type = SOCK_RAW, verdict = reject(WSAEACCES) }"},
      {"on_socket(5)", 1, "function", "on_socket", NULL, "write on_socket(function(request) ... end)"},
      {"on_socket()", 1, "function", "on_socket", NULL, "write on_socket(function(request) ... end)"},
      {"rule { verdict = reject() }", 1, "needs an error code", "reject", NULL, "write reject(WSAEACCES)"},
      {"rule { verdict = reject(WSAEINPROGRESS) }", 1, "WSAEINPROGRESS", "reject", NULL,
       "write reject(WSAEACCES)"},
      {"rule { verdict = reject(10036) }", 1, "WSAEINPROGRESS", "reject", NULL, "write reject(WSAEACCES)"},
      {"rule { verdict = reject(0) }", 1, "0", "reject", NULL, "use an error such as WSAEACCES"},
      {"rule { verdict = reject(997) }", 1, "997", "reject", NULL, "use an error such as WSAEACCES"},
      {"rule { verdict = reject(1 << 40) }", 1, "not a Winsock error", "reject", NULL,
       "use an error such as WSAEACCES"},
      {"rule { verdict = reject(WSAEACCES, 5) }", 1, "the reason must be a string", "reject", NULL, NULL},
      {"rule { verdict = rewrite {} }", 1, "rewrite", "rewrite", NULL, NULL},
      {"rule { verdict = rewrite { reason = 'x' } }", 1, "rewrite", "rewrite", NULL, NULL},
      {"rule { verdict = rewrite { type = 0 } }", 1, "rewrite", "rewrite", NULL, NULL},
      {"rule { verdict = rewrite { protocol = 1 << 40 } }", 1, "rewrite", "rewrite", NULL, NULL},
  };

  run(*state, cases);
}

static void errors_of_lua(void **state)
{
  static const error_case_t cases[] = {
      {"rule {\n  type = SOCK_RAW\n  verdict = allow()\n}", 3, "'}' expected", "verdict", NULL, NULL},
      {"\n\nlocal x = = 5", 3, "unexpected symbol", "=", NULL, NULL},
      {"\nrule {", 2, "symbol near <eof>", NULL, NULL, NULL},
      {"local t\nt.x = 5", 2, "nil value (local 't')", NULL, NULL, NULL},
      {"\nerror('my own')", 2, "my own", NULL, NULL, NULL},
      {"error(\"near 'x'\")", 1, "near 'x'", NULL, NULL, NULL},
      {"local function f()\n  error('deep')\nend\nf()", 2, "deep", NULL, NULL, NULL},
      {"x = 'unfinished\ny = 1", 1, "unfinished string", "'unfinished", NULL, NULL},
      {"\nwhile true do end", 2, "instruction limit", NULL, NULL, NULL},
      {"local t = {}\nfor i = 1, 1e7 do t[i] = 'x' .. i end", 2, "limit", NULL, NULL, NULL},
      {"\nassert(false, 'asserted')", 2, "asserted", NULL, NULL, NULL},
  };

  run(*state, cases);
}

static void all_mistakes_of_a_folder_are_told_at_once(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "10-one.lua",
                "rule { tpye = 1, afx = 2, verdict = allow() }\n"
                "rule { type = 1, verdict = allow() }\n"
                "rule { type = 'x', verdict = allow() }\n");
  fixture_write(fixture, "20-two.lua", "rule {");
  assert_int_equal(fixture_load(fixture), 4);
  assert_int_equal(fixture_count_reports(fixture, "10-one.lua:1: error"), 2);
  assert_int_equal(fixture_count_reports(fixture, "10-one.lua:3: error"), 1);
  assert_int_equal(fixture_count_reports(fixture, "20-two.lua:1: error"), 1);
  assert_int_equal(fixture->report_count, 4);
  fixture_load(fixture);
  fixture_decide(fixture, INET, STREAM, TCP);
  assert_int_equal(fixture->report_count, 4); /* once a load */
}

static void how_files_may_be_written(void **state)
{
  static const struct {
    const char *text;
    size_t size;
  } good[] = {
#define TEXT(text) {text, sizeof text - 1}
      TEXT("rule { verdict = reject(WSAEMFILE) }"),
      TEXT("rule {\r\n  verdict = reject(WSAEMFILE)\r\n}\r\n"),
      TEXT("\xef\xbb\xbfrule { verdict = reject(WSAEMFILE) }"),
      TEXT("\xef\xbb\xbf-- comment\r\nrule { verdict = reject(WSAEMFILE, 'gr\xc3\xbc\xc3\x9f') }"),
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    fixture_policy(fixture, "");
    fixture_write_bytes(fixture, "10-test.lua", good[i].text, good[i].size);
    assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
  }
}

static void lines_are_counted_in_crlf_files(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "-- one\r\n-- two\r\nrule { tpye = 1, verdict = allow() }\r\n");
  fixture_load(fixture);
  assert_non_null(fixture_report(fixture, "10-test.lua:3:"));
}

static void utf16_is_named(void **state)
{
  static const char little[] = "\xff\xfer\0u\0l\0e\0", big[] = "\xfe\xff\0r\0u\0l\0e";
  fixture_t *fixture = *state;

  fixture_write_bytes(fixture, "10-little.lua", little, sizeof little - 1);
  fixture_write_bytes(fixture, "20-big.lua", big, sizeof big - 1);
  assert_int_equal(fixture_load(fixture), 2);
  assert_int_equal(fixture_count_reports(fixture, "UTF-16"), 2);
  assert_int_equal(fixture_count_reports(fixture, "UTF-8"), 2);
}

static void bytecode_is_refused(void **state)
{
  static const char chunk[] = "\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08xV";
  fixture_t *fixture = *state;

  fixture_write_bytes(fixture, "10-chunk.lua", chunk, sizeof chunk - 1);
  fixture_write_bytes(fixture, "20-escape.lua", "\x1b", 1);
  fixture_write_bytes(fixture, "30-bom.lua", "\xef\xbb\xbf\x1bLua", 7);
  assert_int_equal(fixture_load(fixture), 3);
  assert_int_equal(fixture_count_reports(fixture, "binary chunk"), 3);
}

static void a_file_that_is_too_large(void **state)
{
  fixture_t *fixture = *state;
  enum { MUCH = 4 * 1024 * 1024 + 1 };
  char *text = test_malloc(MUCH);

  memset(text, ' ', MUCH);
  fixture_write_bytes(fixture, "10-large.lua", text, MUCH);
  test_free(text);
  fixture_write(fixture, "20-good.lua", "rule { verdict = reject(WSAEMFILE) }");
  assert_int_equal(fixture_load(fixture), 1);
  assert_non_null(fixture_report(fixture, "10-large.lua:0: error: the file is larger than 4 MiB"));
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, STREAM, TCP)), "reject 10024");
}

static void empty_files_are_fine(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "10-empty.lua", "");
  fixture_write(fixture, "20-comment.lua", "-- nothing yet");
  assert_int_equal(fixture_load(fixture), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(misspelt_names),
      fixture_test(wrong_types),
      fixture_test(errors_of_lua),
      fixture_test(all_mistakes_of_a_folder_are_told_at_once),
      fixture_test(how_files_may_be_written),
      fixture_test(lines_are_counted_in_crlf_files),
      fixture_test(utf16_is_named),
      fixture_test(bytecode_is_refused),
      fixture_test(a_file_that_is_too_large),
      fixture_test(empty_files_are_fine),
  };

  return cmocka_run_group_tests_name("load errors", tests, NULL, NULL);
}
