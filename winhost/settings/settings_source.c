#include "settings_source.h"

#include <stdio.h>
#include <string.h>
#include "program_data.h"
#include "utf8.h"

enum { WORD_CHARS = 32, NAME_CHARS = 32, PROBLEM_BYTES = 200, MESSAGE_BYTES = 640 };

/* The search for one setting. */
typedef struct search {
  const settings_source_t *source;
  const setting_t *setting;
  WCHAR name[NAME_CHARS];
  char problems[SETTINGS_KEYS][PROBLEM_BYTES]; /* with the value in that key; "" where there is none */
} search_t;

static void source__warn(const settings_source_t *source, const char *message)
{
  if (source->warner != NULL)
    source->warner->warn(source->warner->context, message);
}

void settings_source_open(settings_source_t *source, HKEY root, const settings_warner_t *warner)
{
  char message[MESSAGE_BYTES];

  source->warner = warner;
  for (int key = 0; key < SETTINGS_KEYS; key++) {
    LSTATUS status = RegOpenKeyExW(root, settings_keys[key].path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY,
                                   &source->keys[key]);

    if (status == ERROR_SUCCESS)
      continue;
    source->keys[key] = NULL;
    if (status == ERROR_FILE_NOT_FOUND)
      continue;
    snprintf(message, sizeof message, "%s cannot be read (error %ld): its values are ignored",
             settings_keys[key].name, (long)status);
    source__warn(source, message);
  }
}

void settings_source_close(settings_source_t *source)
{
  for (int key = 0; key < SETTINGS_KEYS; key++)
    if (source->keys[key] != NULL)
      RegCloseKey(source->keys[key]);
}

static void source__begin(search_t *search, const settings_source_t *source, const setting_t *setting)
{
  *search = (search_t){.source = source, .setting = setting};
  for (int i = 0; setting->name[i] != '\0' && i < NAME_CHARS - 1; i++)
    search->name[i] = (WCHAR)setting->name[i];
}

/* Report what was wrong, now that it is known what is used instead. */
static void source__end(const search_t *search, const char *used)
{
  char message[MESSAGE_BYTES];

  for (int key = 0; key < SETTINGS_KEYS; key++) {
    if (search->problems[key][0] == '\0')
      continue;
    snprintf(message, sizeof message, "%s: %s %s; using %s", settings_keys[key].name, search->setting->name,
             search->problems[key], used);
    source__warn(search->source, message);
  }
}

static const char *source__type_name(DWORD type)
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

  return type < sizeof names / sizeof names[0] ? names[type] : "of an unknown type";
}

/* The bytes of a value of that type. False where there is none, or one that is wrong. *size is set to what
 * was read. */
static bool source__value(search_t *search, int key, DWORD type, void *data, DWORD *size)
{
  char *problem = search->problems[key];
  DWORD found = REG_NONE;

  if (search->source->keys[key] == NULL)
    return false;
  LSTATUS status = RegQueryValueExW(search->source->keys[key], search->name, NULL, &found, data, size);
  if (status == ERROR_FILE_NOT_FOUND)
    return false;
  if (status != ERROR_SUCCESS && status != ERROR_MORE_DATA)
    snprintf(problem, PROBLEM_BYTES, "cannot be read (error %ld)", (long)status);
  else if (found != type)
    snprintf(problem, PROBLEM_BYTES, "is %s, not %s%s", source__type_name(found), source__type_name(type),
             found == REG_EXPAND_SZ
                 ? " (variables are not expanded: a program's own environment could choose the folder)"
                 : "");
  else if (status == ERROR_MORE_DATA)
    snprintf(problem, PROBLEM_BYTES, "is too long");
  return problem[0] == '\0';
}

/* A text of at most `chars` - 1 characters. Registry strings need not be terminated. An empty one is not set.
 */
static bool source__text(search_t *search, int key, WCHAR *text, DWORD chars)
{
  DWORD size = chars * sizeof(WCHAR);

  if (!source__value(search, key, REG_SZ, text, &size))
    return false;
  if (size / sizeof(WCHAR) < chars)
    text[size / sizeof(WCHAR)] = L'\0';
  if (wcsnlen(text, chars) < chars)
    return text[0] != L'\0';
  snprintf(search->problems[key], PROBLEM_BYTES, "is too long");
  return false;
}

