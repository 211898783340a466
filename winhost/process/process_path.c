#include "process_path.h"

#include <stdlib.h>
#include <string.h>
#include "utf8.h"
#include "winsock.h"

enum { PATH_CHARS = 32768 };

/* GetFinalPathNameByHandleW came with Vista. */
static DWORD process_path__final(const WCHAR *path, WCHAR *final)
{
  typedef DWORD(WINAPI * final_fn)(HANDLE, LPWSTR, DWORD, DWORD);
  final_fn get_final =
      (final_fn)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetFinalPathNameByHandleW");

  if (get_final == NULL)
    return 0;
  HANDLE file = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                            OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE)
    return 0;
  DWORD length = get_final(file, final, PATH_CHARS, 0);
  CloseHandle(file);
  return length < PATH_CHARS ? length : 0;
}

/* \\?\C:\x is C:\x, \\?\UNC\server\x is \\server\x. */
static WCHAR *process_path__plain(WCHAR *path)
{
  if (wcsncmp(path, L"\\\\?\\UNC\\", 8) == 0) {
    path[6] = L'\\';
    return path + 6;
  }
  return wcsncmp(path, L"\\\\?\\", 4) == 0 ? path + 4 : path;
}

char *process_path(void)
{
  WCHAR *path = malloc(2 * PATH_CHARS * sizeof *path);
  char *copy = NULL;

  if (path == NULL)
    return NULL;
  WCHAR *other = path + PATH_CHARS;
  DWORD length = GetModuleFileNameW(NULL, path, PATH_CHARS);
  if (length > 0 && length < PATH_CHARS) {
    DWORD long_length = GetLongPathNameW(path, other, PATH_CHARS);

    if (long_length > 0 && long_length < PATH_CHARS)
      memcpy(path, other, (long_length + 1) * sizeof *path);
    copy = utf8_copy(process_path__plain(process_path__final(path, other) > 0 ? other : path));
  }
  free(path);
  return copy;
}
