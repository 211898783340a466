#include "critical_process.h"

#include <string.h>

static bool critical_process__equal(const WCHAR *one, int length, const WCHAR *other)
{
  return CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, one, length, other, -1) == CSTR_EQUAL;
}

bool critical_process_is(const WCHAR *path, const WCHAR *system_directory)
{
  static const WCHAR *const names[] = {L"lsass.exe", L"services.exe", L"wininit.exe",
                                       L"csrss.exe", L"smss.exe",     L"winlogon.exe"};
  const WCHAR *separator = wcsrchr(path, L'\\');

  if (separator == NULL)
    return false;
  const WCHAR *directory =
      wcsncmp(path, L"\\??\\", 4) == 0 || wcsncmp(path, L"\\\\?\\", 4) == 0 ? path + 4 : path;
  if (directory > separator ||
      !critical_process__equal(directory, (int)(separator - directory), system_directory))
    return false;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (critical_process__equal(separator + 1, -1, names[i]))
      return true;
  return false;
}

bool critical_process(void)
{
  enum { UNKNOWN, NO, YES };
  static volatile LONG known = UNKNOWN;

  if (known == UNKNOWN) {
    WCHAR path[MAX_PATH] = L"", directory[MAX_PATH] = L"";
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);
    UINT directory_length = GetSystemDirectoryW(directory, MAX_PATH);
    bool readable = length > 0 && length < MAX_PATH && directory_length > 0 && directory_length < MAX_PATH;

    known = readable && critical_process_is(path, directory) ? YES : NO;
  }
  return known == YES;
}
