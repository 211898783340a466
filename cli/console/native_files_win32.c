#include "native_files.h"

#include <direct.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

#include "native_text.h"

/* UTF-16, which the caller frees; NULL, and errno, as native_text_widen. A path that begins with \\?\ takes
 * backslashes only. */
static wchar_t *native_files__widen(const char *path)
{
  wchar_t *wide = native_text_widen(path);

  for (wchar_t *c = wide; c != NULL && *c; c++)
    if (*c == L'/')
      *c = L'\\';
  return wide;
}

FILE *native_files_open(const char *path)
{
  wchar_t *wide = native_files__widen(path);
  FILE *file = wide != NULL ? _wfopen(wide, L"rb") : NULL;

  free(wide);
  return file;
}

/* The C library of Windows 7 does not know "wx". */
FILE *native_files_create(const char *path)
{
  wchar_t *wide = native_files__widen(path);
  int number =
      wide != NULL ? _wopen(wide, _O_CREAT | _O_EXCL | _O_WRONLY | _O_TEXT, _S_IREAD | _S_IWRITE) : -1;
  FILE *file = number >= 0 ? _fdopen(number, "w") : NULL;

  if (file == NULL && number >= 0)
    _close(number);
  free(wide);
  return file;
}

int native_files_make_folder(const char *path)
{
  wchar_t *wide = native_files__widen(path);
  int result = wide != NULL ? _wmkdir(wide) : -1;

  free(wide);
  return result;
}

int native_files_delete(const char *path)
{
  wchar_t *wide = native_files__widen(path);
  int result = wide != NULL ? _wremove(wide) : -1;

  free(wide);
  return result;
}

static int native_files__errno_of(DWORD error)
{
  switch (error) {
  case ERROR_FILE_NOT_FOUND:
  case ERROR_PATH_NOT_FOUND:
  case ERROR_BAD_NETPATH:
  case ERROR_BAD_NET_NAME:
  case ERROR_INVALID_NAME:
    return ENOENT;
  case ERROR_DIRECTORY:
    return ENOTDIR;
  case ERROR_ACCESS_DENIED:
  case ERROR_SHARING_VIOLATION:
    return EACCES;
  case ERROR_NOT_ENOUGH_MEMORY:
  case ERROR_OUTOFMEMORY:
    return ENOMEM;
  default:
    return EIO;
  }
}

/* FOLDER\* in UTF-16, which the caller frees; NULL, and errno, where it is no text or memory is short. */
static wchar_t *native_files__search_pattern(const char *folder)
{
  char *pattern = malloc(strlen(folder) + sizeof "\\*");
  wchar_t *wide = NULL;

  if (pattern != NULL) {
    strcat(strcpy(pattern, folder), "\\*");
    wide = native_files__widen(pattern);
  }
  free(pattern);
  return wide;
}

/* 0 where it is a folder. The search itself does not distinguish a missing one from an empty one. */
static int native_files__folder_error(wchar_t *pattern)
{
  wchar_t *end = wcsrchr(pattern, L'\\');

  *end = 0;
  DWORD attributes = GetFileAttributesW(pattern), error = GetLastError();
  *end = L'\\';
  if (attributes == INVALID_FILE_ATTRIBUTES)
    return native_files__errno_of(error);
  return attributes & FILE_ATTRIBUTE_DIRECTORY ? 0 : ENOTDIR;
}

static bool native_files__visit(const WIN32_FIND_DATAW *found, native_files_visit_fn *visit, void *context)
{
  if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
    return true;
  char *name = native_text_narrow(found->cFileName);
  bool going = name != NULL && visit(context, name);
  free(name);
  return going;
}

bool native_files_list(const char *folder, native_files_visit_fn *visit, void *context)
{
  WIN32_FIND_DATAW found;
  HANDLE search = INVALID_HANDLE_VALUE;
  wchar_t *pattern = native_files__search_pattern(folder);

  if (pattern == NULL)
    return false;
  int failure = native_files__folder_error(pattern);
  DWORD error = ERROR_SUCCESS;
  if (failure == 0) {
    search = FindFirstFileW(pattern, &found);
    error = search == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
  }
  free(pattern);
  while (failure == 0 && error == ERROR_SUCCESS) {
    if (!native_files__visit(&found, visit, context))
      failure = ENOMEM;
    else if (!FindNextFileW(search, &found))
      error = GetLastError();
  }
  if (search != INVALID_HANDLE_VALUE)
    FindClose(search);
  /* The root of a drive has not even ".": nothing is found in an empty one. */
  if (error != ERROR_SUCCESS && error != ERROR_NO_MORE_FILES && error != ERROR_FILE_NOT_FOUND)
    failure = native_files__errno_of(error);
  errno = failure;
  return failure == 0;
}
