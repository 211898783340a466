/* Names are UTF-16 that anybody may have written: as text they are UTF-8, and never longer than there is
 * room. */
#include "catalogs.h"

#include <string.h>

static void expect_text(const uint16_t *wide, size_t chars, size_t size, const char *expected)
{
  char text[64];

  memset(text, '#', sizeof text);
  catalog_text_utf8(wide, chars, text, size);
  assert_string_equal(text, expected);
}

static void every_length_of_character(void **state)
{
  static const uint16_t wide[] = {'a', 0xe9, 0x20ac, 0xd83d, 0xde00, 0x7ff, 0x800, 0};
  (void)state;
  expect_text(wide, 8, 64, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xdf\xbf\xe0\xa0\x80");
}

static void halves_of_a_pair_are_replaced(void **state)
{
  static const uint16_t high[] = {0xd83d, 'x', 0}, low[] = {0xde00, 'x', 0}, last[] = {'x', 0xd83d};
  (void)state;
  expect_text(high, 3, 64, "\xef\xbf\xbdx");
  expect_text(low, 3, 64, "\xef\xbf\xbdx");
  expect_text(last, 2, 64, "x\xef\xbf\xbd"); /* what follows the field is not its other half */
}

static void what_does_not_fit_is_cut_at_a_character(void **state)
{
  static const uint16_t wide[] = {'a', 0x20ac, 'b', 0};
  (void)state;
  expect_text(wide, 4, 6,
              "a\xe2\x82\xac"
              "b");
  expect_text(wide, 4, 5, "a\xe2\x82\xac");
  expect_text(wide, 4, 4, "a");
  expect_text(wide, 4, 1, "");
}

static void a_field_without_an_end_ends(void **state)
{
  static const uint16_t wide[] = {'a', 'b', 'c'};
  (void)state;
  expect_text(wide, 3, 64, "abc");
}

static void a_field_is_filled_to_its_end(void **state)
{
  uint16_t wide[5] = {9, 9, 9, 9, 9};
  (void)state;
  catalog_text_set(wide, 5, "abcdefg");
  assert_memory_equal(wide, ((uint16_t[]){'a', 'b', 'c', 'd', 0}), sizeof wide);
  catalog_text_set(wide, 5, "x");
  assert_memory_equal(wide, ((uint16_t[]){'x', 0, 0, 0, 0}), sizeof wide);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_length_of_character),
      cmocka_unit_test(halves_of_a_pair_are_replaced),
      cmocka_unit_test(what_does_not_fit_is_cut_at_a_character),
      cmocka_unit_test(a_field_without_an_end_ends),
      cmocka_unit_test(a_field_is_filled_to_its_end),
  };

  return cmocka_run_group_tests_name("installer.catalog_text", tests, NULL, NULL);
}
