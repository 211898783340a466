/* Mistakes in policies are told at load: file, line, what is wrong, what was probably meant. */
#include "fixture.h"

typedef struct error_case {
  const char *policy;
  int line;
  const char *told;
  const char *suggestion; /* NULL: none is asked for */
} error_case_t;

static void run_cases(fixture_t *fixture, const error_case_t *cases, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    char place[40], suggestion[100];

    fixture_policy(fixture, cases[i].policy);
    assert_int_equal(fixture_load(fixture), 1);
    assert_int_equal(fixture->report_count, 1);
    const char *report = fixture->reports[0];
    snprintf(place, sizeof place, "10-test.lua:%d: error: ", cases[i].line);
    snprintf(suggestion, sizeof suggestion, "[%s]", cases[i].suggestion != NULL ? cases[i].suggestion : "");
    if (strncmp(report, place, strlen(place)) != 0 || strstr(report, cases[i].told) == NULL ||
        (cases[i].suggestion != NULL && strstr(report, suggestion) == NULL))
      fail_msg("%s\ngives: %s\nnot: %s%s %s", cases[i].policy, report, place, cases[i].told, suggestion);
  }
}

#define run(fixture, cases) run_cases(fixture, cases, sizeof(cases) / sizeof(cases)[0])

static void misspelt_names(void **state)
{
  static const error_case_t cases[] = {
      {"rule {\n  tpye = SOCK_RAW,\n  verdict = allow() }", 1, "tpye", "type"},
      {"\nrule { protcol = 6, verdict = allow() }", 2, "protcol", "protocol"},
      {"rule { elevatd = true, verdict = allow() }", 1, "elevatd", "elevated"},
      {"rule { verdikt = allow() }", 1, "verdikt", "verdict"},
      {"rule { type = SOCK_RAWW, verdict = allow() }", 1, "SOCK_RAWW", "SOCK_RAW"},
      {"\n\nrule { af = AF_INET7, verdict = allow() }", 3, "AF_INET7", NULL},
      {"rule { verdict = reject(WSAEACCESS) }", 1, "WSAEACCESS", "WSAEACCES"},
      {"rul { verdict = allow() }", 1, "rul", "rule"},
      {"rule { verdict = alow() }", 1, "alow", "allow"},
      {"on_sockt(function() end)", 1, "on_sockt", "on_socket"},
      {"rule { verdict = rewrite { typ = SOCK_DGRAM } }", 1, "typ", "type"},
      {"local x = string.gsubb", 1, "gsubb", "gsub"},
      {"local x = ('x'):uper()", 1, "uper", "upper"},
      {"print('hello')", 1, "print", "log"},
  };

  run(*state, cases);
}

static void wrong_types(void **state)
{
  static const error_case_t cases[] = {
      {"rule { type = 'SOCK_RAW', verdict = allow() }", 1, "type", "SOCK_RAW"},
      {"rule { af = 'inet6', verdict = allow() }", 1, "af", "AF_INET6"},
      {"rule { type = true, verdict = allow() }", 1, "type", NULL},
      {"rule { type = 1.5, verdict = allow() }", 1, "type", NULL},
      {"rule { type = { 1, 'x' }, verdict = allow() }", 1, "type", NULL},
      {"rule { type = { a = 1 }, verdict = allow() }", 1, "type", NULL},
      {"rule { app = 5, verdict = allow() }", 1, "app", NULL},
      {"rule { app = '', verdict = allow() }", 1, "app", NULL},
      {"rule { app = 'a\\0b', verdict = allow() }", 1, "app", NULL},
      {"rule { app = { none_of { 'a' } }, verdict = allow() }", 1, "app", NULL},
      {"rule { app = none_of(none_of('a')), verdict = allow() }", 1, "none_of", NULL},
      {"rule { user = true, verdict = allow() }", 1, "user", NULL},
      {"rule { elevated = 'yes', verdict = allow() }", 1, "elevated", NULL},
      {"rule { shared = 1, verdict = allow() }", 1, "shared", NULL},
      {"rule { service = 5, verdict = allow() }", 1, "service", NULL},
      {"rule { provider = {5}, verdict = allow() }", 1, "provider", NULL},
      {"rule { flags = 'x', verdict = allow() }", 1, "flags", NULL},
      {"rule { name = 5, verdict = allow() }", 1, "name", NULL},
      {"rule { 5, verdict = allow() }", 1, "names", NULL},
      {"rule { type = 1 }", 1, "no verdict", NULL},
      {"rule { verdict = allow }", 1, "verdict", "allow()"},
      {"rule { verdict = reject }", 1, "verdict", "reject(WSAEACCES)"},
      {"rule { verdict = 'reject' }", 1, "verdict", NULL},
      {"rule { verdict = WSAEACCES }", 1, "verdict", "reject(WSAEACCES)"},
      {"rule(5)", 1, "table", NULL},
      {"rule()", 1, "table", NULL},
      {"on_socket(5)", 1, "function", NULL},
      {"on_socket()", 1, "function", NULL},
      {"rule { verdict = reject(WSAEINPROGRESS) }", 1, "WSAEINPROGRESS", "WSAEACCES"},
      {"rule { verdict = reject(10036) }", 1, "WSAEINPROGRESS", "WSAEACCES"},
      {"rule { verdict = reject(0) }", 1, "0", NULL},
      {"rule { verdict = reject(997) }", 1, "997", NULL},
      {"rule { verdict = reject(1 << 40) }", 1, "not a Winsock error", NULL},
      {"rule { verdict = rewrite {} }", 1, "rewrite", NULL},
      {"rule { verdict = rewrite { reason = 'x' } }", 1, "rewrite", NULL},
      {"rule { verdict = rewrite { type = 0 } }", 1, "rewrite", NULL},
      {"rule { verdict = rewrite { protocol = 1 << 40 } }", 1, "rewrite", NULL},
  };

  run(*state, cases);
}

static void errors_of_lua(void **state)
{
  static const error_case_t cases[] = {
      {"rule {\n  type = SOCK_RAW\n  verdict = allow()\n}", 3, "'}' expected", NULL},
      {"\n\nlocal x = = 5", 3, "unexpected symbol", NULL},
      {"local t\nt.x = 5", 2, "nil value (local 't')", NULL},
      {"\nerror('my own')", 2, "my own", NULL},
      {"local function f()\n  error('deep')\nend\nf()", 2, "deep", NULL},
      {"x = 'unfinished", 1, "unfinished string", NULL},
      {"\nwhile true do end", 2, "instruction limit", NULL},
      {"local t = {}\nfor i = 1, 1e7 do t[i] = 'x' .. i end", 2, "limit", NULL},
      {"\nassert(false, 'asserted')", 2, "asserted", NULL},
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
