/* SIDs as text: as Windows itself writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sid.h"

#include <sddl.h>

static void as_windows_writes_them(void **state)
{
  static const char *const texts[] = {
      "S-1-0-0",          "S-1-5-18",
      "S-1-5-32-544",     "S-1-5-21-0-2147483648-4294967295-500",
      "S-1-4294967295-1", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15",
  };

  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    char text[SID_TEXT_MAX];
    PSID sid;

    assert_true(ConvertStringSidToSidA(texts[i], &sid));
    assert_int_equal(sid_text(sid, text), strlen(texts[i]));
    assert_string_equal(text, texts[i]);
    LocalFree(sid);
  }
}

/* Made by hand: Wine reads authorities of 32 bits only. */
static void large_authorities_in_hexadecimal(void **state)
{
  SID sid = {SID_REVISION, 1, {{0, 1, 0, 0, 0, 0}}, {7}};
  char text[SID_TEXT_MAX];

  (void)state;
  sid_text(&sid, text);
  assert_string_equal(text, "S-1-0x000100000000-7");
  sid.IdentifierAuthority = (SID_IDENTIFIER_AUTHORITY){{0, 0, 0xff, 0xff, 0xff, 0xff}};
  sid_text(&sid, text);
  assert_string_equal(text, "S-1-4294967295-7");
}

static void the_longest_fits(void **state)
{
  BYTE room[SECURITY_MAX_SID_SIZE];
  SID *sid = (SID *)room;
  char text[SID_TEXT_MAX];

  (void)state;
  memset(room, 0xff, sizeof room);
  sid->Revision = SID_REVISION;
  sid->SubAuthorityCount = SID_MAX_SUB_AUTHORITIES;
  const size_t length = sid_text(sid, text);
  assert_int_equal(length, strlen(text));
  assert_true(length < SID_TEXT_MAX);
  assert_memory_equal(text, "S-1-0xffffffffffff-4294967295-", 30);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(as_windows_writes_them),
      cmocka_unit_test(large_authorities_in_hexadecimal),
      cmocka_unit_test(the_longest_fits),
  };

  return cmocka_run_group_tests_name("trust: sid", tests, NULL, NULL);
}
