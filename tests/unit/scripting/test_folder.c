/* What can be wrong with the policy folder: each is reported once, nothing blocks or crashes, and what was in
 * force stays. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "fixture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(_WIN32)
#include <windows.h>
#else
#include <sys/sysmacros.h>
#endif

static const char good[] = "rule { verdict = reject(WSAEMFILE) }";

static const char *says(fixture_t *fixture)
{
  return fixture_says(fixture_decide(fixture, INET, STREAM, TCP));
}

/* The folder cannot be read from the start: reported, and OnError decides. */
static void check_no_folder(fixture_t *fixture, const char *path, const char *reported)
{
  fixture_drop_engine(fixture);
  fixture_forget_reports(fixture);
  snprintf(fixture->settings.policy_dir, sizeof fixture->settings.policy_dir, "%s", path);
  fixture->settings.on_error = POLICY_ALLOW;
  assert_int_equal(fixture_load(fixture), 1);
  if (fixture_report(fixture, reported) == NULL)
    fail_msg("not \"%s\": %s", reported, fixture->report_count ? fixture->reports[0] : "nothing");
  assert_int_equal(fixture->report_count, 1);
  assert_string_equal(says(fixture), "allow");
  fixture_drop_engine(fixture);
  fixture->settings.on_error = POLICY_REJECT;
  assert_string_equal(says(fixture), "reject 10013");
  assert_holds(fixture->verdict.reason, reported);
  assert_true(fixture->verdict.failed);
}

static void a_path_that_leads_nowhere(void **state)
{
  static char path[POLICY_PATH_MAX];
  fixture_t *fixture = *state;

  fixture_path(fixture, "missing", path, sizeof path);
  check_no_folder(fixture, path, "not found");
  fixture_path(fixture, "missing/deep/er", path, sizeof path);
  check_no_folder(fixture, path, "not found");
  fixture_write(fixture, "file", "");
  fixture_path(fixture, "file", path, sizeof path);
  check_no_folder(fixture, path, "not a folder");
  fixture_path(fixture, "", path, sizeof path);
  memset(path + strlen(path), 'x', sizeof path - 1 - strlen(path));
  check_no_folder(fixture, path, "policy folder");
}

static void a_folder_replaced_by_a_file_leaves_the_last_good_set(void **state)
{
  fixture_t *fixture = *state;
  char path[600], file[620];

  fixture_path(fixture, "inner", path, sizeof path);
#if defined(_WIN32)
  assert_int_equal(mkdir(path), 0);
#else
  assert_int_equal(mkdir(path, 0700), 0);
#endif
  fixture_write(fixture, "inner/10-good.lua", good);
  strcpy(fixture->settings.policy_dir, path);
  assert_string_equal(says(fixture), "reject 10024");
  snprintf(file, sizeof file, "%s/10-good.lua", path);
  assert_int_equal(remove(file), 0);
  assert_int_equal(rmdir(path), 0);
  fixture_write(fixture, "inner", "");
  assert_int_equal(fixture_load(fixture), 1);
  assert_int_equal(fixture_load(fixture), 1);
  assert_int_equal(fixture->report_count, 1);
  assert_non_null(fixture_report(fixture, "not a folder"));
  assert_string_equal(says(fixture), "reject 10024");
}

static void a_huge_file_is_refused_unread(void **state)
{
  fixture_t *fixture = *state;
  char path[600];

  fixture_write(fixture, "10-huge.lua", "");
  fixture_write(fixture, "20-good.lua", good);
  fixture_path(fixture, "10-huge.lua", path, sizeof path);
#if defined(_WIN32)
  LARGE_INTEGER end = {.QuadPart = INT64_C(1) << 30};
  HANDLE file = CreateFileA(path, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
  assert_true(SetFilePointerEx(file, end, NULL, FILE_BEGIN) && SetEndOfFile(file));
  CloseHandle(file);
#else
  assert_int_equal(truncate(path, (off_t)1 << 30), 0);
#endif
  assert_int_equal(fixture_load(fixture), 1);
  assert_non_null(fixture_report(fixture, "10-huge.lua:0: error: the file is larger than 4 MiB"));
  assert_true(atomic_load(&fixture->most_bytes) < 1024 * 1024);
  assert_string_equal(says(fixture), "reject 10024");
}

static void many_files(void **state)
{
#if defined(_WIN32)
  enum { FILES = 1000 }; /* each costs Wine a millisecond */
#else
  enum { FILES = 10000 };
#endif
  fixture_t *fixture = *state;
  size_t policies, steps;

  for (int i = 0; i < FILES; i++) {
    char name[40], policy[100];

    snprintf(name, sizeof name, "%05d.lua", i);
    snprintf(policy, sizeof policy, "rule { name = 'n%d', protocol = %d, verdict = reject(WSAEMFILE) }", i,
             i + 300);
    fixture_write(fixture, name, policy);
  }
  policy_engine_load(fixture_engine(fixture), &policies, &steps);
  assert_int_equal(policies, FILES);
  assert_int_equal(steps, FILES);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, FILES + 299)), "reject 10024");
  char last[40];
  snprintf(last, sizeof last, "%05d.lua", FILES - 1);
  assert_string_equal(fixture->verdict.file, last);
  assert_string_equal(says(fixture), "allow");
}

