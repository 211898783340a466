#include "settings.h"

#include <string.h>
#include "program_data.h"
#include "utf8.h"

enum { PLACES = 2, WORD_CHARS = 32 };

/* The two keys, first found wins. NULL where there is none. */
typedef struct settings_keys {
  HKEY keys[PLACES];
} settings_keys_t;

static HKEY settings__open(HKEY root, const WCHAR *path)
{
  HKEY key;

  if (RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) == ERROR_SUCCESS)
    return key;
  return NULL;
}

/* A string of at most `chars` - 1 characters. Registry strings need not be terminated. */
static bool settings__string(HKEY key, const WCHAR *name, WCHAR *text, DWORD chars)
{
  DWORD type = 0, size = (chars - 1) * sizeof(WCHAR);

  if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)text, &size) != ERROR_SUCCESS || type != REG_SZ)
    return false;
  text[size / sizeof(WCHAR)] = L'\0';
  return text[0] != L'\0';
}

static bool settings__word(const settings_keys_t *from, const WCHAR *name, const WCHAR *const *words,
                           int count, int *value)
{
  for (int place = 0; place < PLACES; place++) {
    WCHAR text[WORD_CHARS];
    if (from->keys[place] == NULL || !settings__string(from->keys[place], name, text, WORD_CHARS))
      continue;
    for (int i = 0; i < count; i++)
      if (CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, text, -1, words[i], -1) == CSTR_EQUAL) {
        *value = i;
        return true;
      }
  }
  return false;
}

static void settings__number(const settings_keys_t *from, const WCHAR *name, uint32_t *value)
{
  for (int place = 0; place < PLACES; place++) {
    DWORD number = 0, type = 0, size = sizeof number;
    if (from->keys[place] == NULL ||
        RegQueryValueExW(from->keys[place], name, NULL, &type, (BYTE *)&number, &size) != ERROR_SUCCESS)
      continue;
    /* No limit can be 0: nothing would ever be decided. */
    if (type == REG_DWORD && size == sizeof number && number > 0) {
      *value = number;
      return;
    }
  }
}

/* Policies that others than administrators can write are refused, unless the administrator said 1. */
static policy_protection_t settings__protection(const settings_keys_t *from)
{
  for (int place = 0; place < PLACES; place++) {
    DWORD allowed = 0, type = 0, size = sizeof allowed;
    if (from->keys[place] != NULL &&
        RegQueryValueExW(from->keys[place], L"AllowUnprotectedPolicies", NULL, &type, (BYTE *)&allowed,
                         &size) == ERROR_SUCCESS &&
        type == REG_DWORD && size == sizeof allowed && allowed <= 1)
      return allowed ? POLICY_PROTECTION_IGNORED : POLICY_PROTECTION_REQUIRED;
  }
  return POLICY_PROTECTION_REQUIRED;
}

/* A folder is named in full, or a program's current directory would choose the policies. */
static bool settings__full_path(const WCHAR *path)
{
  bool drive = ((path[0] | 0x20) >= L'a' && (path[0] | 0x20) <= L'z') && path[1] == L':' &&
               (path[2] == L'\\' || path[2] == L'/');

  return drive || (path[0] == L'\\' && path[1] == L'\\' && path[2] != L'\0');
}

static void settings__policy_dir(const settings_keys_t *from, policy_settings_t *settings)
{
  static const WCHAR folder[] = L"\\Sockwarden\\policies";
  WCHAR path[MAX_PATH * 4];

  for (int place = 0; place < PLACES; place++)
    if (from->keys[place] != NULL &&
        settings__string(from->keys[place], L"PolicyDir", path, sizeof path / sizeof path[0]) &&
        settings__full_path(path) && utf8_fill(path, settings->policy_dir, sizeof settings->policy_dir))
      return;
  if (program_data_folder(path, MAX_PATH)) {
    wcscat(path, folder);
    utf8_fill(path, settings->policy_dir, sizeof settings->policy_dir);
  }
}

void settings_read_below(HKEY root, policy_settings_t *settings)
{
  static const WCHAR *const modes[] = {
      [POLICY_MODE_ENFORCE] = L"enforce", [POLICY_MODE_AUDIT] = L"audit", [POLICY_MODE_OFF] = L"off"};
  static const WCHAR *const actions[] = {[POLICY_ALLOW] = L"allow", [POLICY_REJECT] = L"reject"};
  settings_keys_t from = {{settings__open(root, L"SOFTWARE\\Policies\\Sockwarden"),
                           settings__open(root, L"SOFTWARE\\Sockwarden")}};
  int value;

  settings__policy_dir(&from, settings);
  if (settings__word(&from, L"Mode", modes, 3, &value))
    settings->mode = (policy_mode_t)value;
  if (settings__word(&from, L"OnError", actions, 2, &value))
    settings->on_error = (policy_action_t)value;
  if (settings__word(&from, L"DefaultVerdict", actions, 2, &value))
    settings->default_verdict = (policy_action_t)value;
  settings__number(&from, L"InstructionLimit", &settings->instruction_limit);
  settings__number(&from, L"MemoryLimitKiB", &settings->memory_limit_kib);
  settings->protection = settings__protection(&from);

  for (int place = 0; place < PLACES; place++)
    if (from.keys[place] != NULL)
      RegCloseKey(from.keys[place]);
}

/* GetSystemMetrics(SM_CLEANBOOT) would say it, but user32 must not be in a host that locks win32k out. */
static bool settings__safe_mode(void)
{
  DWORD option = 0, type = 0, size = sizeof option;
  HKEY key;

  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Control\\SafeBoot\\Option", 0,
                    KEY_QUERY_VALUE, &key) != ERROR_SUCCESS)
    return false;
  LSTATUS status = RegQueryValueExW(key, L"OptionValue", NULL, &type, (BYTE *)&option, &size);
  RegCloseKey(key);
  return status == ERROR_SUCCESS && type == REG_DWORD && option != 0;
}

void settings_read(policy_settings_t *settings)
{
  settings_read_below(HKEY_LOCAL_MACHINE, settings);
  if (settings__safe_mode())
    settings->mode = POLICY_MODE_OFF;
}
