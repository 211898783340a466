/* The host's locale changes nothing (docs/winsock-notes.md 3): what policies compute, what rules match and
 * what reports say is the same where the program has set a locale with a decimal comma, with letters beyond
 * ASCII, and with the Turkish i. Beside Linux, LOCPATH names a folder with these locales (CMakeLists.txt). */
#include "fixture.h"

#include <ctype.h>
#include <locale.h>

#ifdef _WIN32
static const char *const locales[] = {"German", "Turkish"};
#else
static const char *const locales[] = {"de_DE.ISO-8859-1", "tr_TR.ISO-8859-9"};
#endif

static const char truths[] =
    "local function same(a, b) if a ~= b or math.type(a) ~= math.type(b) then\n"
    "  error('[' .. tostring(a) .. '] is not [' .. tostring(b) .. ']') end end\n"
    "same(tostring(1.5), '1.5') same(1.5 .. '', '1.5') same(tostring(2.0), '2.0') same(tostring(1e300), "
    "'1e+300')\n"
    "same(tonumber('1.5'), 1.5) same(tonumber('1,5'), nil) same('1.5' + 1, 2.5) same(tonumber('0x1.8p1'), "
    "3.0)\n"
    "same(tonumber('1e1'), 10.0) same(math.tointeger('3'), 3)\n"
    "same(('%.2f'):format(1.25), '1.25') same(('%g'):format(0.5), '0.5') same(('%5.1f|'):format(-1.5), ' "
    "-1.5|')\n"
    "same(('%q'):format(0.5), '0x1p-1') same(('%a'):format(0.5), '0x1p-1') same(('%q'):format('\\228'), "
    "'\"\\228\"')\n"
    "same(('%a'):format(1.1):find(',', 1, true), nil)\n"
    "same(('%d %x'):format(1234567, 255), '1234567 ff') same(table.concat({1.5, 2}, ';'), '1.5;2')\n"
    "same(('\\228\\221Ii'):upper(), '\\228\\221II') same(('\\196\\221Ii'):lower(), '\\196\\221ii')\n"
    "same(('\\228a'):find('%a'), 2) same(('\\228\\253'):find('%l'), nil) same(('\\196'):find('%u'), nil)\n"
    "same(('\\228'):find('%w'), nil) same(('\\160 '):find('%s'), 2) same(('\\164'):find('%p'), nil)\n"
    "same(('\\228'):find('%W'), 1) same(('\\228'):find('%g'), nil)\n"
    "same('z' < '\\228', true) same('Z' < 'a', true) same('i' < 'j', true) same('\\228' < 'b', false)\n"
    "local words = {'zebra', '\\228rger', 'Apfel', 'apfel', 'I', 'i'} table.sort(words)\n"
    "same(table.concat(words, ' '), 'Apfel I apfel i zebra \\228rger')\n";

static const char rules[] =
    "rule { app = 'PING*.EXE', type = SOCK_STREAM, verdict = reject(WSAEMFILE) }\n"
    "rule { app = '*\xc3\x84R?ER.exe', type = SOCK_RAW, verdict = reject(WSAENOBUFS) }\n"
    "rule { user = 'CORP\\\\INGRID', type = SOCK_DGRAM, verdict = reject(WSAEACCES, 1.5 .. '') }\n"
    "on_socket(function() error('at ' .. 0.25) end)";

/* What came of it all, in one text. */
static void say_all(fixture_t *fixture, char *said, size_t size)
{
  fixture_assert_lua(fixture, truths);
  fixture->attributes[POLICY_ATTRIBUTE_NAME].text = "ping\xc3\xa4r\xc4\xb1"
                                                    "er.exe"; /* the dotless i is one character */
  fixture->attributes[POLICY_ATTRIBUTE_PATH].text = "C:\\ping\xc3\xa4r\xc4\xb1"
                                                    "er.exe";
  fixture->attributes[POLICY_ATTRIBUTE_USER].text = "corp\\ingrid";
  fixture_policy(fixture, rules);
  size_t length = 0;
  static const int32_t types[] = {STREAM, RAW, DGRAM, 4};
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    const policy_verdict_t *verdict = fixture_decide(fixture, INET, types[i], 0);

    length += (size_t)snprintf(said + length, size - length, "%s (%s) by %s; ", fixture_says(verdict),
                               verdict->reason, fixture_by(verdict));
  }
  assert_int_equal(fixture->report_count, 1);
  length += (size_t)snprintf(said + length, size - length, "%s; ", fixture->reports[0]);
  fixture_policy(fixture, "local x = 1,5\nlocal y = 0.5.5");
  fixture_load(fixture);
  snprintf(said + length, size - length, "%s", fixture->reports[0]);
}

static void in_every_locale(void **state)
{
  char expected[2000], said[2000];

  say_all(*state, expected, sizeof expected);
  assert_holds(expected, "reject 10024 () by 10-test.lua:1; reject 10055 () by 10-test.lua:2; "
                         "reject 10013 (1.5) by 10-test.lua:3; ");
  assert_holds(expected, "at 0.25");
  assert_holds(expected, "malformed number near '0.5.5'");
  for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
    if (setlocale(LC_ALL, locales[i]) == NULL)
      fail_msg("no locale %s", locales[i]);
    /* it is one that would change things */
    assert_string_equal(localeconv()->decimal_point, ",");
    assert_true(isalpha(0xe4));
    say_all(*state, said, sizeof said);
    setlocale(LC_ALL, "C");
    assert_string_equal(said, expected);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {fixture_test(in_every_locale)};

  return cmocka_run_group_tests_name("scripting: locale", tests, NULL, NULL);
}
