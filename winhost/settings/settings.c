#include "settings.h"

#include <stdio.h>
#include <string.h>
#include "program_data.h"
#include "utf8.h"

enum { PLACES = 2, WORD_CHARS = 32, NAME_CHARS = 32, WRONG_BYTES = 200, MESSAGE_BYTES = 640 };

/* What a number may be: no limit so low that nothing works, none so high that a program stands still. */
enum {
  INSTRUCTIONS_LEAST = 1000,
  INSTRUCTIONS_MOST = 100 * 1000 * 1000,
  MEMORY_LEAST_KIB = 64,
  MEMORY_MOST_KIB = 64 * 1024
};

static const WCHAR *const key_paths[PLACES] = {L"SOFTWARE\\Policies\\Sockwarden", L"SOFTWARE\\Sockwarden"};
static const char *const key_names[PLACES] = {"HKLM\\SOFTWARE\\Policies\\Sockwarden",
                                              "HKLM\\SOFTWARE\\Sockwarden"};

/* The two keys, first found wins; NULL where there is none. */
typedef struct settings_source {
  HKEY keys[PLACES];
  const settings_listener_t *listener; /* NULL: nobody */
} settings_source_t;

/* Looking for one value. */
typedef struct settings_search {
  const settings_source_t *source;
  const char *name;
  WCHAR wide_name[NAME_CHARS];
  char wrong[PLACES][WRONG_BYTES]; /* with the value there; "" where nothing is */
} settings_search_t;

static void settings__tell(const settings_source_t *source, const char *message)
{
  if (source->listener != NULL)
    source->listener->tell(source->listener->context, message);
}

static HKEY settings__open(const settings_source_t *source, HKEY root, int place)
{
  char message[MESSAGE_BYTES];
  HKEY key;

  LSTATUS status = RegOpenKeyExW(root, key_paths[place], 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key);

  if (status == ERROR_SUCCESS)
    return key;
  if (status != ERROR_FILE_NOT_FOUND) {
    snprintf(message, sizeof message, "%s cannot be read (error %ld); its values count as not set",
             key_names[place], (long)status);
    settings__tell(source, message);
  }
  return NULL;
}

static void settings__begin(settings_search_t *search, const settings_source_t *source, const char *name)
{
  memset(search, 0, sizeof *search);
  search->source = source;
  search->name = name;
  for (int i = 0; name[i] != '\0' && i < NAME_CHARS - 1; i++)
    search->wide_name[i] = (WCHAR)name[i];
}

/* Tell what was wrong, now that it is known what is used instead. */
static void settings__end(const settings_search_t *search, const char *used)
{
  char message[MESSAGE_BYTES];

  for (int place = 0; place < PLACES; place++) {
    if (search->wrong[place][0] == '\0')
      continue;
    snprintf(message, sizeof message, "%s, %s: %s; used instead: %s", key_names[place], search->name,
             search->wrong[place], used);
    settings__tell(search->source, message);
  }
}

static const char *settings__type_name(DWORD type)
{
  static const char *const names[] = {"REG_NONE",
                                      "REG_SZ",
                                      "REG_EXPAND_SZ",
                                      "REG_BINARY",
                                      "REG_DWORD",
                                      "REG_DWORD_BIG_ENDIAN",
                                      "REG_LINK",
                                      "REG_MULTI_SZ",
                                      "REG_RESOURCE_LIST",
                                      "REG_FULL_RESOURCE_DESCRIPTOR",
                                      "REG_RESOURCE_REQUIREMENTS_LIST",
                                      "REG_QWORD"};

  return type < sizeof names / sizeof names[0] ? names[type] : "unknown";
}

/* The bytes of a value of that type. False where there is none, or one that is wrong. *size is set to what
 * was read. */
