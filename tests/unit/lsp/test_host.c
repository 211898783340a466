/* What the engine is told of the machine: settings and process facts, the registry's catalog, and acting as
 * the process. DESIGN.md, Failing safely; WINSOCK.md 3, 4 and 7. Registry values of these tests lie under
 * HKEY_CURRENT_USER. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "catalog_registry.h"
#include "critical_process.h"
#include "impersonation.h"
#include "process_facts.h"
#include "program_data.h"
#include "session.h"
#include "settings.h"

static const WCHAR test_root[] = L"Software\\SockwardenUnitTest";
static const WCHAR policies_key[] = L"SOFTWARE\\Policies\\Sockwarden", own_key[] = L"SOFTWARE\\Sockwarden";
static HKEY root;

static void delete_tree(HKEY key)
{
  WCHAR name[64];
  DWORD chars = 64;

  while (RegEnumKeyExW(key, 0, name, &chars, NULL, NULL, NULL, NULL) == ERROR_SUCCESS) {
    HKEY child;
    if (RegOpenKeyExW(key, name, 0, KEY_ALL_ACCESS, &child) == ERROR_SUCCESS) {
      delete_tree(child);
      RegCloseKey(child);
    }
    RegDeleteKeyW(key, name);
    chars = 64;
  }
}

static int registry_setup(void **state)
{
  session_setup(state);
  return RegCreateKeyExW(HKEY_CURRENT_USER, test_root, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &root, NULL) !=
         ERROR_SUCCESS;
}

static int registry_teardown(void **state)
{
  delete_tree(root);
  RegCloseKey(root);
  RegDeleteKeyW(HKEY_CURRENT_USER, test_root);
  return session_teardown(state);
}

static void put(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, size_t size)
{
  HKEY key;

  assert_int_equal(RegCreateKeyExW(root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
  assert_int_equal(RegSetValueExW(key, name, 0, type, data, (DWORD)size), 0);
  RegCloseKey(key);
}

static void put_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
  put(path, name, REG_SZ, text, (wcslen(text) + 1) * sizeof *text);
}

static void put_number(const WCHAR *path, const WCHAR *name, DWORD number)
{
  put(path, name, REG_DWORD, &number, sizeof number);
}

static policy_settings_t read_all(void)
{
  policy_settings_t settings;

  policy_settings_default(&settings);
  settings_read_below(root, &settings, NULL, NULL);
  return settings;
}

static void nothing_is_set(void **state)
{
  policy_settings_t settings = read_all();

  (void)state;
  assert_string_equal(settings.policy_dir, "C:\\ProgramData\\Sockwarden\\policies");
  assert_int_equal(settings.mode, POLICY_MODE_ENFORCE);
  assert_int_equal(settings.on_error, POLICY_ALLOW);
  assert_int_equal(settings.default_verdict, POLICY_ALLOW);
  assert_int_equal(settings.instruction_limit, 1000000);
  assert_int_equal(settings.memory_limit_kib, 1024);
  assert_int_equal(settings.protection, POLICY_PROTECTION_REQUIRED);
}

/* Only the number 1 turns it off, and Group Policy may say 0 over it. */
static void unprotected_policies(void **state)
{
  (void)state;
  put_number(own_key, L"AllowUnprotectedPolicies", 1);
  assert_int_equal(read_all().protection, POLICY_PROTECTION_IGNORED);
  put_number(own_key, L"AllowUnprotectedPolicies", 2);
  assert_int_equal(read_all().protection, POLICY_PROTECTION_REQUIRED);
  put_text(own_key, L"AllowUnprotectedPolicies", L"1");
  assert_int_equal(read_all().protection, POLICY_PROTECTION_REQUIRED);
  put_number(own_key, L"AllowUnprotectedPolicies", 1);
  put_number(policies_key, L"AllowUnprotectedPolicies", 0);
  assert_int_equal(read_all().protection, POLICY_PROTECTION_REQUIRED);
}

static void all_is_set(void **state)
{
  (void)state;
  put_text(own_key, L"PolicyDir", L"D:\\R\u00e8gles");
  put_text(own_key, L"Mode", L"Audit");
  put_text(own_key, L"OnError", L"reject");
  put_text(own_key, L"DefaultVerdict", L"REJECT");
  put_number(own_key, L"InstructionLimit", 5000);
  put_number(own_key, L"MemoryLimitKiB", 64);
  policy_settings_t settings = read_all();
  assert_string_equal(settings.policy_dir, "D:\\R\xc3\xa8gles");
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  assert_int_equal(settings.on_error, POLICY_REJECT);
  assert_int_equal(settings.default_verdict, POLICY_REJECT);
  assert_int_equal(settings.instruction_limit, 5000);
  assert_int_equal(settings.memory_limit_kib, 64);
}

