/* Policies that non-administrators can write are refused, reported, or loaded all the same, as the setting
 * says. On disk, as far as the file system under Wine can keep access lists (Unix modes). Windows only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "policy.h"

#include <windows.h>
#include <sddl.h>

static PSECURITY_DESCRIPTOR descriptor_of(const char *text)
{
  PSECURITY_DESCRIPTOR descriptor;

  if (!ConvertStringSecurityDescriptorToSecurityDescriptorA(text, SDDL_REVISION_1, &descriptor, NULL))
    fail_msg("%s: error %lu", text, GetLastError());
  return descriptor;
}

#define TOP "C:\\SockwardenTrustTest"

static void give(const char *path, const char *sddl)
{
  PSECURITY_DESCRIPTOR descriptor = descriptor_of(sddl);

  assert_true(SetFileSecurityA(path, DACL_SECURITY_INFORMATION, descriptor));
  LocalFree(descriptor);
}

static int make_folders(void **state)
{
  (void)state;
  CreateDirectoryA(TOP, NULL);
  CreateDirectoryA(TOP "\\policies", NULL);
  FILE *file = fopen(TOP "\\policies\\10-a.lua", "wb");
  if (file == NULL)
    return -1;
  fputs("rule { verdict = reject(WSAEACCES) }\n", file);
  fclose(file);
  give(TOP, "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FRFX;;;WD)");
  give(TOP "\\policies", "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FRFX;;;WD)");
  give(TOP "\\policies\\10-a.lua", "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FR;;;WD)");
  return 0;
}

static int remove_folders(void **state)
{
  (void)state;
  DeleteFileA(TOP "\\policies\\10-a.lua");
  RemoveDirectoryA(TOP "\\policies");
  RemoveDirectoryA(TOP);
  return 0;
}

/* Everyone's. */
#define FOR_ALL "D:(A;;FA;;;BA)(A;;FA;;;SY)(A;;FA;;;S-1-3-4)(A;;FA;;;WD)"

typedef struct reports {
  int errors, warnings;
  char last[4096], advice[2048], file[64];
  policy_protection_t protection;
  policy_action_t on_error;
} reports_t;

static void report_it(void *context, const policy_report_t *report)
{
  reports_t *reports = context;

  reports->errors += report->severity == POLICY_ERROR;
  reports->warnings += report->severity == POLICY_WARNING;
  snprintf(reports->last, sizeof reports->last, "%s", report->message);
  snprintf(reports->advice, sizeof reports->advice, "%s", report->advice != NULL ? report->advice : "");
  snprintf(reports->file, sizeof reports->file, "%s", report->file != NULL ? report->file : "");
}

static void read_settings(void *context, policy_settings_t *settings)
{
  reports_t *reports = context;

  strcpy(settings->policy_dir, TOP "\\policies");
  settings->protection = reports->protection;
  settings->on_error = reports->on_error;
}

static policy_action_t decide(policy_engine_t *engine)
{
  policy_request_t request = {.requested = {2, 1, 6}, .effective = {2, 1, 6}};
  policy_verdict_t verdict;

  policy_decide(engine, &request, &verdict);
  return verdict.action;
}

static policy_engine_t *engine_for(reports_t *reports)
{
  policy_host_t host = {.context = reports, .read_settings = read_settings, .report = report_it};

  return policy_engine_create(&host);
}

static void a_protected_folder_is_loaded(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_REQUIRED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  assert_int_equal(decide(engine), POLICY_REJECT);
  assert_string_equal(reports.last, "");
  policy_engine_destroy(engine);
}

static void an_unprotected_folder_is_refused(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_REQUIRED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  give(TOP "\\policies", FOR_ALL);
  assert_int_equal(decide(engine), POLICY_ALLOW);
  assert_int_equal(reports.errors, 1);
  assert_non_null(strstr(reports.last, "is not loaded: writable by non-administrators: Everyone"));
  assert_non_null(strstr(reports.advice, "icacls \"" TOP "\\policies\" /inheritance:d"));
  policy_engine_load(engine, NULL, NULL); /* looked at again, reported once */
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(reports.errors, 1);
  give(TOP "\\policies", "D:(A;;FA;;;BA)(A;;FA;;;S-1-3-4)(A;;FRFX;;;WD)"); /* fixed: no file changed */
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  policy_engine_destroy(engine);
}