static bool settings__value(settings_search_t *search, int place, DWORD type, void *data, DWORD *size)
{
  char *wrong = search->wrong[place];
  DWORD found = REG_NONE;
  HKEY key = search->source->keys[place];

  if (key == NULL)
    return false;
  LSTATUS status = RegQueryValueExW(key, search->wide_name, NULL, &found, data, size);
  if (status == ERROR_FILE_NOT_FOUND)
    return false;
  if (status != ERROR_SUCCESS && status != ERROR_MORE_DATA)
    snprintf(wrong, WRONG_BYTES, "it cannot be read (error %ld)", (long)status);
  else if (found != type)
    snprintf(
        wrong, WRONG_BYTES, "its type is %s, not %s%s", settings__type_name(found), settings__type_name(type),
        found == REG_EXPAND_SZ ? " (nothing is expanded: a program's own environment could choose)" : "");
  else if (status == ERROR_MORE_DATA)
    snprintf(wrong, WRONG_BYTES, "it is too long");
  return wrong[0] == '\0';
}

/* A text of at most `chars` - 1 characters. Registry strings need not be terminated. An empty one is none. */
static bool settings__text(settings_search_t *search, int place, WCHAR *text, DWORD chars)
{
  DWORD size = chars * sizeof(WCHAR);

  if (!settings__value(search, place, REG_SZ, text, &size))
    return false;
  if (size / sizeof(WCHAR) < chars)
    text[size / sizeof(WCHAR)] = L'\0';
  if (wcsnlen(text, chars) < chars)
    return text[0] != L'\0';
  snprintf(search->wrong[place], WRONG_BYTES, "it is too long");
  return false;
}

static bool settings__same_word(const WCHAR *text, const char *word)
{
  WCHAR wide[WORD_CHARS] = L"";

  for (int i = 0; word[i] != '\0' && i < WORD_CHARS - 1; i++)
    wide[i] = (WCHAR)word[i];
  return CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, text, -1, wide, -1) == CSTR_EQUAL;
}

/* One of so many words, in any case. *value is left alone where none is set. */
static void settings__word(const settings_source_t *source, const char *name, const char *const *words,
                           int count, int *value)
{
  settings_search_t search;
  bool found = false;

  settings__begin(&search, source, name);
  for (int place = 0; place < PLACES && !found; place++) {
    WCHAR wide[WORD_CHARS];
    char text[WORD_CHARS * 3], *wrong = search.wrong[place];

    if (!settings__text(&search, place, wide, WORD_CHARS))
      continue;
    utf8_fill(wide, text, sizeof text);
    for (int i = 0; i < count && !found; i++)
      if (settings__same_word(wide, words[i])) {
        *value = i;
        found = true;
      }
    if (found)
      break;
    int length = snprintf(wrong, WRONG_BYTES, "'%s' is none of", text);
    for (int i = 0; i < count && length < WRONG_BYTES; i++)
      length += snprintf(wrong + length, WRONG_BYTES - (size_t)length, "%s %s", i > 0 ? "," : "", words[i]);
  }
  settings__end(&search, words[*value]);
}

static void settings__number(const settings_source_t *source, const char *name, uint32_t least, uint32_t most,
                             uint32_t *value)
{
  settings_search_t search;
  char used[16];

  settings__begin(&search, source, name);
  for (int place = 0; place < PLACES; place++) {
    DWORD number = 0, size = sizeof number;

    if (!settings__value(&search, place, REG_DWORD, &number, &size))
      continue;
    if (size == sizeof number && number >= least && number <= most) {
      *value = number;
      break;
    }
    if (size != sizeof number)
      snprintf(search.wrong[place], WRONG_BYTES, "it has %lu bytes, not 4", (unsigned long)size);
    else
      snprintf(search.wrong[place], WRONG_BYTES, "%lu is not between %lu and %lu", (unsigned long)number,
               (unsigned long)least, (unsigned long)most);
  }
  snprintf(used, sizeof used, "%lu", (unsigned long)*value);
  settings__end(&search, used);
}

/*
 * A folder's full path, or the one below ProgramData\Sockwarden. Named in full, or a program's current
 * directory would choose; on a drive of this machine where `local`: a server that does not answer would hold
 * up every program.
 */
