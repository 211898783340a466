/* Files and folders named in UTF-8: the same on POSIX and on Windows, errno included. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "native_files.h"

/* Below the folder that the test runs in. */
#define FOLDER "native-files-gr\xc3\xbc\xc3\x9f-\xd0\xb6"

enum { NAMES = 8, NAME_MAX_BYTES = 64 };

typedef struct listing {
  char names[NAMES][NAME_MAX_BYTES];
  size_t count, stop_after;
} listing_t;

static void write_file(const char *path, const void *bytes, size_t size)
{
  native_files_delete(path);
  FILE *file = native_files_create(path);
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
  (void)state;
  return native_files_make_folder(FOLDER) == 0 || errno == EEXIST ? 0 : -1;
}

static bool add_name(void *context, const char *name)
{
  listing_t *listing = context;

  assert_true(listing->count < NAMES);
  snprintf(listing->names[listing->count++], NAME_MAX_BYTES, "%s", name);
  return listing->count != listing->stop_after;
}

static bool has_name(const listing_t *listing, const char *name)
{
  for (size_t i = 0; i < listing->count; i++)
    if (strcmp(listing->names[i], name) == 0)
      return true;
  return false;
}

static void delete_listed(void **state)
{
  listing_t listing = {.count = 0};
  char path[256];

  (void)state;
  assert_true(native_files_list(FOLDER, add_name, &listing));
  for (size_t i = 0; i < listing.count; i++) {
    snprintf(path, sizeof path, "%s/%s", FOLDER, listing.names[i]);
    assert_int_equal(native_files_delete(path), 0);
  }
}

static void an_empty_folder_lists_nothing(void **state)
{
  listing_t listing = {.count = 0};

  delete_listed(state);
  errno = EIO;
  assert_true(native_files_list(FOLDER, add_name, &listing));
  assert_int_equal(listing.count, 0);
}

static void files_are_listed_by_utf8_name_and_folders_are_left_out(void **state)
{
  listing_t listing = {.count = 0};

  delete_listed(state);
  write_file(FOLDER "/plain.txt", "", 0);
  write_file(FOLDER "/\xe2\x82\xac \xf0\x9f\x94\x92.txt", "", 0);
  assert_true(native_files_make_folder(FOLDER "/folder") == 0 || errno == EEXIST);
  assert_true(native_files_list(FOLDER, add_name, &listing));
  assert_int_equal(listing.count, 2);
  assert_true(has_name(&listing, "plain.txt"));
  assert_true(has_name(&listing, "\xe2\x82\xac \xf0\x9f\x94\x92.txt"));
}

static void a_visitor_without_memory_ends_the_listing(void **state)
{
  listing_t listing = {.stop_after = 1};

  delete_listed(state);
  write_file(FOLDER "/a", "", 0);
  write_file(FOLDER "/b", "", 0);
  assert_false(native_files_list(FOLDER, add_name, &listing));
  assert_int_equal(errno, ENOMEM);
  assert_int_equal(listing.count, 1);
}

static void what_is_no_folder_says_so(void **state)
{
  listing_t listing = {.count = 0};

  (void)state;
  assert_false(native_files_list(FOLDER "/missing", add_name, &listing));
  assert_int_equal(errno, ENOENT);
  assert_false(native_files_list(FOLDER "/missing/deeper", add_name, &listing));
  assert_int_equal(errno, ENOENT);
  write_file(FOLDER "/file", "x", 1);
  assert_false(native_files_list(FOLDER "/file", add_name, &listing));
  assert_int_equal(errno, ENOTDIR);
  assert_int_equal(listing.count, 0);
}

/* Around the sizes at which the buffer grows. */
static void a_file_is_read_whole(void **state)
{
  static const size_t sizes[] = {0, 1, 4094, 4095, 4096, 8190, 8191, 8192, 100000};

  (void)state;
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    char *bytes = malloc(sizes[i] + 1);

    assert_non_null(bytes);
    for (size_t at = 0; at < sizes[i]; at++)
      bytes[at] = "line\r\n"[at % 6];
    bytes[sizes[i]] = 0;
    FILE *file = fopen("native-files-bytes", "wb"); /* native_files_create writes text */
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, sizes[i], file), sizes[i]);
    fclose(file);
    char *text = native_files_read("native-files-bytes", sizes[i]);
    assert_non_null(text);
    assert_string_equal(text, bytes);
    free(text);
    if (sizes[i] > 0) {
      assert_null(native_files_read("native-files-bytes", sizes[i] - 1));
      assert_int_equal(errno, EFBIG);
    }
    free(bytes);
  }
  remove("native-files-bytes");
}

static void a_missing_file_is_not_read(void **state)
{
  (void)state;
  assert_null(native_files_read(FOLDER "/missing", 100));
  assert_int_equal(errno, ENOENT);
  assert_null(native_files_open(FOLDER "/missing"));
  assert_int_equal(errno, ENOENT);
}

static void a_file_is_never_created_over_another(void **state)
{
  (void)state;
  write_file(FOLDER "/mine", "mine", 4);
  assert_null(native_files_create(FOLDER "/mine"));
  assert_int_equal(errno, EEXIST);
  char *text = native_files_read(FOLDER "/mine", 100);
  assert_non_null(text);
  assert_string_equal(text, "mine");
  free(text);
}

#ifdef _WIN32
#include <direct.h>

static void a_verbatim_path_may_have_slashes(void **state)
{
  char path[1024], here[512];
  listing_t listing = {.count = 0};

  delete_listed(state);
  write_file(FOLDER "/file", "x", 1);
  assert_non_null(_getcwd(here, sizeof here));
  snprintf(path, sizeof path, "\\\\?\\%s/%s", here, FOLDER);
  assert_true(native_files_list(path, add_name, &listing));
  assert_true(has_name(&listing, "file"));
  strcat(path, "/file");
  char *text = native_files_read(path, 100);
  assert_non_null(text);
  assert_string_equal(text, "x");
  free(text);
}

static void what_is_no_utf8_names_no_file(void **state)
{
  listing_t listing = {.count = 0};

  (void)state;
  assert_null(native_files_open(FOLDER "/\xff"));
  assert_int_equal(errno, EINVAL);
  assert_false(native_files_list("\xff", add_name, &listing));
  assert_int_equal(errno, EINVAL);
}
#endif

static int remove_folder(void **state)
{
  delete_listed(state);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_folder_lists_nothing),
      cmocka_unit_test(files_are_listed_by_utf8_name_and_folders_are_left_out),
      cmocka_unit_test(a_visitor_without_memory_ends_the_listing),
      cmocka_unit_test(what_is_no_folder_says_so),
      cmocka_unit_test(a_file_is_read_whole),
      cmocka_unit_test(a_missing_file_is_not_read),
      cmocka_unit_test(a_file_is_never_created_over_another),
#ifdef _WIN32
      cmocka_unit_test(a_verbatim_path_may_have_slashes),
      cmocka_unit_test(what_is_no_utf8_names_no_file),
#endif
  };

  return cmocka_run_group_tests_name("files by UTF-8 path", tests, make_folder, remove_folder);
}
