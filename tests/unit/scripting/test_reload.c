/* docs/operations.md, "Loading and reloading", with real files. policy_engine_load looks at once; that
 * decisions look by themselves within a second is tested by waiting for it. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include <time.h>
#if defined(_WIN32)
#include <sys/utime.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

static void nap(void)
{
#if defined(_WIN32)
  Sleep(10);
#else
  nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
#endif
}

static const char *says(fixture_t *fixture)
{
  return fixture_says(fixture_decide(fixture, INET, STREAM, TCP));
}

/* Decide until the verdict is this one. The bound is generous: a busy machine proves nothing. */
static void wait_until(fixture_t *fixture, const char *wanted)
{
  for (int i = 0; i < 3000; i++) {
    if (strcmp(says(fixture), wanted) == 0)
      return;
    nap();
  }
  fail_msg("still %s, not %s", says(fixture), wanted);
}

static void a_change_is_noticed_by_deciding(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEACCES) }");
  assert_string_equal(says(fixture), "reject 10013");
  fixture_write(fixture, "05-first.lua", "rule { verdict = reject(WSAEMFILE) }");
  wait_until(fixture, "reject 10024");
  fixture_remove(fixture, "05-first.lua");
  wait_until(fixture, "reject 10013");
  fixture->settings.mode = POLICY_MODE_AUDIT;
  wait_until(fixture, "allow");
}

/* What is written beside a decision in the log: which policies those were. */
static void the_set_has_a_hash(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEACCES) }");
  says(fixture);
  uint64_t first = fixture->verdict.set_hash;
  assert_true(first == policy_engine_hash(fixture->engine));
  assert_true(first ==
              UINT64_C(0x97e5b14c1e4b2c62)); /* the same in 32-bit and 64-bit programs, on every platform */
  assert_int_equal(fixture->verdict.mode, POLICY_MODE_ENFORCE);
  fixture_write(fixture, "05-first.lua", "");
  fixture->settings.mode = POLICY_MODE_AUDIT;
  policy_engine_load(fixture->engine, NULL, NULL);
  says(fixture);
  assert_true(fixture->verdict.set_hash != first);
  assert_int_equal(fixture->verdict.mode, POLICY_MODE_AUDIT);
  fixture_remove(fixture, "05-first.lua");
  policy_engine_load(fixture->engine, NULL, NULL);
  says(fixture);
  assert_true(fixture->verdict.set_hash == first);
  assert_int_equal(fixture->verdict.generation, 3);
}

static void not_every_decision_looks(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "");
  says(fixture);
  long before = atomic_load(&fixture->allocations);
  for (int i = 0; i < 1000; i++)
    says(fixture);
  /* looking allocates; a thousand decisions take far less than the half second between two looks, or a few
   * looks */
  assert_true(atomic_load(&fixture->allocations) - before < 200);
}

static void files_come_change_and_go(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEACCES) }");
  assert_string_equal(says(fixture), "reject 10013");
  fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEMFILE) }");
  assert_int_equal(fixture_load(fixture), 0);
  assert_string_equal(says(fixture), "reject 10024");
  fixture_write(fixture, "05-new.lua", "on_socket(function() return reject(WSAEINVAL) end)");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10022");
  fixture_remove(fixture, "05-new.lua");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10024");
  fixture_remove(fixture, "10-test.lua");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "allow");
}

static void a_broken_folder_keeps_the_last_good_set(void **state)
{
  fixture_t *fixture = *state;

  for (int on_error = POLICY_ALLOW; on_error <= POLICY_REJECT; on_error++) {
    fixture->settings.on_error = (policy_action_t)on_error;
    fixture_policy(fixture, "rule { verdict = reject(WSAEMFILE) }");
    assert_string_equal(says(fixture), "reject 10024");
    fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEINVAL) }");
    fixture_write(fixture, "20-broken.lua", "rule { tpye = 1 }");
    assert_int_equal(fixture_load(fixture), 1);
    assert_string_equal(says(fixture), "reject 10024"); /* all of the old set, none of the new */
    assert_int_equal(fixture_count_reports(fixture, "20-broken.lua:1: error"), 1);
    assert_int_equal(fixture_load(fixture), 1);
    assert_int_equal(fixture_count_reports(fixture, "20-broken.lua:1: error"), 1); /* once */
    fixture_write(fixture, "20-broken.lua", "-- fixed");
    assert_int_equal(fixture_load(fixture), 0);
    assert_string_equal(says(fixture), "reject 10022");
  }
}