static void under_on_error_reject(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_REQUIRED, .on_error = POLICY_REJECT};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  give(TOP "\\policies\\10-a.lua", FOR_ALL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  policy_request_t request = {.requested = {2, 1, 6}, .effective = {2, 1, 6}};
  policy_verdict_t verdict;
  policy_decide(engine, &request, &verdict);
  assert_true(verdict.failed);
  assert_non_null(strstr(verdict.reason, "10-a.lua:0: not loaded: writable by non-administrators"));
  policy_engine_destroy(engine);
}

static void a_folder_that_can_be_replaced(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_REQUIRED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  give(TOP, FOR_ALL);
  assert_int_equal(decide(engine), POLICY_ALLOW);
  assert_non_null(
      strstr(reports.last, "replaceable by non-administrators through \"" TOP "\": Everyone (S-1-1-0) may"));
  policy_engine_destroy(engine);
}

/* The last good set stays, as for every broken file. */
static void an_unprotected_file_is_a_broken_file(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_REQUIRED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  assert_int_equal(decide(engine), POLICY_REJECT);
  FILE *file = fopen(TOP "\\policies\\10-a.lua", "wb");
  assert_non_null(file);
  fputs("-- let all pass\n", file);
  fclose(file);
  give(TOP "\\policies\\10-a.lua", FOR_ALL);
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  assert_int_equal(reports.errors, 1);
  assert_string_equal(reports.file, "10-a.lua");
  assert_non_null(strstr(reports.last, "not loaded: writable by non-administrators: Everyone (S-1-1-0) may"));
  give(TOP "\\policies\\10-a.lua", "D:(A;;FA;;;BA)(A;;FA;;;S-1-3-4)(A;;FR;;;WD)");
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(decide(engine), POLICY_ALLOW);
  policy_engine_destroy(engine);
}

static void the_administrator_may_turn_it_off(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_IGNORED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  give(TOP "\\policies", FOR_ALL);
  give(TOP "\\policies\\10-a.lua", FOR_ALL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  assert_string_equal(reports.last, "");
  reports.protection = POLICY_PROTECTION_REQUIRED; /* and on again: read at once, the last good set stays */
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(reports.errors, 1);
  assert_int_equal(decide(engine), POLICY_REJECT);
  policy_engine_destroy(engine);

  memset(&reports, 0, sizeof reports);
  reports.protection = POLICY_PROTECTION_REQUIRED;
  engine = engine_for(&reports);
  assert_int_equal(decide(engine), POLICY_ALLOW);
  reports.protection = POLICY_PROTECTION_IGNORED;
  policy_engine_load(engine, NULL, NULL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  policy_engine_destroy(engine);
}

static void authors_are_warned(void **state)
{
  reports_t reports = {.protection = POLICY_PROTECTION_WARNED};
  policy_engine_t *engine = engine_for(&reports);

  (void)state;
  give(TOP "\\policies", FOR_ALL);
  give(TOP "\\policies\\10-a.lua", FOR_ALL);
  assert_int_equal(decide(engine), POLICY_REJECT);
  assert_int_equal(reports.errors, 0);
  assert_int_equal(reports.warnings, 2);
  policy_engine_destroy(engine);
}

#define DISK_TEST(f) cmocka_unit_test_setup_teardown(f, make_folders, remove_folders)

int main(void)
{
  const struct CMUnitTest tests[] = {
      DISK_TEST(a_protected_folder_is_loaded),
      DISK_TEST(an_unprotected_folder_is_refused),
      DISK_TEST(under_on_error_reject),
      DISK_TEST(a_folder_that_can_be_replaced),
      DISK_TEST(an_unprotected_file_is_a_broken_file),
      DISK_TEST(the_administrator_may_turn_it_off),
      DISK_TEST(authors_are_warned),
  };

  return cmocka_run_group_tests_name("scripting: protection", tests, NULL, NULL);
}
