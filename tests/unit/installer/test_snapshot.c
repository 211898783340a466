/* A snapshot holds every byte, and a damaged one is not taken for whole. */
#include "catalogs.h"

#include <stdlib.h>
#include <string.h>

#include "snapshot.h"

static char *written(machine_catalogs_t *catalogs)
{
  *catalogs = fresh_windows();
  install_vendor(catalogs, 2001, "Vendor", false);
  catalogs->view[1].entries[3].info.name[0] = 0xd83d; /* what is no UTF-8 stays too */
  char *text = snapshot_write(catalogs);
  assert_non_null(text);
  return text;
}

static void comes_back_byte_for_byte(void **state)
{
  (void)state;
  machine_catalogs_t catalogs, back;
  char *text = written(&catalogs);
  assert_true(snapshot_read(text, &back));
  assert_same(&catalogs, &back);
  free(text);
  machine_catalogs_free(&catalogs);
  machine_catalogs_free(&back);
}

static void people_can_read_which_entries(void **state)
{
  (void)state;
  machine_catalogs_t catalogs;
  char *text = written(&catalogs);
  assert_non_null(strstr(text, "# 1001 \"MSAFD Tcpip [TCP/IP]\" %SystemRoot%\\system32\\mswsock.dll\n"));
  free(text);
  machine_catalogs_free(&catalogs);
}

static void cut_short_anywhere_is_no_snapshot(void **state)
{
  (void)state;
  machine_catalogs_t catalogs, back;
  char *text = written(&catalogs);
  for (size_t length = strlen(text); length-- > 0;) {
    text[length] = '\0';
    if (length % 7 && length > 40)
      continue; /* every place near the front, samples behind */
    assert_false(snapshot_read(text, &back));
    assert_int_equal(back.views, 0);
  }
  free(text);
  machine_catalogs_free(&catalogs);
}

static void a_changed_byte_is_noticed(void **state)
{
  (void)state;
  machine_catalogs_t catalogs, back;
  char *text = written(&catalogs);
  size_t length = strlen(text);
  for (size_t at = 0; at < length; at += 11) {
    char was = text[at];

    text[at] = was == '3' ? '4' : '3';
    assert_false(snapshot_read(text, &back));
    text[at] = was;
  }
  assert_true(snapshot_read(text, &back));
  machine_catalogs_free(&back);
  free(text);
  machine_catalogs_free(&catalogs);
}

static void other_files_are_no_snapshots(void **state)
{
  (void)state;
  machine_catalogs_t back;
  static const char *const texts[] = {"",
                                      "\n",
                                      "sockwarden-snapshot 2\n",
                                      "sockwarden-snapshot 1\n",
                                      "sockwarden-snapshot 1\nend 00000000\n",
                                      "rule { }\n",
                                      "sockwarden-snapshot 1\nentry 00\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    assert_false(snapshot_read(texts[i], &back));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(comes_back_byte_for_byte),          cmocka_unit_test(people_can_read_which_entries),
      cmocka_unit_test(cut_short_anywhere_is_no_snapshot), cmocka_unit_test(a_changed_byte_is_noticed),
      cmocka_unit_test(other_files_are_no_snapshots),
  };

  return cmocka_run_group_tests_name("installer.snapshot", tests, NULL, NULL);
}
