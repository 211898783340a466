/* Comparing names, globs (text_match.h), cutting texts (text_cut.h), and what was meant by a misspelt name
 * (nearest_name.h). */
#include "fixture.h"

#include "nearest_name.h"
#include "text_cut.h"
#include "text_match.h"

static void globs(void **state)
{
  static const struct {
    const char *pattern, *text;
    bool matches;
  } cases[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"**", "", true},
      {"?", "", false},
      {"*", "anything", true},
      {"a*", "a", true},
      {"a*b*c", "aXXbYYc", true},
      {"a*b*c", "aXXbYY", false},
      {"*a", "aaa", true},
      {"*ab", "aab", true},
      {"*aab", "aaaab", true},
      {"*a?b", "aaXb", true},
      {"?*", "", false},
      {"?*?", "a", false},
      {"?*?", "ab", true},
      {"[ab]", "a", false},
      {"[ab]", "[AB]", true},
      {"a.b", "axb", false},
      {"\\*", "\\x", true}, /* no escapes */
      {"c:/a/*", "C:\\A\\b\\c", true},
      {"c:\\a", "c:/A", true},
      {"*.EXE", "x.exe", true},
      {"\xc3\x84*", "\xc3\xa4pfel", true}, /* Ä, ä */
      {"\xce\xa9", "\xcf\x89", true},      /* Omega */
      {"\xd0\x96", "\xd0\xb6", true},      /* Cyrillic */
      {"\xf0\x9f\x98\x80?", "\xf0\x9f\x98\x80x", true},
      {"?", "\xf0\x9f\x98\x80", true},
      {"?", "\xff", true}, /* a byte that is no UTF-8 is a character of its own */
      {"\xff", "\xff", true},
      {"\xff", "\xfe", false},
      {"\xc3", "\xc3\xa4", false},
      {"*\xa4", "\xc3\xa4", false}, /* never half of a character */
      {"a\xc3", "a\xc3", true},
      {"?", "\xe0\x80\xaf", false}, /* '/' written longer than it is, no UTF-8: three bytes */
      {"/", "\xe0\x80\xaf", false},
      {"?", "\xed\xa0\x80", false},     /* a surrogate */
      {"?", "\xf4\x90\x80\x80", false}, /* beyond Unicode */
      {"\x80", "\xf4\x90\x82\x80", false},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    if (text_glob(cases[i].pattern, cases[i].text) != cases[i].matches)
      fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].text);
}

/* The plain definition, which takes exponential time. */
static bool slow_glob(const char *pattern, const char *text)
{
  if (!*pattern)
    return !*text;
  if (*pattern == '*')
    return slow_glob(pattern + 1, text) || (*text && slow_glob(pattern, text + 1));
  return *text && (*pattern == '?' || *pattern == *text) && slow_glob(pattern + 1, text + 1);
}

static void globs_against_their_definition(void **state)
{
  static const char pattern_letters[] = "ab?*", text_letters[] = "ab";

  (void)state;
  for (unsigned p = 0; p < 4 * 4 * 4 * 4 * 4; p++) {
    char pattern[6] = {0};

    for (unsigned i = 0, n = p; i < 5; i++, n /= 4)
      pattern[i] = pattern_letters[n % 4];
    for (unsigned length = 0; length <= 6; length++)
      for (unsigned t = 0; t < 1u << length; t++) {
        char text[7] = {0};

        for (unsigned i = 0; i < length; i++)
          text[i] = text_letters[t >> i & 1];
        if (text_glob(pattern, text) != slow_glob(pattern, text))
          fail_msg("'%s' and '%s'", pattern, text);
      }
  }
}

static void a_glob_takes_no_more_than_the_product_of_the_lengths(void **state)
{
  (void)state;
  static char pattern[4001], text[4001];
  for (size_t i = 0; i < 4000; i += 2) {
    pattern[i] = '*';
    pattern[i + 1] = 'a';
  }
  memset(text, 'a', 4000);
  pattern[3999] = 'b';
  assert_false(text_glob(pattern, text)); /* ends at all */
}