static void a_folder_that_goes_away_keeps_the_last_good_set(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEMFILE) }");
  assert_string_equal(says(fixture), "reject 10024");
  char elsewhere[600];
  snprintf(elsewhere, sizeof elsewhere, "%s.away", fixture->folder);
  assert_int_equal(rename(fixture->folder, elsewhere), 0);
  size_t errors = fixture_load(fixture);
  assert_int_equal(rename(elsewhere, fixture->folder), 0);
  assert_int_equal(errors, 1);
  assert_string_equal(says(fixture), "reject 10024");
  assert_int_equal(fixture_count_reports(fixture, "not found"), 1);
  assert_int_equal(fixture_load(fixture), 0);
}

static void what_was_broken_from_the_start_is_taken_up_once_fixed(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture, "rule {");
  assert_string_equal(says(fixture), "reject 10013");
  fixture_write(fixture, "10-test.lua", "rule { still broken");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10013"); /* until it is fixed */
  fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEMFILE) }");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10024");
}

static void settings_change_live(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { type = SOCK_RAW, verdict = reject(WSAEMFILE) }\n"
                          "on_socket(function(r) if r.type == SOCK_DGRAM then error('x') end end)");
  assert_string_equal(says(fixture), "allow");
  fixture->settings.default_verdict = POLICY_REJECT;
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10013");
  fixture->settings.mode = POLICY_MODE_OFF;
  fixture_load(fixture);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "allow");
  fixture->settings.mode = POLICY_MODE_ENFORCE;
  fixture->settings.default_verdict = POLICY_ALLOW;
  fixture_load(fixture);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "reject 10024");
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, DGRAM, UDP)), "allow");
  fixture->settings.on_error = POLICY_REJECT;
  fixture_load(fixture);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, DGRAM, UDP)), "reject 10013");
  fixture->settings.policy_dir[0] = 0;
  fixture_load(fixture);
  assert_string_equal(fixture_says(fixture_decide(fixture, INET, RAW, ICMP)), "allow");
}

static void switched_on_over_a_broken_folder(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.mode = POLICY_MODE_OFF;
  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture, "rule {");
  assert_string_equal(says(fixture), "allow");
  fixture->settings.mode = POLICY_MODE_ENFORCE;
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10013"); /* there is no last good set */
}

static void on_error_changed_over_a_broken_folder(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule {");
  fixture_write(fixture, "20-good.lua", "rule { verdict = reject(WSAEMFILE) }");
  assert_string_equal(says(fixture), "reject 10024");
  fixture->settings.on_error = POLICY_REJECT;
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10013");
  fixture->settings.on_error = POLICY_ALLOW;
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10024");
}

static void limits_that_break_what_was_good_leave_it_to_on_error(void **state)
{
  fixture_t *fixture = *state;

  fixture->settings.on_error = POLICY_REJECT;
  fixture_policy(fixture,
                 "local t = {} for i = 1, 100000 do t[1] = i end\nrule { verdict = reject(WSAEMFILE) }");
  assert_string_equal(says(fixture), "reject 10024");
  fixture->settings.instruction_limit = 100;
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10013");
  assert_non_null(fixture_report(fixture, "instruction limit"));
}

/* Give the file the time stamp another one has. */
static void stamp_alike(fixture_t *fixture, const char *name, const char *like)
{
  char from[1024], to[1024];

  snprintf(from, sizeof from, "%s/%s", fixture->folder, like);
  snprintf(to, sizeof to, "%s/%s", fixture->folder, name);
#if defined(_WIN32)
  WIN32_FILE_ATTRIBUTE_DATA about;
  assert_true(GetFileAttributesExA(from, GetFileExInfoStandard, &about));
  HANDLE file = CreateFileA(to, FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  assert_true(file != INVALID_HANDLE_VALUE && SetFileTime(file, NULL, NULL, &about.ftLastWriteTime));
  CloseHandle(file);
#else
  struct stat about;
  assert_int_equal(stat(from, &about), 0);
  struct timespec times[2] = {about.st_mtim, about.st_mtim};
  assert_int_equal(utimensat(AT_FDCWD, to, times, 0), 0);
#endif
}

static void a_rewrite_of_the_same_size_in_the_same_moment_is_noticed(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEMFILE) }");
  fixture_write(fixture, "stamp.txt", "");
  stamp_alike(fixture, "stamp.txt", "10-test.lua");
  assert_string_equal(says(fixture), "reject 10024");
  fixture_load(fixture);
  fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEINVAL) }");
  stamp_alike(fixture, "10-test.lua", "stamp.txt");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10022");
}

