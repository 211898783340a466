#include "registry.h"

#include <ws2spi.h>

#include "fault_injection.h"

static const WCHAR event_key[] = L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Sockwarden";
static const WCHAR settings_key[] = L"SOFTWARE\\Sockwarden";
static const WCHAR applications_key[] =
    L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters\\AppId_Catalog";

static DWORD registry__open(const WCHAR *path, REGSAM access, HKEY *key)
{
  return (DWORD)RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, access | KEY_WOW64_64KEY, key);
}

bool registry_event_source_exists(void)
{
  HKEY key;

  if (registry__open(event_key, KEY_QUERY_VALUE, &key))
    return false;
  RegCloseKey(key);
  return true;
}

DWORD registry_write_event_source(void)
{
  static const WCHAR file[] =
      L"%SystemRoot%\\System32\\sockwarden.dll"; /* the messages: lsp/log/events/event_log.mc */
  DWORD types = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
  HKEY key;
  int fault = fault_injection_step("RegCreateKeyEx event source");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  DWORD error = (DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, event_key, 0, NULL, 0,
                                       KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL);
  if (error)
    return error;
  error = (DWORD)RegSetValueExW(key, L"EventMessageFile", 0, REG_EXPAND_SZ, (const BYTE *)file, sizeof file);
  if (!error)
    error = (DWORD)RegSetValueExW(key, L"TypesSupported", 0, REG_DWORD, (const BYTE *)&types, sizeof types);
  RegCloseKey(key);
  return error;
}

DWORD registry_remove_event_source(void)
{
  int fault = fault_injection_step("RegDeleteKeyEx event source");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  DWORD error = (DWORD)RegDeleteKeyExW(HKEY_LOCAL_MACHINE, event_key, KEY_WOW64_64KEY, 0);
  return error == ERROR_FILE_NOT_FOUND ? 0 : error;
}

bool registry_read_policy_dir(WCHAR *path, DWORD chars)
{
  DWORD type = 0, size = (chars - 1) * sizeof *path;
  HKEY key;

  if (registry__open(settings_key, KEY_QUERY_VALUE, &key))
    return false;
  LSTATUS status = RegQueryValueExW(key, L"PolicyDir", NULL, &type, (BYTE *)path, &size);
  RegCloseKey(key);
  if (status != ERROR_SUCCESS || type != REG_SZ)
    return false;
  path[size / sizeof *path] = L'\0';
  return true;
}

DWORD registry_set_policy_dir(const WCHAR *path)
{
  HKEY key;
  int fault = fault_injection_step("RegSetValueEx PolicyDir");

  if (fault)
    return fault == FAULT_PRETEND ? 0 : (DWORD)fault;
  if (path == NULL) {
    DWORD missing = registry__open(settings_key, KEY_SET_VALUE, &key);

    if (missing)
      return missing == ERROR_FILE_NOT_FOUND ? 0 : missing;
    missing = (DWORD)RegDeleteValueW(key, L"PolicyDir");
    RegCloseKey(key);
    return missing == ERROR_FILE_NOT_FOUND ? 0 : missing;
  }
  DWORD error = (DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, settings_key, 0, NULL, 0,
                                       KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL);
  if (error)
    return error;
  error = (DWORD)RegSetValueExW(key, L"PolicyDir", 0, REG_SZ, (const BYTE *)path,
                                (DWORD)((wcslen(path) + 1) * sizeof *path));
  RegCloseKey(key);
  return error;
}

DWORD registry_remove_settings(void)
{
  HKEY key;
  DWORD error = registry__open(L"SOFTWARE", KEY_ALL_ACCESS, &key);

  if (error)
    return error;
  error = (DWORD)RegDeleteTreeW(key, L"Sockwarden");
  RegCloseKey(key);
  return error == ERROR_FILE_NOT_FOUND ? 0 : error;
}

static bool registry__value(HKEY key, const WCHAR *name, void *data, DWORD size, DWORD expected)
{
  DWORD type = 0;

  return RegQueryValueExW(key, name, NULL, &type, data, &size) == ERROR_SUCCESS && type == expected;
}

size_t registry_list_excluded(DWORD category,
                              void (*visit)(void *context, const WCHAR *path, const WCHAR *arguments),
                              void *context)
{
  WCHAR name[64];
  HKEY applications, application;
  size_t count = 0;

  if (registry__open(applications_key, KEY_READ, &applications))
    return 0;
  for (DWORD i = 0, length = 64;
       RegEnumKeyExW(applications, i, name, &length, NULL, NULL, NULL, NULL) == ERROR_SUCCESS;
       i++, length = 64) {
    WCHAR path[MAX_PATH + 1] = L"", arguments[MAX_PATH + 1] = L"";
    DWORD permitted = 0;

    if (RegOpenKeyExW(applications, name, 0, KEY_QUERY_VALUE, &application))
      continue;
    if (registry__value(application, L"PermittedLspCategories", &permitted, sizeof permitted, REG_DWORD) &&
        registry__value(application, L"AppFullPath", path, sizeof path - sizeof *path, REG_SZ) &&
        ((category & ~permitted) || (permitted & LSP_SYSTEM && !(category & LSP_SYSTEM)))) {
      registry__value(application, L"AppArgs", arguments, sizeof arguments - sizeof *arguments, REG_SZ);
      visit(context, path, arguments);
      count++;
    }
    RegCloseKey(application);
  }
  RegCloseKey(applications);
  return count;
}