static void group_policy_wins_value_by_value(void **state)
{
  (void)state;
  put_text(own_key, L"Mode", L"off");
  put_text(own_key, L"OnError", L"reject");
  put_number(own_key, L"InstructionLimit", 5000);
  put_text(policies_key, L"Mode", L"audit");
  put_number(policies_key, L"InstructionLimit", 6000);
  policy_settings_t settings = read_all();
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  assert_int_equal(settings.on_error, POLICY_REJECT);
  assert_int_equal(settings.instruction_limit, 6000);
}

/* A value of the wrong type or out of range is as if it were not there: the next place is asked. */
static void bad_values(void **state)
{
  WCHAR endless[3000];

  (void)state;
  for (int i = 0; i < 2999; i++)
    endless[i] = L'x';
  endless[2999] = L'\0';
  put_number(policies_key, L"Mode", 1);
  put_text(own_key, L"Mode", L"audit");
  put_text(policies_key, L"OnError", L"maybe");
  put_text(own_key, L"OnError", L"reject");
  put_text(policies_key, L"DefaultVerdict", endless);
  put(own_key, L"DefaultVerdict", REG_EXPAND_SZ, L"reject", sizeof L"reject");
  put_text(policies_key, L"InstructionLimit", L"5000");
  put_number(own_key, L"InstructionLimit", 0);
  put(policies_key, L"MemoryLimitKiB", REG_DWORD, "\1", 1);
  put_number(own_key, L"MemoryLimitKiB", 99);
  put_text(policies_key, L"PolicyDir",
           L"relative\\folder"); /* the host's current directory is no authority */
  put_text(own_key, L"PolicyDir", endless);
  policy_settings_t settings = read_all();
  assert_int_equal(settings.mode, POLICY_MODE_AUDIT);
  assert_int_equal(settings.on_error, POLICY_REJECT);
  assert_int_equal(settings.default_verdict, POLICY_ALLOW);
  assert_int_equal(settings.instruction_limit, 1000000);
  assert_int_equal(settings.memory_limit_kib, 99);
  assert_string_equal(settings.policy_dir, "C:\\ProgramData\\Sockwarden\\policies");
}

static void text_without_an_end(void **state)
{
  (void)state;
  put(own_key, L"Mode", REG_SZ, L"auditXXXX", 5 * sizeof(WCHAR));
  assert_int_equal(read_all().mode, POLICY_MODE_AUDIT);
  put(own_key, L"PolicyDir", REG_SZ, L"C:\\pX", 4 * sizeof(WCHAR) + 1); /* not even whole characters */
  assert_string_equal(read_all().policy_dir, "C:\\p");
}

static void a_network_folder(void **state)
{
  (void)state;
  put_text(own_key, L"PolicyDir", L"\\\\server\\share\\policies");
  assert_string_equal(read_all().policy_dir, "\\\\server\\share\\policies");
}

static void the_hosts_environment_is_not_asked(void **state)
{
  WCHAR folder[MAX_PATH];

  (void)state;
  SetEnvironmentVariableW(L"ProgramData", L"C:\\evil");
  SetEnvironmentVariableW(L"SystemDrive", L"X:");
  assert_true(program_data_folder(folder, MAX_PATH));
  assert_int_equal(wcscmp(folder, L"C:\\ProgramData"), 0);
  assert_false(program_data_folder(folder, 10));
}

static void the_program_data_folder(void **state)
{
  static const struct {
    const WCHAR *recorded, *windows, *folder; /* no folder: cannot be found out */
  } cases[] = {
      {L"%SystemDrive%\\ProgramData", L"D:\\Windows", L"D:\\ProgramData"},
      {L"%SYSTEMDRIVE%\\ProgramData\\", L"D:\\Windows", L"D:\\ProgramData"},
      {L"E:\\Data", L"D:\\Windows", L"E:\\Data"},
      {L"%ProgramData%", L"D:\\Windows", NULL},
      {L"%SystemDrive%\\%USERNAME%", L"D:\\Windows", NULL},
      {L"%SystemDrive%\\ProgramData", L"\\\\server\\Windows", NULL},
      {L"%SystemDrive%\\ProgramData", L"", NULL},
      {L"ProgramData", L"D:\\Windows", NULL}, /* a program's current directory would choose it */
      {L"\\ProgramData", L"D:\\Windows", NULL},
      {L"E:Data", L"D:\\Windows", NULL},
      {L"%SystemDrive%ProgramData", L"D:\\Windows", NULL},
  };
  WCHAR folder[MAX_PATH];

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    assert_int_equal(program_data_expand(cases[i].recorded, cases[i].windows, folder, MAX_PATH),
                     cases[i].folder != NULL);
    if (cases[i].folder != NULL)
      assert_int_equal(wcscmp(folder, cases[i].folder), 0);
  }
}