static void the_same_text(void **state)
{
  static const struct {
    const char *a, *b;
    bool same;
  } cases[] = {
      {"", "", true},
      {"Alice", "aLICE", true},
      {"alice", "alic", false},
      {"alic", "alice", false},
      {"a/b", "a\\b", false},
      {"\xc3\x9c", "\xc3\xbc", true},
      {"\xc3\x9f", "ss", false},
      {"\xc4\xb0", "i", false},
      {"\xe1\xba\x9e", "\xc3\x9f", true},
      {"\xff", "\xff", true},
      {"\xef\xbc\xa1", "\xef\xbd\x81", true},
      {"[", "{", false},
      {"@", "`", false},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    if (text_same(cases[i].a, cases[i].b) != cases[i].same ||
        text_same(cases[i].b, cases[i].a) != cases[i].same)
      fail_msg("'%s' and '%s'", cases[i].a, cases[i].b);
}

static void cutting(void **state)
{
  static const struct {
    const char *text;
    size_t size;
    const char *cut;
  } cases[] = {
      {"abc", 4, "abc"},
      {"abcd", 4, "abc"},
      {"ab\xc3\xa4", 5, "ab\xc3\xa4"},
      {"ab\xc3\xa4", 4, "ab"},
      {"\xe2\x82\xac\xe2\x82\xac", 6, "\xe2\x82\xac"},
      {"\xe2\x82\xac\xe2\x82\xac", 5, "\xe2\x82\xac"},
      {"\xf0\x9f\x98\x80", 4, ""},
      {"\xf0\x9f\x98\x80x", 5, "\xf0\x9f\x98\x80"},
      {"abc", 1, ""},
      {"\x80\x80\x80\x80\x80\x80", 6, "\x80\x80\x80\x80\x80"}, /* no UTF-8: cut anywhere */
      {"ab\xc3", 4, "ab\xc3"},                                 /* not cut: left as it is */
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char copy[16];

    text_copy(copy, cases[i].size, cases[i].text);
    if (strcmp(copy, cases[i].cut) != 0)
      fail_msg("case %zu: '%s'", i, copy);
  }
}

static void the_nearest_name(void **state)
{
  static const struct {
    const char *misspelt, *names[4], *nearest;
  } cases[] = {
      {"tpye", {"app", "type", "typo"}, "type"}, /* two letters swapped are one mistake */
      {"typp", {"app", "type", "typo"}, "type"}, /* of two equally near, the first */
      {"TYPE", {"app", "type"}, "type"},         /* case does not count */
      {"xy", {"x", "xz"}, NULL},                 /* so short, anything would be near */
      {"abcd", {"abxy"}, NULL},                  /* one mistake below six letters, */
      {"abcdef", {"abxyef"}, "abxyef"},          /* two below ten, */
      {"abcdef", {"axxxef"}, NULL},
      {"abcdefghij", {"axxxefghij"}, "axxxefghij"}, /* and three beyond */
      {"abcdefghij", {"axxxxfghij"}, NULL},
      {"", {"a"}, NULL},
      {"anything", {NULL}, NULL},
      {"a123456789012345678901234567890123456789012345678", /* too long to be a name */
       {"b123456789012345678901234567890123456789012345678"},
       NULL},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    const char *nearest = policy_nearest_name(cases[i].misspelt, cases[i].names);

    if (nearest != NULL ? cases[i].nearest == NULL || strcmp(nearest, cases[i].nearest) != 0
                        : cases[i].nearest != NULL)
      fail_msg("%s: %s", cases[i].misspelt, nearest != NULL ? nearest : "none");
  }
}

static void a_search_says_which_name_is_the_nearest_so_far(void **state)
{
  nearest_name_t nearest = nearest_name_to("protocl");

  (void)state;
  assert_null(nearest.name);
  assert_true(nearest_name_offer(&nearest, "protocols"));
  assert_false(nearest_name_offer(&nearest, "prot"));
  assert_true(nearest_name_offer(&nearest, "protocol"));
  assert_string_equal(nearest.name, "protocol");
}

static void what_an_app_pattern_matches(void **state)
{
  static const char name[] = "Scan.exe", path[] = "C:\\Tools\\Scan.exe";

  (void)state;
  assert_true(policy_app_matches("scan.exe", name, path));
  assert_true(policy_app_matches("s*", name, path));
  assert_false(policy_app_matches("c:*", name, path)); /* no separator: the file name */
  assert_true(policy_app_matches("c:\\*", name, path));
  assert_true(policy_app_matches("*/tools/*", name, path));
  assert_false(policy_app_matches("tools\\scan.exe", name, path));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(globs),
      cmocka_unit_test(globs_against_their_definition),
      cmocka_unit_test(a_glob_takes_no_more_than_the_product_of_the_lengths),
      cmocka_unit_test(the_same_text),
      cmocka_unit_test(cutting),
      cmocka_unit_test(the_nearest_name),
      cmocka_unit_test(a_search_says_which_name_is_the_nearest_so_far),
      cmocka_unit_test(what_an_app_pattern_matches),
  };

  return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
