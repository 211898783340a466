#include "settings.h"

#include "settings_source.h"
#include "utf8.h"

/* GetSystemMetrics(SM_CLEANBOOT) would say it, but user32 must not be in a host that locks win32k out. */
static bool settings__in_safe_mode(void)
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

static uint32_t settings__number(const settings_source_t *source, setting_id_t id)
{
  return settings_source_number(source, &settings_table[id]);
}

static void settings__read_policy_dir(const settings_source_t *source, policy_settings_t *settings)
{
  WCHAR path[MAX_PATH * 4];

  settings_source_folder(source, &settings_table[SETTING_POLICY_DIR], path, sizeof path / sizeof path[0]);
  utf8_fill(path, settings->policy_dir, sizeof settings->policy_dir);
}

void settings_read_below(HKEY root, policy_settings_t *settings, settings_log_t *log,
                         const settings_warner_t *warner)
{
  settings_source_t source;

  settings_source_open(&source, root, warner);
  settings__read_policy_dir(&source, settings);
  settings->mode = (policy_mode_t)settings__number(&source, SETTING_MODE);
  settings->on_error = (policy_action_t)settings__number(&source, SETTING_ON_ERROR);
  settings->default_verdict = (policy_action_t)settings__number(&source, SETTING_DEFAULT_VERDICT);
  settings->instruction_limit = settings__number(&source, SETTING_INSTRUCTION_LIMIT);
  settings->memory_limit_kib = settings__number(&source, SETTING_MEMORY_LIMIT_KIB);
  /* Policies that non-administrators can write are refused. */
  settings->protection = settings__number(&source, SETTING_ALLOW_UNPROTECTED_POLICIES) != 0
                             ? POLICY_PROTECTION_IGNORED
                             : POLICY_PROTECTION_REQUIRED;
  if (log != NULL) {
    settings_source_folder(&source, &settings_table[SETTING_LOG_DIR], log->dir, SETTINGS_LOG_DIR_CHARS);
    log->level = (log_level_t)settings__number(&source, SETTING_LOG_LEVEL);
  }
  settings_source_close(&source);
  if (root == HKEY_LOCAL_MACHINE && settings__in_safe_mode())
    settings->mode = POLICY_MODE_OFF;
}

void settings_read(policy_settings_t *settings, settings_log_t *log, const settings_warner_t *warner)
{
  settings_read_below(HKEY_LOCAL_MACHINE, settings, log, warner);
}
