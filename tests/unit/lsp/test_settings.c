/* The settings: where they are looked for, what they may be, and what is reported of those that cannot be
 * used. docs/operations.md, "Settings". */
#include <stdio.h>
#include <string.h>
#include "registry.h"
#include "settings_report.h"

static char warned[16][700];
static int warnings;

static void note_warning(void *context, const char *message)
{
  (void)context;
  assert_true(warnings < 16);
  snprintf(warned[warnings++], sizeof warned[0], "%s", message);
}

static policy_settings_t settings; /* of the last reading */
static settings_log_t log_settings;

static void read_all(void)
{
  const settings_warner_t warner = {note_warning, NULL};

  warnings = 0;
  policy_settings_default(&settings);
  settings_read_below(registry_root, &settings, &log_settings, &warner);
}

static void assert_wide(const WCHAR *actual, const WCHAR *expected)
{
  assert_int_equal(wcscmp(actual, expected), 0);
}

static void nothing_is_set(void **state)
{
  (void)state;
  read_all();
  assert_string_equal(settings.policy_dir, "C:\\ProgramData\\Sockwarden\\policies");
  assert_int_equal(settings.mode, POLICY_MODE_ENFORCE);
  assert_int_equal(settings.on_error, POLICY_ALLOW);
  assert_int_equal(settings.default_verdict, POLICY_ALLOW);
  assert_int_equal(settings.instruction_limit, 1000000);
  assert_int_equal(settings.memory_limit_kib, 1024);
  assert_int_equal(settings.protection, POLICY_PROTECTION_REQUIRED);
  assert_wide(log_settings.dir, L"C:\\ProgramData\\Sockwarden\\logs");
  assert_int_equal(log_settings.level, LOG_LEVEL_NOTABLE);
  assert_int_equal(warnings, 0);
}

static void all_is_set(void **state)
{
  (void)state;
  registry_text(REGISTRY_OWN, L"PolicyDir", L"D:\\R\u00e8gles");
  registry_text(REGISTRY_OWN, L"Mode", L"Audit");
  registry_text(REGISTRY_OWN, L"OnError", L"reject");
  registry_text(REGISTRY_OWN, L"DefaultVerdict", L"REJECT");
  registry_number(REGISTRY_OWN, L"InstructionLimit", 5000);
  registry_number(REGISTRY_OWN, L"MemoryLimitKiB", 64);
  registry_text(REGISTRY_OWN, L"LogDir", L"E:/Prot\u00f3col");
  registry_number(REGISTRY_OWN, L"LogLevel", 2);
  read_all();
  assert_string_equal(settings.policy_dir, "D:\\R\xc3\xa8gles");
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  assert_int_equal(settings.on_error, POLICY_REJECT);
  assert_int_equal(settings.default_verdict, POLICY_REJECT);
  assert_int_equal(settings.instruction_limit, 5000);
  assert_int_equal(settings.memory_limit_kib, 64);
  assert_wide(log_settings.dir, L"E:/Prot\u00f3col");
  assert_int_equal(log_settings.level, LOG_LEVEL_EVERYTHING);
  assert_int_equal(warnings, 0);
}

static void group_policy_wins_value_by_value(void **state)
{
  (void)state;
  registry_text(REGISTRY_OWN, L"Mode", L"off");
  registry_text(REGISTRY_OWN, L"OnError", L"reject");
  registry_number(REGISTRY_OWN, L"InstructionLimit", 5000);
  registry_number(REGISTRY_OWN, L"LogLevel", 2);
  registry_text(REGISTRY_POLICIES, L"Mode", L"audit");
  registry_number(REGISTRY_POLICIES, L"InstructionLimit", 6000);
  registry_number(REGISTRY_POLICIES, L"LogLevel", 0);
  read_all();
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  assert_int_equal(settings.on_error, POLICY_REJECT);
  assert_int_equal(settings.instruction_limit, 6000);
  assert_int_equal(log_settings.level, LOG_LEVEL_NOTHING);
}

static void assert_warned(const char *key, const char *name, const char *wrong, const char *used)
{
  char expected[700];

  snprintf(expected, sizeof expected, "HKLM\\SOFTWARE\\%s: %s %s; using %s", key, name, wrong, used);
  assert_true(warnings > 0);
  assert_string_equal(warned[0], expected);
}

/* A text of `chars` characters. */
static const WCHAR *long_text(int chars)
{
  static WCHAR text[4000];

  wcscpy(text, L"C:\\");
  for (int i = 3; i < chars; i++)
    text[i] = L'x';
  text[chars] = L'\0';
  return text;
}