static const char *fact_text(process_facts_t *facts, policy_fact_t fact)
{
  policy_fact_value_t value;

  assert_true(process_facts_read(facts, fact, &value));
  assert_non_null(value.text);
  return value.text;
}

static void facts(void **state)
{
  process_facts_t *all = process_facts_new();
  policy_fact_value_t value;
  char path[MAX_PATH];

  (void)state;
  assert_non_null(all);
  GetModuleFileNameA(NULL, path, MAX_PATH);
  const char *told = fact_text(all, POLICY_FACT_PATH);
  assert_int_equal(_stricmp(told, path), 0);
  assert_string_equal(fact_text(all, POLICY_FACT_NAME), "test_lsp_host.exe");
  assert_ptr_equal(fact_text(all, POLICY_FACT_PATH), told); /* kept, and where it was */
  assert_non_null(strstr(fact_text(all, POLICY_FACT_COMMAND_LINE), "test_lsp_host"));
  assert_true(process_facts_read(all, POLICY_FACT_PID, &value));
  assert_int_equal(value.number, GetCurrentProcessId());
  assert_true(process_facts_read(all, POLICY_FACT_SESSION, &value));
  assert_true(process_facts_read(all, POLICY_FACT_ELEVATED, &value));
  assert_int_equal(strncmp(fact_text(all, POLICY_FACT_SID), "S-1-5-", 6), 0);
  assert_non_null(strchr(fact_text(all, POLICY_FACT_USER), '\\'));
  assert_string_equal(fact_text(all, POLICY_FACT_SERVICE), "");
  assert_true(process_facts_read(all, POLICY_FACT_SERVICE, &value));
  assert_false(value.flag);
  assert_false(process_facts_read(all, POLICY_FACT_COUNT, &value));
  process_facts_free(all);
  process_facts_free(NULL);
}

/* A fact whose computing failed is not asked for again at once, and no memory is kept. */
static void facts_without_memory(void **state)
{
  static const policy_fact_t texts[] = {POLICY_FACT_NAME, POLICY_FACT_PATH, POLICY_FACT_COMMAND_LINE,
                                        POLICY_FACT_USER, POLICY_FACT_SID};

  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    policy_fact_value_t value;
    process_facts_t *all = process_facts_new();
    heap_fail_after(0);
    assert_false(process_facts_read(all, texts[i], &value));
    assert_false(process_facts_read(all, texts[i], &value));
    heap_fail_after(-1);
    process_facts_free(all);
  }
}

static void critical_processes(void **state)
{
  static const WCHAR system[] = L"C:\\Windows\\system32";

  (void)state;
  assert_true(critical_process_is(L"C:\\Windows\\system32\\lsass.exe", system));
  assert_true(critical_process_is(L"c:\\WINDOWS\\System32\\Services.EXE", system));
  assert_true(critical_process_is(L"\\??\\C:\\Windows\\system32\\winlogon.exe", system));
  assert_true(critical_process_is(L"C:\\Windows\\system32\\wininit.exe", system));
  assert_true(critical_process_is(L"C:\\Windows\\system32\\csrss.exe", system));
  assert_true(critical_process_is(L"C:\\Windows\\system32\\smss.exe", system));
  assert_false(critical_process_is(L"C:\\Windows\\system32\\svchost.exe", system));
  assert_false(critical_process_is(L"C:\\Users\\me\\lsass.exe", system)); /* a name is no passport */
  assert_false(critical_process_is(L"C:\\Windows\\system32\\x\\lsass.exe", system));
  assert_false(critical_process_is(L"lsass.exe", system));
  assert_false(critical_process_is(L"", system));
  assert_false(critical_process());
}

static bool impersonating(void)
{
  HANDLE token;

  if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
    return false;
  CloseHandle(token);
  return true;
}

static bool inside_settings, inside_facts;

static void look_while_deciding(const policy_host_t *host)
{
  policy_settings_t settings;
  policy_fact_value_t value;

  assert_true(impersonating()); /* until something is asked for, nothing is paid for */
  policy_settings_default(&settings);
  host->read_settings(host->context, &settings);
  inside_settings = impersonating();
  assert_true(host->read_fact(host->context, POLICY_FACT_SID, &value));
  inside_facts = impersonating();
}

