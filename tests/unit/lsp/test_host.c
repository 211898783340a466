/* What the engine learns of the machine: process attributes, the registry's catalog, and acting as the
 * process. docs/winsock-notes.md 3, 4 and 7. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "catalog_registry.h"
#include "critical_process.h"
#include "impersonation.h"
#include "process_attributes.h"
#include "program_data.h"
#include "registry.h"
#include "session.h"

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
      {L"ProgramData", L"D:\\Windows", NULL}, /* a program's current directory would choose it */
      {L"\\ProgramData", L"D:\\Windows", NULL},
      {L"E:Data", L"D:\\Windows", NULL},
      {L"\\\\server\\share\\Data", L"D:\\Windows", NULL}, /* logs would wait for the server */
      {L"\\\\", L"D:\\Windows", NULL},
      {L"%SystemDrive%ProgramData", L"D:\\Windows", NULL},
      {L"%SystemDrive%\\%USERNAME%", L"D:\\Windows", NULL},
      {L"%SystemDrive%\\ProgramData", L"\\\\server\\Windows", NULL},
      {L"%SystemDrive%\\ProgramData", L"", NULL},
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

static const char *attribute_text(process_attributes_t *attributes, policy_attribute_t attribute)
{
  policy_attribute_value_t value;

  assert_true(process_attributes_read(attributes, attribute, &value));
  assert_non_null(value.text);
  return value.text;
}

static void attributes_of_this_process(void **state)
{
  process_attributes_t *all = process_attributes_new();
  policy_attribute_value_t value;
  char path[MAX_PATH];

  (void)state;
  assert_non_null(all);
  GetModuleFileNameA(NULL, path, MAX_PATH);
  const char *first = attribute_text(all, POLICY_ATTRIBUTE_PATH);
  assert_int_equal(_stricmp(first, path), 0);
  assert_string_equal(attribute_text(all, POLICY_ATTRIBUTE_NAME), "test_lsp_host.exe");
  assert_ptr_equal(attribute_text(all, POLICY_ATTRIBUTE_PATH), first); /* kept, and where it was */
  assert_non_null(strstr(attribute_text(all, POLICY_ATTRIBUTE_COMMAND_LINE), "test_lsp_host"));
  assert_true(process_attributes_read(all, POLICY_ATTRIBUTE_PID, &value));
  assert_int_equal(value.number, GetCurrentProcessId());
  assert_true(process_attributes_read(all, POLICY_ATTRIBUTE_SESSION, &value));
  assert_true(process_attributes_read(all, POLICY_ATTRIBUTE_ELEVATED, &value));
  assert_int_equal(strncmp(attribute_text(all, POLICY_ATTRIBUTE_SID), "S-1-5-", 6), 0);
  assert_non_null(strchr(attribute_text(all, POLICY_ATTRIBUTE_USER), '\\'));
  assert_string_equal(attribute_text(all, POLICY_ATTRIBUTE_SERVICE), "");
  assert_true(process_attributes_read(all, POLICY_ATTRIBUTE_SERVICE, &value));
  assert_false(value.flag);
  assert_false(process_attributes_read(all, POLICY_ATTRIBUTE_COUNT, &value));
  process_attributes_free(all);
  process_attributes_free(NULL);
}

/* An attribute that could not be computed is not computed again at once, and no memory is kept. */
static void attributes_without_memory(void **state)
{
  static const policy_attribute_t texts[] = {POLICY_ATTRIBUTE_NAME, POLICY_ATTRIBUTE_PATH,
                                             POLICY_ATTRIBUTE_COMMAND_LINE, POLICY_ATTRIBUTE_USER,
                                             POLICY_ATTRIBUTE_SID};

  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    policy_attribute_value_t value;
    process_attributes_t *all = process_attributes_new();

    heap_fail_after(0);
    assert_false(process_attributes_read(all, texts[i], &value));
    assert_false(process_attributes_read(all, texts[i], &value));
    heap_fail_after(-1);
    process_attributes_free(all);
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

static bool inside_settings, inside_attributes;

static void look_while_deciding(const policy_host_t *host)
{
  policy_settings_t settings;
  policy_attribute_value_t value;

  assert_true(impersonating()); /* until something is asked for, nothing is paid for */
  policy_settings_default(&settings);
  host->read_settings(host->context, &settings);
  inside_settings = impersonating();
  assert_true(host->read_attribute(host->context, POLICY_ATTRIBUTE_SID, &value));
  inside_attributes = impersonating();
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
  assert_false(inside_attributes);
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
  registry_put(key, L"PackedCatalogItem", REG_BINARY, item, size);
}

static void the_catalog_in_the_registry(void **state)
{
  static const WCHAR *const keys[] = {L"Catalog_Entries", L"Catalog_Entries64"};
  static const WCHAR *const numbers[] = {L"Num_Catalog_Entries", L"Num_Catalog_Entries64"};
  const size_t item = 260 + sizeof(WSAPROTOCOL_INFOW);
  WCHAR expected[MAX_PATH], name[64];

  (void)state;
  assert_null(catalog_registry_read(registry_root));
  registry_text(L"", L"Current_Protocol_Catalog", L"Protocol_Catalog9");
  assert_null(catalog_registry_read(registry_root));
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
    registry_number(L"Protocol_Catalog9", numbers[i], 3);

    catalog_t *catalog = catalog_registry_read(registry_root);
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

int main(void)
{
  const struct CMUnitTest tests[] = {
      REGISTRY_TEST(the_hosts_environment_is_not_asked),
      SESSION_TEST(the_program_data_folder),
      SESSION_TEST(attributes_of_this_process),
      SESSION_TEST(attributes_without_memory),
      SESSION_TEST(critical_processes),
      SESSION_TEST(a_thread_that_impersonates),
      REGISTRY_TEST(the_catalog_in_the_registry),
  };

  return cmocka_run_group_tests_name("lsp: the host", tests, NULL, NULL);
}
