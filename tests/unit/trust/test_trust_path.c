/* Folders on disk judged by their path. Under Wine access lists come from Unix modes, and links are not made.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "trust_path.h"

#include <sddl.h>

#define TOP    "C:\\SockwardenPathTest"
#define FOLDER TOP "\\policies"

#define ADMINISTRATORS "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FRFX;;;WD)"
#define EVERYONE       "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FA;;;WD)"

static void give(const char *path, const char *sddl)
{
  PSECURITY_DESCRIPTOR descriptor;

  assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorA(sddl, SDDL_REVISION_1, &descriptor, NULL));
  assert_true(SetFileSecurityA(path, DACL_SECURITY_INFORMATION, descriptor));
  LocalFree(descriptor);
}

static int make_folders(void **state)
{
  (void)state;
  if (!CreateDirectoryA(TOP, NULL) || !CreateDirectoryA(FOLDER, NULL))
    return -1;
  give(TOP, ADMINISTRATORS);
  give(FOLDER, ADMINISTRATORS);
  return 0;
}

static int remove_folders(void **state)
{
  (void)state;
  return RemoveDirectoryA(FOLDER) && RemoveDirectoryA(TOP) ? 0 : -1;
}

/* However it is written. */
static void what_only_administrators_write(void **state)
{
  static const char *const paths[] = {FOLDER, FOLDER "\\", FOLDER "\\\\", "C:/SockwardenPathTest/policies/",
                                      "\\\\?\\" FOLDER};
  trust_report_t report;

  (void)state;
  for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
    assert_int_equal(trust_path_judge_folder(paths[i], &report), TRUST_OK);
}

static void the_folder_itself(void **state)
{
  trust_report_t report;

  (void)state;
  give(FOLDER, EVERYONE);
  assert_int_equal(trust_path_judge_folder(FOLDER, &report), TRUST_WRITABLE);
  assert_non_null(strstr(report.what, "writable by non-administrators: Everyone (S-1-1-0) may"));
  assert_non_null(strstr(report.advice, "run as administrator: icacls \"" FOLDER "\" /inheritance:d"));
}

static void a_folder_above_it(void **state)
{
  trust_report_t report;

  (void)state;
  give(TOP, EVERYONE);
  assert_int_equal(trust_path_judge_folder(FOLDER "\\", &report), TRUST_WRITABLE);
  assert_non_null(
      strstr(report.what, "replaceable by non-administrators through \"" TOP "\": Everyone (S-1-1-0) may"));
}

static void what_is_not_there(void **state)
{
  trust_report_t report;

  (void)state;
  assert_int_equal(trust_path_judge_folder(TOP "\\none", &report), TRUST_NOT_FOUND);
  assert_int_equal(trust_path_judge_folder(TOP "\\none\\deeper", &report), TRUST_NOT_FOUND);
}

static void cut_at_a_character(void **state)
{
  trust_report_t report;
  char path[sizeof report.what];

  (void)state;
  for (size_t shift = 0; shift < 3; shift++) {
    size_t used = 0;

    while (used < shift)
      path[used++] = 'x';
    for (; used + 3 < sizeof path; used += 3)
      memcpy(path + used, "\xe2\x82\xac", 3);
    path[used] = 0;
    trust_report_problem(&report, "\"%s\"", path);
    assert_true(strlen(report.what) > sizeof report.what - 5);
    assert_true(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, report.what, -1, NULL, 0) > 0);
  }
}

#define DISK_TEST(f) cmocka_unit_test_setup_teardown(f, make_folders, remove_folders)

int main(void)
{
  const struct CMUnitTest tests[] = {
      DISK_TEST(what_only_administrators_write),
      DISK_TEST(the_folder_itself),
      DISK_TEST(a_folder_above_it),
      DISK_TEST(what_is_not_there),
      cmocka_unit_test(cut_at_a_character),
  };

  return cmocka_run_group_tests_name("trust: path", tests, NULL, NULL);
}