/* A service thread acts for its client: policies and tokens are the process's all the same, and the client is
 * back afterwards. */
static void a_thread_that_impersonates(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_policy.inside = look_while_deciding;
  assert_true(ImpersonateSelf(SecurityImpersonation));
  assert_true(impersonating());
  assert_int_equal(table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
  assert_false(inside_settings);
  assert_false(inside_facts);
  assert_true(impersonating());
  RevertToSelf();
  session_end(&table);
}

static void catalog_value(const WCHAR *name, const WSAPROTOCOL_INFOW *info, const char *path, size_t size)
{
  WCHAR key[200];
  char item[sizeof(WSAPROTOCOL_INFOW) + 260 + 8] = {0};

  strcpy(item, path);
  memcpy(item + 260, info, sizeof *info);
  wcscpy(key, L"Protocol_Catalog9\\");
  wcscat(key, name);
  put(key, L"PackedCatalogItem", REG_BINARY, item, size);
}

static void the_catalog_in_the_registry(void **state)
{
  static const WCHAR *const keys[] = {L"Catalog_Entries", L"Catalog_Entries64"};
  static const WCHAR *const numbers[] = {L"Num_Catalog_Entries", L"Num_Catalog_Entries64"};
  const size_t item = 260 + sizeof(WSAPROTOCOL_INFOW);
  WCHAR expected[MAX_PATH], name[64];

  (void)state;
  assert_null(catalog_registry_read(root));
  put_text(L"", L"Current_Protocol_Catalog", L"Protocol_Catalog9");
  assert_null(catalog_registry_read(root));
  for (size_t i = 0; i < (sizeof(void *) == 8 ? 2 : 1); i++) {
    WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_TCP4);
    info.dwCatalogEntryId += (DWORD)(i * 100);
    swprintf(name, 64, L"%ls\\000000000001", keys[i]);
    catalog_value(name, &info, "%SystemRoot%\\system32\\mswsock.dll", item);
    swprintf(name, 64, L"%ls\\000000000002", keys[i]);
    catalog_value(name, &info, "C:\\short.dll", item - 1); /* left out */
    swprintf(name, 64, L"%ls\\000000000003", keys[i]);
    info.dwCatalogEntryId++;
    memset(info.szProtocol, 0x41, sizeof info.szProtocol); /* no end */
    catalog_value(name, &info, "D:\\other.dll", item);
    swprintf(name, 64, L"%ls\\000000000004", keys[i]);
    catalog_value(name, &info, "D:\\left-over.dll", item); /* beyond the number: no part of the catalog */
    put_number(L"Protocol_Catalog9", numbers[i], 3);

    catalog_t *catalog = catalog_registry_read(root);
    assert_non_null(catalog);
    assert_int_equal(catalog->count, 2);
    assert_int_equal(catalog->entries[0].info.dwCatalogEntryId, ID_TCP4 + i * 100); /* of this bitness */
    GetWindowsDirectoryW(expected, MAX_PATH);
    wcscat(expected, L"\\system32\\mswsock.dll");
    assert_int_equal(_wcsicmp(catalog->entries[0].path, expected), 0);
    assert_int_equal(wcscmp(catalog->entries[1].path, L"D:\\other.dll"), 0);
    assert_int_equal(catalog->entries[1].info.szProtocol[WSAPROTOCOL_LEN], 0);
    catalog_release(catalog);
  }
}

#define REGISTRY_TEST(f) cmocka_unit_test_setup_teardown(f, registry_setup, registry_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
      REGISTRY_TEST(nothing_is_set),
      REGISTRY_TEST(unprotected_policies),
      REGISTRY_TEST(all_is_set),
      REGISTRY_TEST(group_policy_wins_value_by_value),
      REGISTRY_TEST(bad_values),
      REGISTRY_TEST(text_without_an_end),
      REGISTRY_TEST(a_network_folder),
      REGISTRY_TEST(the_hosts_environment_is_not_asked),
      SESSION_TEST(the_program_data_folder),
      SESSION_TEST(facts),
      SESSION_TEST(facts_without_memory),
      SESSION_TEST(critical_processes),
      SESSION_TEST(a_thread_that_impersonates),
      REGISTRY_TEST(the_catalog_in_the_registry),
  };

  return cmocka_run_group_tests_name("lsp: the host", tests, NULL, NULL);
}