static void write_wide(fixture_t *fixture, const char *name, const char *text)
{
#if defined(_WIN32)
  char path[1024];
  wchar_t wide[1024];
  fixture_path(fixture, name, path, sizeof path);
  assert_true(MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 1024) > 0);
  FILE *file = _wfopen(wide, L"wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
#else
  fixture_write(fixture, name, text);
#endif
}

static void remove_wide(fixture_t *fixture, const char *name)
{
#if defined(_WIN32)
  char path[1024];
  wchar_t wide[1024];
  fixture_path(fixture, name, path, sizeof path);
  MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 1024);
  assert_int_equal(_wremove(wide), 0);
#else
  fixture_remove(fixture, name);
#endif
}

static void names_in_any_script(void **state)
{
  static const char *const names[] = {
    "10-gr\xc3\xbc\xc3\x9f.lua",               /* two bytes a letter */
    "10-\xe7\xad\x96\xe7\x95\xa5.lua",         /* three */
    "10-\xf0\x9f\x98\x80\xf0\x9f\x94\xa5.lua", /* four: surrogate pairs in UTF-16 */
    "10-\xd7\x90\xd6\xb8.LUA",                 /* right to left, combining; and the ending in capitals */
#if !defined(_WIN32)
    "10-\xff\xfe broken \xc3.lua", /* no UTF-8 at all */
    "10-line\nbreak.lua",
#endif
  };
  fixture_t *fixture = *state;

  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char reported[400];

    fixture_policy(fixture, "");
    fixture_remove(fixture, "10-test.lua");
    write_wide(fixture, names[i], good);
    assert_int_equal(fixture_load(fixture), 0);
    assert_string_equal(says(fixture), "reject 10024");
    assert_string_equal(fixture->verdict.file, names[i]);
    write_wide(fixture, names[i], "\nnosuch()");
    assert_int_equal(fixture_load(fixture), 1);
    snprintf(reported, sizeof reported, "%s:2: error: unknown name 'nosuch'", names[i]);
    assert_non_null(fixture_report(fixture, reported));
    fixture_drop_engine(fixture);
    remove_wide(fixture, names[i]);
  }
}

#if defined(_WIN32)

static void a_file_locked_by_an_editor(void **state)
{
  fixture_t *fixture = *state;
  char path[600];
  fixture_policy(fixture, good);
  assert_string_equal(says(fixture), "reject 10024");
  fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEINVAL, 'longer') }");
  fixture_path(fixture, "10-test.lua", path, sizeof path);
  HANDLE editor = CreateFileA(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
  assert_true(editor != INVALID_HANDLE_VALUE);
  assert_int_equal(fixture_load(fixture), 1);
  assert_int_equal(fixture_load(fixture), 1);
  assert_int_equal(fixture_count_reports(fixture, "10-test.lua:0: error: cannot read the file"),
                   1);                                /* reported, once */
  assert_string_equal(says(fixture), "reject 10024"); /* the last good set */
  CloseHandle(editor);
  assert_int_equal(fixture_load(fixture), 0);
  assert_string_equal(says(fixture), "reject 10022");
}

#else

/* As somebody who is not root, who reads everything. */
static size_t load_as_nobody(fixture_t *fixture)
{
  enum { NOBODY = 65534 };
  bool root = geteuid() == 0;

  if (root)
    assert_int_equal(seteuid(NOBODY), 0);
  size_t errors = fixture_load(fixture);
  if (root)
    assert_int_equal(seteuid(0), 0);
  return errors;
}

static void what_may_not_be_read(void **state)
{
  fixture_t *fixture = *state;
  char path[600];

  fixture_policy(fixture, good);
  fixture_path(fixture, "10-test.lua", path, sizeof path);
  assert_int_equal(chmod(fixture->folder, 0755), 0);
  assert_int_equal(chmod(path, 0), 0);
  assert_int_equal(load_as_nobody(fixture), 1);
  assert_non_null(fixture_report(fixture, "10-test.lua:0: error: cannot read the file: access denied"));
  fixture_drop_engine(fixture);
  assert_int_equal(chmod(fixture->folder, 0), 0);
  assert_int_equal(load_as_nobody(fixture), 1);
  assert_non_null(fixture_report(fixture, "access denied"));
  assert_int_equal(chmod(fixture->folder, 0700), 0);
}