static void touching_a_file_makes_no_new_set(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "rule { verdict = reject(WSAEMFILE) }");
  says(fixture);
  for (int i = 0; i < 3; i++) {
    fixture_write(fixture, "10-test.lua", "rule { verdict = reject(WSAEMFILE) }");
    fixture_load(fixture);
  }
  says(fixture);
  assert_int_equal(fixture->verdict.generation, 1);
}

static void a_reload_lifts_the_quarantine(void **state)
{
  fixture_t *fixture = *state;

  fixture_policy(fixture, "on_socket(function() error('x') end)");
  for (int i = 0; i < 10; i++)
    says(fixture);
  assert_holds(fixture->verdict.reason, "quarantined");
  fixture_write(fixture, "10-test.lua", "on_socket(function() return reject(WSAEMFILE) end)");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10024");
}

static void old_sets_are_freed(void **state)
{
  fixture_t *fixture = *state;
  long blocks = 0;

  for (int i = 0; i < 20; i++) {
    char policy[100];

    snprintf(policy, sizeof policy, "on_socket(function() return reject(WSAEMFILE, '%06d') end)", i);
    fixture_write(fixture, "10-test.lua", policy);
    fixture_load(fixture);
    says(fixture);
    if (i == 4)
      blocks = atomic_load(&fixture->blocks);
  }
  assert_int_equal(atomic_load(&fixture->blocks), blocks);
  assert_string_equal(fixture->verdict.reason, "000019");
}

#if !defined(_WIN32)
static void a_link_to_nowhere_is_passed_over(void **state)
{
  fixture_t *fixture = *state;
  char path[1024];

  snprintf(path, sizeof path, "%s/10-loop.lua", fixture->folder);
  assert_int_equal(symlink("10-loop.lua", path), 0); /* to itself: not even root can read it */
  fixture_write(fixture, "20-good.lua", "rule { verdict = reject(WSAEMFILE) }");
  fixture_load(fixture);
  assert_string_equal(says(fixture), "reject 10024");
}

static void subfolders_and_odd_files_are_passed_over(void **state)
{
  fixture_t *fixture = *state;
  char path[1024];

  snprintf(path, sizeof path, "%s/10-folder.lua", fixture->folder);
  assert_int_equal(mkdir(path, 0700), 0);
  snprintf(path, sizeof path, "%s/20-pipe.lua", fixture->folder);
  assert_int_equal(mkfifo(path, 0600), 0);
  fixture_write(fixture, "30-gr\xc3\xbc\xc3\x9f.lua", "rule { verdict = reject(WSAEMFILE) }");
  assert_int_equal(fixture_load(fixture), 0);
  assert_string_equal(says(fixture), "reject 10024");
  assert_string_equal(fixture->verdict.file, "30-gr\xc3\xbc\xc3\x9f.lua");
}

static void a_file_in_place_of_the_folder(void **state)
{
  fixture_t *fixture = *state;

  fixture_write(fixture, "file", "");
  strcat(fixture->settings.policy_dir, "/file");
  assert_int_equal(fixture_load(fixture), 1);
  assert_non_null(fixture_report(fixture, "not a folder"));
}
#endif

int main(void)
{
  const struct CMUnitTest tests[] = {
    fixture_test(a_change_is_noticed_by_deciding),
    fixture_test(the_set_has_a_hash),
    fixture_test(not_every_decision_looks),
    fixture_test(files_come_change_and_go),
    fixture_test(a_broken_folder_keeps_the_last_good_set),
    fixture_test(a_folder_that_goes_away_keeps_the_last_good_set),
    fixture_test(what_was_broken_from_the_start_is_taken_up_once_fixed),
    fixture_test(settings_change_live),
    fixture_test(switched_on_over_a_broken_folder),
    fixture_test(on_error_changed_over_a_broken_folder),
    fixture_test(limits_that_break_what_was_good_leave_it_to_on_error),
    fixture_test(a_rewrite_of_the_same_size_in_the_same_moment_is_noticed),
    fixture_test(touching_a_file_makes_no_new_set),
    fixture_test(a_reload_lifts_the_quarantine),
    fixture_test(old_sets_are_freed),
#if !defined(_WIN32)
    fixture_test(a_link_to_nowhere_is_passed_over),
    fixture_test(subfolders_and_odd_files_are_passed_over),
    fixture_test(a_file_in_place_of_the_folder),
#endif
  };

  return cmocka_run_group_tests_name("reload", tests, NULL, NULL);
}