static void settings__folder(const settings_source_t *source, const char *name, const WCHAR *fallback,
                             bool local, WCHAR *path, DWORD chars)
{
  settings_search_t search;
  char used[MESSAGE_BYTES / 2];
  bool found = false;

  settings__begin(&search, source, name);
  for (int place = 0; place < PLACES && !found; place++) {
    if (!settings__text(&search, place, path, chars))
      continue;
    bool network = path[0] == L'\\' && path[1] == L'\\' && path[2] != L'\0';
    found = full_path_on_drive(path) || (network && !local);
    if (!found)
      snprintf(search.wrong[place], WRONG_BYTES,
               network ? "it is no folder on a drive of this machine" : "it is no full path");
  }
  if (!found) {
    path[0] = L'\0';
    if (program_data_folder(path, MAX_PATH < chars ? MAX_PATH : chars) &&
        wcslen(path) + wcslen(fallback) < chars)
      wcscat(path, fallback);
    else
      path[0] = L'\0';
  }
  utf8_fill(path, used, sizeof used);
  settings__end(&search, used[0] != '\0' ? used : "none");
}

static void settings__policy_dir(const settings_source_t *source, policy_settings_t *settings)
{
  WCHAR path[MAX_PATH * 4];

  settings__folder(source, "PolicyDir", L"\\Sockwarden\\policies", false, path, sizeof path / sizeof path[0]);
  utf8_fill(path, settings->policy_dir, sizeof settings->policy_dir);
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

void settings_read_below(HKEY root, policy_settings_t *settings, settings_log_t *log,
                         const settings_listener_t *listener)
{
  static const char *const modes[] = {
      [POLICY_MODE_ENFORCE] = "enforce", [POLICY_MODE_AUDIT] = "audit", [POLICY_MODE_OFF] = "off"};
  static const char *const actions[] = {[POLICY_ALLOW] = "allow", [POLICY_REJECT] = "reject"};
  settings_source_t source = {.listener = listener};
  int mode = (int)settings->mode, on_error = (int)settings->on_error,
      default_verdict = (int)settings->default_verdict;

  for (int place = 0; place < PLACES; place++)
    source.keys[place] = settings__open(&source, root, place);
  settings__policy_dir(&source, settings);
  settings__word(&source, "Mode", modes, 3, &mode);
  settings__word(&source, "OnError", actions, 2, &on_error);
  settings__word(&source, "DefaultVerdict", actions, 2, &default_verdict);
  settings->mode = (policy_mode_t)mode;
  settings->on_error = (policy_action_t)on_error;
  settings->default_verdict = (policy_action_t)default_verdict;
  settings__number(&source, "InstructionLimit", INSTRUCTIONS_LEAST, INSTRUCTIONS_MOST,
                   &settings->instruction_limit);
  settings__number(&source, "MemoryLimitKiB", MEMORY_LEAST_KIB, MEMORY_MOST_KIB, &settings->memory_limit_kib);
  uint32_t unprotected = 0; /* policies that others than administrators can write are refused */
  settings__number(&source, "AllowUnprotectedPolicies", 0, 1, &unprotected);
  settings->protection = unprotected != 0 ? POLICY_PROTECTION_IGNORED : POLICY_PROTECTION_REQUIRED;
  if (log != NULL) {
    uint32_t level = LOG_LEVEL_NOTABLE;

    settings__folder(&source, "LogDir", L"\\Sockwarden\\logs", true, log->dir, SETTINGS_LOG_DIR_CHARS);
    settings__number(&source, "LogLevel", LOG_LEVEL_NOTHING, LOG_LEVEL_EVERYTHING, &level);
    log->level = (log_level_t)level;
  }
  for (int place = 0; place < PLACES; place++)
    if (source.keys[place] != NULL)
      RegCloseKey(source.keys[place]);
  if (root == HKEY_LOCAL_MACHINE && settings__safe_mode())
    settings->mode = POLICY_MODE_OFF;
}

void settings_read(policy_settings_t *settings, settings_log_t *log, const settings_listener_t *listener)
{
  settings_read_below(HKEY_LOCAL_MACHINE, settings, log, listener);
}