static void links_that_lead_in_circles(void **state)
{
  static char path[POLICY_PATH_MAX];
  fixture_t *fixture = *state;

  fixture_path(fixture, "circle", path, sizeof path);
  assert_int_equal(symlink("circle", path), 0);
  check_no_folder(fixture, path, "read error");
  fixture_write(fixture, "file", "");
  fixture_path(fixture, "file/below", path, sizeof path);
  check_no_folder(fixture, path, "not a folder");
}

static void what_is_no_file_is_passed_over(void **state)
{
  fixture_t *fixture = *state;
  char path[600], target[600];

  fixture_path(fixture, "10-pipe.lua", path, sizeof path);
  assert_int_equal(mkfifo(path, 0600), 0); /* opening it would wait for somebody who writes */
  fixture_path(fixture, "20-zero.lua", path, sizeof path);
  if (geteuid() == 0)
    assert_int_equal(mknod(path, S_IFCHR | 0600, makedev(1, 5)), 0); /* /dev/zero: never ends */
  fixture_path(fixture, "30-link-to-zero.lua", path, sizeof path);
  assert_int_equal(symlink("/dev/zero", path), 0);
  fixture_path(fixture, "35-folder.lua", path, sizeof path);
  assert_int_equal(mkdir(path, 0700), 0);
  fixture_write(fixture, "target", good);
  fixture_path(fixture, "target", target, sizeof target);
  fixture_path(fixture, "40-link.lua", path, sizeof path);
  assert_int_equal(symlink(target, path), 0);
  assert_int_equal(fixture_load(fixture), 0);
  assert_string_equal(says(fixture), "reject 10024");
  assert_string_equal(fixture->verdict.file, "40-link.lua");
}

/* ---- changed while it is loaded: at each allocation of a load in turn ---- */

static long change_at;
static int version;

/* Two files that belong together, each of another size in each version. */
static void write_version(fixture_t *fixture)
{
  char policy[300], number[60];

  memset(number, '0' + version % 10, sizeof number);
  snprintf(policy, sizeof policy, "on_socket(function(r) log('%.*s') end)", 1 + version % 50, number);
  fixture_write(fixture, "10-log.lua", policy);
  snprintf(policy, sizeof policy, "on_socket(function(r) return reject(WSAEMFILE, '%.*s') end)",
           1 + version % 50, number);
  fixture_write(fixture, "20-reject.lua", policy);
}

static void change_both(fixture_t *fixture, long allocation)
{
  if (allocation != change_at)
    return;
  version++;
  write_version(fixture);
}

static void a_set_is_of_one_moment(void **state)
{
  fixture_t *fixture = *state;
  int changed = 0;

  change_at = 0;
  version = 1;
  fixture->during = change_both;
  for (bool reached = true; reached;) {
    fixture_drop_engine(fixture);
    write_version(fixture);
    atomic_store(&fixture->allocations, 0);
    change_at++;
    int before = version;
    assert_int_equal(fixture_load(fixture), 0);
    reached = version != before;
    changed += reached;
    says(fixture);
    if (strcmp(fixture->verdict.log, fixture->verdict.reason) != 0)
      fail_msg("changed at allocation %ld: log %s, reason %s", change_at, fixture->verdict.log,
               fixture->verdict.reason);
    version++;
  }
  assert_true(changed > 100);
}

static void remove_second(fixture_t *fixture, long allocation)
{
  if (allocation != change_at)
    return;
  version++;
  fixture_remove(fixture, "20-reject.lua");
}

static void a_file_that_vanishes_is_no_error(void **state)
{
  fixture_t *fixture = *state;

  fixture->during = remove_second;
  change_at = 0;
  version = 1;
  for (bool reached = true; reached;) {
    fixture_drop_engine(fixture);
    write_version(fixture);
    atomic_store(&fixture->allocations, 0);
    change_at++;
    int before = version;
    assert_int_equal(fixture_load(fixture), 0);
    reached = version != before;
    assert_holds("reject 10024 allow", says(fixture)); /* as it was, or without it */
    assert_false(fixture->verdict.failed);
  }
}

#endif

int main(void)
{
  const struct CMUnitTest tests[] = {
    fixture_test(a_path_that_leads_nowhere),
    fixture_test(a_folder_replaced_by_a_file_leaves_the_last_good_set),
    fixture_test(a_huge_file_is_refused_unread),
    fixture_test(many_files),
    fixture_test(names_in_any_script),
#if defined(_WIN32)
    fixture_test(a_file_locked_by_an_editor),
#else
    fixture_test(what_may_not_be_read),
    fixture_test(links_that_lead_in_circles),
    fixture_test(what_is_no_file_is_passed_over),
    fixture_test(a_set_is_of_one_moment),
    fixture_test(a_file_that_vanishes_is_no_error),
#endif
  };

  return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