static bool source__is_word(const WCHAR *text, const char *word)
{
  WCHAR wide[WORD_CHARS] = L"";

  for (int i = 0; word[i] != '\0' && i < WORD_CHARS - 1; i++)
    wide[i] = (WCHAR)word[i];
  return CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, text, -1, wide, -1) == CSTR_EQUAL;
}

static bool source__read_word(search_t *search, int key, uint32_t *value)
{
  const setting_t *setting = search->setting;
  char *problem = search->problems[key], text[WORD_CHARS * 3];
  WCHAR wide[WORD_CHARS];

  if (!source__text(search, key, wide, WORD_CHARS))
    return false;
  for (uint32_t i = setting->least; i <= setting->most; i++)
    if (source__is_word(wide, setting->word(i))) {
      *value = i;
      return true;
    }
  utf8_fill(wide, text, sizeof text);
  int length = snprintf(problem, PROBLEM_BYTES, "is '%s', not one of", text);
  for (uint32_t i = setting->least; i <= setting->most && length < PROBLEM_BYTES; i++)
    length += snprintf(problem + length, PROBLEM_BYTES - (size_t)length, "%s %s",
                       i > setting->least ? "," : "", setting->word(i));
  return false;
}

static bool source__read_number(search_t *search, int key, uint32_t *value)
{
  const setting_t *setting = search->setting;
  DWORD number = 0, size = sizeof number;

  if (!source__value(search, key, REG_DWORD, &number, &size))
    return false;
  if (size != sizeof number) {
    snprintf(search->problems[key], PROBLEM_BYTES, "has %lu bytes, not 4", (unsigned long)size);
    return false;
  }
  if (number < setting->least || number > setting->most) {
    snprintf(search->problems[key], PROBLEM_BYTES, "is %lu, not between %lu and %lu", (unsigned long)number,
             (unsigned long)setting->least, (unsigned long)setting->most);
    return false;
  }
  *value = number;
  return true;
}

uint32_t settings_source_number(const settings_source_t *source, const setting_t *setting)
{
  bool is_word = setting->type == SETTING_WORD, found = false;
  uint32_t value = setting->fallback;
  char used[16];
  search_t search;

  source__begin(&search, source, setting);
  for (int key = 0; key < SETTINGS_KEYS && !found; key++)
    found = is_word ? source__read_word(&search, key, &value) : source__read_number(&search, key, &value);
  snprintf(used, sizeof used, "%lu", (unsigned long)value);
  source__end(&search, is_word ? setting->word(value) : used);
  return value;
}

static bool source__read_folder(search_t *search, int key, WCHAR *path, DWORD chars)
{
  if (!source__text(search, key, path, chars))
    return false;
  bool network = path[0] == L'\\' && path[1] == L'\\' && path[2] != L'\0';
  if (full_path_on_drive(path) || (network && search->setting->type == SETTING_FOLDER))
    return true;
  snprintf(search->problems[key], PROBLEM_BYTES, network ? "is not on a local drive" : "is not a full path");
  return false;
}

static void source__default_folder(const setting_t *setting, WCHAR *path, DWORD chars)
{
  if (program_data_folder(path, MAX_PATH < chars ? MAX_PATH : chars) &&
      wcslen(path) + wcslen(setting->folder) < chars)
    wcscat(path, setting->folder);
  else
    path[0] = L'\0';
}

void settings_source_folder(const settings_source_t *source, const setting_t *setting, WCHAR *path,
                            DWORD chars)
{
  char used[MESSAGE_BYTES / 2];
  bool found = false;
  search_t search;

  source__begin(&search, source, setting);
  for (int key = 0; key < SETTINGS_KEYS && !found; key++)
    found = source__read_folder(&search, key, path, chars);
  if (!found)
    source__default_folder(setting, path, chars);
  utf8_fill(path, used, sizeof used);
  source__end(&search, used[0] != '\0' ? used : "no folder");
}
