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

bool full_path_on_drive(const WCHAR *path)
{
  bool letter = (path[0] | 0x20) >= L'a' && (path[0] | 0x20) <= L'z';

  return letter && path[1] == L':' && (path[2] == L'\\' || path[2] == L'/');
}

bool program_data_expand(const WCHAR *recorded, const WCHAR *windows, WCHAR *folder, DWORD chars)
{
  const WCHAR *rest = recorded;
  size_t drive_chars = 0;

  if (windows[0] == L'\0' || windows[1] != L':')
    return false;
  if (CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, recorded, (int)wcsnlen(recorded, VARIABLE_CHARS),
                     drive_variable, VARIABLE_CHARS) == CSTR_EQUAL) {
    drive_chars = DRIVE_CHARS;
    rest = recorded + VARIABLE_CHARS;
  }
  if (wcschr(rest, L'%') != NULL || drive_chars + wcslen(rest) >= chars)
    return false;
  memcpy(folder, windows, drive_chars * sizeof *folder);
  wcscpy(folder + drive_chars, rest);
  if (!full_path_on_drive(folder))
    return false;
  size_t end = wcslen(folder);
  if (end > 0 && folder[end - 1] == L'\\')
    folder[end - 1] = L'\0';
  return true;
}

bool program_data_folder(WCHAR *folder, DWORD chars)
{
  WCHAR windows[MAX_PATH] = L"", recorded[MAX_PATH];
  UINT length = GetSystemWindowsDirectoryW(windows, MAX_PATH);

  if (length == 0 || length >= MAX_PATH)
    return false;
  if (!program_data__recorded(recorded, MAX_PATH))
    wcscpy(recorded, L"%SystemDrive%\\ProgramData");
  return program_data_expand(recorded, windows, folder, chars);
}