/* Each kind of mistake: reported with key, name, what is wrong, what is used; and that is used. */
static void what_is_wrong_is_reported(void **state)
{
  (void)state;
  registry_text(REGISTRY_OWN, L"Mode", L"adit");
  read_all();
  assert_int_equal(settings.mode, POLICY_MODE_ENFORCE);
  assert_warned("Sockwarden", "Mode", "is 'adit', not one of enforce, audit, off", "enforce");
  assert_int_equal(warnings, 1);

  registry_text(REGISTRY_OWN, L"Mode", L"audit");
  registry_number(REGISTRY_POLICIES, L"Mode", 1);
  read_all();
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT); /* the next place is asked */
  assert_warned("Policies\\Sockwarden", "Mode", "is REG_DWORD, not REG_SZ", "audit");
  assert_int_equal(warnings, 1);

  registry_clear();
  registry_text(REGISTRY_POLICIES, L"OnError", long_text(300));
  read_all();
  assert_warned("Policies\\Sockwarden", "OnError", "is too long", "allow");

  registry_clear();
  registry_text(REGISTRY_POLICIES, L"LogLevel", L"2");
  registry_number(REGISTRY_OWN, L"LogLevel", 3);
  read_all();
  assert_int_equal(log_settings.level, LOG_LEVEL_NOTABLE);
  assert_warned("Policies\\Sockwarden", "LogLevel", "is REG_SZ, not REG_DWORD", "1");
  assert_int_equal(warnings, 2);
  assert_string_equal(warned[1], "HKLM\\SOFTWARE\\Sockwarden: LogLevel is 3, not between 0 and 2; using 1");

  registry_clear();
  registry_put(REGISTRY_OWN, L"MemoryLimitKiB", REG_DWORD, "\1", 1);
  read_all();
  assert_int_equal(settings.memory_limit_kib, 1024);
  assert_warned("Sockwarden", "MemoryLimitKiB", "has 1 bytes, not 4", "1024");
}

/* Nothing so low that nothing works, nothing so high that programs stand still. */
static void limits_have_ends(void **state)
{
  static const struct {
    const WCHAR *name;
    DWORD least, most;
  } limits[] = {{L"InstructionLimit", 1000, 100000000}, {L"MemoryLimitKiB", 64, 65536}};

  (void)state;
  for (int i = 0; i < 2; i++) {
    const DWORD values[] = {limits[i].least - 1, limits[i].least, limits[i].most, limits[i].most + 1, 0,
                            0xffffffff};

    for (int value = 0; value < 6; value++) {
      registry_clear();
      registry_number(REGISTRY_OWN, limits[i].name, values[value]);
      read_all();
      DWORD used = i == 0 ? settings.instruction_limit : settings.memory_limit_kib;
      bool good = value == 1 || value == 2;
      assert_int_equal(used, good ? values[value] : i == 0 ? 1000000 : 1024);
      assert_int_equal(warnings, good ? 0 : 1);
    }
  }
}

/* The host's current directory and environment are no authority, and a log on a server would hold up every
 * program. */
static void folders(void **state)
{
  static const struct {
    const WCHAR *text;
    const char *wrong_policies, *wrong_logs; /* NULL: it is good */
  } cases[] = {
      {L"D:\\x", NULL, NULL},
      {L"\\\\server\\share\\x", NULL, "is not on a local drive"},
      {L"\\\\?\\C:\\x", NULL, "is not on a local drive"},
      {L"relative\\x", "is not a full path", "is not a full path"},
      {L"C:x", "is not a full path", "is not a full path"},
      {L"\\x", "is not a full path", "is not a full path"},
      {L"%ProgramData%\\x", "is not a full path", "is not a full path"},
  };
  static const WCHAR expand[] = L"%SystemDrive%\\x";

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    registry_clear();
    registry_text(REGISTRY_OWN, L"PolicyDir", cases[i].text);
    read_all();
    assert_int_equal(warnings, cases[i].wrong_policies != NULL);
    if (warnings > 0)
      assert_warned("Sockwarden", "PolicyDir", cases[i].wrong_policies,
                    "C:\\ProgramData\\Sockwarden\\policies");
    registry_clear();
    registry_text(REGISTRY_OWN, L"LogDir", cases[i].text);
    read_all();
    assert_int_equal(warnings, cases[i].wrong_logs != NULL);
    if (warnings > 0)
      assert_warned("Sockwarden", "LogDir", cases[i].wrong_logs, "C:\\ProgramData\\Sockwarden\\logs");
    else
      assert_wide(log_settings.dir, cases[i].text);
  }
  registry_clear();
  registry_put(REGISTRY_OWN, L"PolicyDir", REG_EXPAND_SZ, expand, sizeof expand);
  read_all();
  assert_warned("Sockwarden", "PolicyDir",
                "is REG_EXPAND_SZ, not REG_SZ (variables are not expanded: a program's own environment could "
                "choose the "
                "folder)",
                "C:\\ProgramData\\Sockwarden\\policies");
  registry_clear();
  registry_text(REGISTRY_OWN, L"LogDir", long_text(200));
  read_all();
  assert_int_equal(warnings, 0);
  registry_text(REGISTRY_OWN, L"LogDir", long_text(201));
  read_all();
  assert_warned("Sockwarden", "LogDir", "is too long", "C:\\ProgramData\\Sockwarden\\logs");
}

