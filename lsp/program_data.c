#include "program_data.h"

#include <string.h>

static const WCHAR drive_variable[] = L"%SystemDrive%";
enum { DRIVE_CHARS = 2, VARIABLE_CHARS = sizeof drive_variable / sizeof drive_variable[0] - 1 };

/* What the registry says: REG_EXPAND_SZ, "%SystemDrive%\ProgramData" unless someone moved it. */
static bool program_data__recorded(WCHAR *value, DWORD chars)
{
  DWORD type = 0, size = (chars - 1) * sizeof(WCHAR);
  HKEY key;

  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", 0,
                    KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS)
    return false;
  LSTATUS status = RegQueryValueExW(key, L"ProgramData", NULL, &type, (BYTE *)value, &size);
  RegCloseKey(key);
  if (status != ERROR_SUCCESS || (type != REG_SZ && type != REG_EXPAND_SZ))
    return false;
  value[size / sizeof(WCHAR)] = L'\0';
  return value[0] != L'\0';
}

bool program_data_folder(WCHAR *folder, DWORD chars)
{
  WCHAR windows[MAX_PATH] = L"", recorded[MAX_PATH];
  UINT length = GetSystemWindowsDirectoryW(windows, MAX_PATH);

  if (length < DRIVE_CHARS || length >= MAX_PATH || windows[1] != L':')
    return false;
  windows[DRIVE_CHARS] = L'\0';
  if (!program_data__recorded(recorded, MAX_PATH))
    wcscpy(recorded, L"%SystemDrive%\\ProgramData");

  const WCHAR *rest = recorded, *drive = L"";
  if (CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, recorded, (int)wcsnlen(recorded, VARIABLE_CHARS),
                     drive_variable, VARIABLE_CHARS) == CSTR_EQUAL) {
    drive = windows;
    rest = recorded + VARIABLE_CHARS;
  }
  if (wcschr(rest, L'%') != NULL || wcslen(drive) + wcslen(rest) >= chars)
    return false;
  wcscpy(folder, drive);
  wcscat(folder, rest);
  size_t end = wcslen(folder);
  if (end > 0 && folder[end - 1] == L'\\')
    folder[end - 1] = L'\0';
  return true;
}
