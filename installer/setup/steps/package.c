#include "package.h"

#include "files.h"
#include "platform_check.h"
#include "setup_print.h"

size_t package_views(void)
{
  return platform_check_has_two_catalogs() ? VIEWS : 1;
}

/* The processor that a view's DLL is for. */
static uint16_t package__processor(size_t view)
{
  return view == VIEW_WOW || package_views() == 1 ? IMAGE_FILE_MACHINE_I386 : IMAGE_FILE_MACHINE_AMD64;
}

static bool package__is_right(const WCHAR *path, size_t view)
{
  return files_dll_processor(path) == package__processor(view);
}

bool package_check(install_paths_t *paths)
{
  for (size_t view = 0; view < package_views(); view++) {
    char text[INSTALL_PATH_TEXT];

    if (!files_exist(paths->source[view]) && package__is_right(paths->dll[view], view))
      wcscpy(paths->source[view], paths->dll[view]);
    install_paths_text(paths->source[view], text);
    if (!files_exist(paths->source[view])) {
      setup_print_failure(
          "%s is missing. Unpack the whole package into one folder: without both the 64-bit and the "
          "32-bit DLL, half of the programs would be unfiltered. Nothing was changed.",
          text);
      return false;
    }
    if (!package__is_right(paths->source[view], view)) {
      setup_print_failure("%s is not the %s DLL. Unpack the package again. Nothing was changed.", text,
                          package__processor(view) == IMAGE_FILE_MACHINE_I386 ? "32-bit" : "64-bit");
      return false;
    }
  }
  return true;
}

bool package_find(install_paths_t *paths)
{
  for (size_t view = 0; view < package_views(); view++) {
    if (!package__is_right(paths->source[view], view))
      wcscpy(paths->source[view], paths->dll[view]);
    if (!package__is_right(paths->source[view], view))
      return false;
  }
  return true;
}

bool package_dll_is_due(const install_paths_t *paths, size_t view)
{
  return wcscmp(paths->source[view], paths->dll[view]) != 0 &&
         !files_equal(paths->source[view], paths->dll[view]);
}

bool package_place_dll(transaction_t *transaction, size_t view)
{
  const install_paths_t *paths = &transaction->paths;
  bool replaces = files_exist(paths->dll[view]);

  if (!package_dll_is_due(paths, view))
    return true;
  if (replaces &&
      !setup_succeeded("backing up the sockwarden.dll that is there",
                       CopyFileW(paths->dll[view], paths->backup[view], FALSE) ? 0 : GetLastError()))
    return false;
  if (!transaction_note(transaction, JOURNAL_DLL(view), replaces ? "replaced" : "new"))
    return false;
  DWORD error = files_place_dll(paths->source[view], paths->dll[view], &transaction->later);
  if (!error && !files_equal(paths->source[view], paths->dll[view]))
    error = ERROR_INVALID_DATA;
  return setup_succeeded("copying sockwarden.dll", error);
}