/* Only the number 1 turns it off, and Group Policy may say 0 over it. */
static void unprotected_policies(void **state)
{
  (void)state;
  registry_number(REGISTRY_OWN, L"AllowUnprotectedPolicies", 1);
  read_all();
  assert_int_equal(settings.protection, POLICY_PROTECTION_IGNORED);
  registry_number(REGISTRY_OWN, L"AllowUnprotectedPolicies", 2);
  read_all();
  assert_int_equal(settings.protection, POLICY_PROTECTION_REQUIRED);
  assert_warned("Sockwarden", "AllowUnprotectedPolicies", "is 2, not between 0 and 1", "0");
  registry_text(REGISTRY_OWN, L"AllowUnprotectedPolicies", L"1");
  read_all();
  assert_int_equal(settings.protection, POLICY_PROTECTION_REQUIRED);
  registry_number(REGISTRY_OWN, L"AllowUnprotectedPolicies", 1);
  registry_number(REGISTRY_POLICIES, L"AllowUnprotectedPolicies", 0);
  read_all();
  assert_int_equal(settings.protection, POLICY_PROTECTION_REQUIRED);
}

/* An editor of group policies leaves empty texts behind: they are not set. */
static void an_empty_text_is_not_set(void **state)
{
  (void)state;
  registry_text(REGISTRY_POLICIES, L"Mode", L"");
  registry_text(REGISTRY_OWN, L"Mode", L"off");
  registry_text(REGISTRY_OWN, L"PolicyDir", L"");
  read_all();
  assert_int_equal(settings.mode, POLICY_MODE_OFF);
  assert_int_equal(warnings, 0);
}

static void text_without_an_end(void **state)
{
  (void)state;
  registry_put(REGISTRY_OWN, L"Mode", REG_SZ, L"auditXXXX", 5 * sizeof(WCHAR));
  read_all();
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  registry_put(REGISTRY_OWN, L"PolicyDir", REG_SZ, L"C:\\pX",
               4 * sizeof(WCHAR) + 1); /* not even whole characters */
  read_all();
  assert_string_equal(settings.policy_dir, "C:\\p");
}

static int reports;
static policy_report_t last_report;

static void count_report(void *context, const policy_report_t *report)
{
  assert_string_equal(context, "context");
  reports++;
  last_report = *report;
}

static int reports_of_reading(void)
{
  char context[] = "context";

  reports = 0;
  policy_settings_default(&settings);
  if (settings_read_watched(registry_root, &settings, &log_settings))
    settings_report(registry_root, count_report, context);
  return reports;
}

/* Settings are read twice a second; a report is made when something changes. */
static void it_is_reported_once_a_change(void **state)
{
  (void)state;
  assert_int_equal(reports_of_reading(), 0);
  registry_text(REGISTRY_OWN, L"Mode", L"adit");
  registry_number(REGISTRY_OWN, L"LogLevel", 9);
  assert_int_equal(reports_of_reading(), 2);
  assert_int_equal(last_report.severity, POLICY_WARNING);
  assert_null(last_report.file);
  assert_int_equal(reports_of_reading(), 0);
  registry_text(REGISTRY_OWN, L"Mode", L"audti"); /* another mistake */
  assert_int_equal(reports_of_reading(), 2);
  registry_number(REGISTRY_OWN, L"LogLevel", 1);
  assert_int_equal(reports_of_reading(), 1);
  registry_text(REGISTRY_OWN, L"Mode", L"audit");
  assert_int_equal(reports_of_reading(), 1);
  assert_int_equal(last_report.severity, POLICY_INFO);
  assert_string_equal(last_report.message, "all settings are valid again");
  assert_int_equal(reports_of_reading(), 0);
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      REGISTRY_TEST(nothing_is_set),
      REGISTRY_TEST(all_is_set),
      REGISTRY_TEST(group_policy_wins_value_by_value),
      REGISTRY_TEST(what_is_wrong_is_reported),
      REGISTRY_TEST(limits_have_ends),
      REGISTRY_TEST(folders),
      REGISTRY_TEST(unprotected_policies),
      REGISTRY_TEST(an_empty_text_is_not_set),
      REGISTRY_TEST(text_without_an_end),
      REGISTRY_TEST(it_is_reported_once_a_change),
  };

  return cmocka_run_group_tests_name("lsp: the settings", tests, NULL, NULL);
}
