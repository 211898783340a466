/* catalog_read: the protocol catalog as ws2_32 tells it, and what the registry adds where ws2_32 does not
 * tell a provider's DLL (docs/winsock-notes.md 6 and 7). ws2_32's two functions are doubles here;
 * HKEY_LOCAL_MACHINE is a key of the test's. */
#include "catalog.h"

#include <stdio.h>
#include <string.h>
#include "fake_host.h"
#include "testing.h"

enum { PATHS_TOLD, PATHS_UNTOUCHED, PATHS_REFUSED };

static WSAPROTOCOL_INFOW infos[8];
static WCHAR paths[8][MAX_PATH];
static int info_count, path_mode, path_calls, grow;
static bool enum_fails;
static WCHAR own_path[MAX_PATH];

int WSPAPI WSCEnumProtocols(LPINT protocols, LPWSAPROTOCOL_INFOW buffer, LPDWORD length, LPINT error)
{
  assert_null(protocols);
  if (buffer != NULL && grow > 0) { /* another entry was installed in between */
    grow--;
    info_count++;
  }
  DWORD needed = (DWORD)(info_count * (int)sizeof infos[0]);
  if (enum_fails) {
    *error = WSAENETDOWN;
    return SOCKET_ERROR;
  }
  if (buffer == NULL || *length < needed) {
    *length = needed;
    *error = WSAENOBUFS;
    return SOCKET_ERROR;
  }
  memcpy(buffer, infos, needed);
  return info_count;
}

int WSPAPI WSCGetProviderPath(LPGUID id, WCHAR *path, LPINT length, LPINT error)
{
  path_calls++;
  if (path_mode == PATHS_REFUSED) {
    *error = WSAEINVAL;
    return SOCKET_ERROR;
  }
  assert_int_equal(*length, MAX_PATH);
  if (path_mode == PATHS_TOLD)
    wcscpy(path, paths[id->Data1]);
  return 0;
}

static void add(DWORD id, DWORD provider, const WCHAR *path)
{
  infos[info_count].dwCatalogEntryId = id;
  infos[info_count].ProviderId.Data1 = provider;
  wcscpy(paths[provider], path);
  info_count++;
}

static HKEY machine;
static const WCHAR machine_path[] = L"Software\\SockwardenUnitTestMachine";

static int setup(void **state)
{
  (void)state;
  fake_host_reset();
  memset(infos, 0, sizeof infos);
  memset(paths, 0, sizeof paths);
  info_count = path_calls = grow = 0;
  enum_fails = false;
  path_mode = PATHS_TOLD;
  GetModuleFileNameW(NULL, own_path, MAX_PATH);
  if (RegCreateKeyExW(HKEY_CURRENT_USER, machine_path, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL,
                      &machine, NULL) != ERROR_SUCCESS)
    return 1;
  return RegOverridePredefKey(HKEY_LOCAL_MACHINE, machine) != ERROR_SUCCESS;
}

static int teardown(void **state)
{
  (void)state;
  RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL);
  RegDeleteTreeW(machine, NULL);
  RegCloseKey(machine);
  RegDeleteKeyW(HKEY_CURRENT_USER, machine_path);
  assert_int_equal(heap_blocks(), 0);
  return 0;
}

static void put(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
  HKEY key;

  assert_int_equal(
      RegCreateKeyExW(machine, path, 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
  assert_int_equal(RegSetValueExW(key, name, 0, type, data, size), 0);
  RegCloseKey(key);
}

#define PARAMETERS L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters"

/* Into the registry what ws2_32 holds, with other paths. */
static void put_in_registry(int index, const char *path)
{
  WCHAR key[300];
  char item[260 + sizeof infos[0]] = {0};

  put(PARAMETERS, L"Current_Protocol_Catalog", REG_SZ, L"Protocol_Catalog9", sizeof L"Protocol_Catalog9");
  strcpy(item, path);
  memcpy(item + 260, &infos[index], sizeof infos[0]);
  swprintf(key, 300, PARAMETERS L"\\Protocol_Catalog9\\%ls\\%012d",
           sizeof(void *) == 8 ? L"Catalog_Entries64" : L"Catalog_Entries", index + 1);
  put(key, L"PackedCatalogItem", REG_BINARY, item, sizeof item);
}

static void as_ws2_32_tells_it(void **state)
{
  WCHAR system[MAX_PATH];

  (void)state;
  add(1001, 1, L"%SystemRoot%\\system32\\mswsock.dll");
  add(1002, 1, L"%SystemRoot%\\system32\\mswsock.dll");
  add(1003, 2, L"C:\\layer.dll");
  catalog_t *catalog = catalog_read();
  assert_non_null(catalog);
  assert_int_equal(catalog->count, 3);
  GetWindowsDirectoryW(system, MAX_PATH);
  wcscat(system, L"\\system32\\mswsock.dll");
  for (int i = 0; i < 2; i++)
    assert_int_equal(_wcsicmp(catalog->entries[i].path, system), 0);
  assert_int_equal(wcscmp(catalog->entries[2].path, L"C:\\layer.dll"), 0);
  assert_int_equal(catalog->entries[2].info.dwCatalogEntryId, 1003);
  assert_int_equal(path_calls, 2); /* once for each provider */
  for (int i = 0; i < 3; i++)
    assert_false(catalog->entries[i].ours);
  catalog_release(catalog);
}

static void a_path_nobody_tells(void **state)
{
  static const int modes[] = {PATHS_UNTOUCHED, PATHS_REFUSED};

  (void)state;
  add(1001, 1, L"C:\\wrong.dll");
  add(1002, 2, L"C:\\wrong.dll");
  put_in_registry(1, "D:\\right.dll");
  put_in_registry(0, "%SystemDrive%\\right.dll");
  for (int i = 0; i < 2; i++) {
    path_mode = modes[i];
    catalog_t *catalog = catalog_read();
    assert_non_null(catalog);
    assert_int_equal(wcscmp(catalog->entries[1].path, L"D:\\right.dll"), 0);
    assert_int_equal(_wcsicmp(catalog->entries[0].path, L"C:\\right.dll"), 0);
    catalog_release(catalog);
  }
}

static void no_path_anywhere(void **state)
{
  (void)state;
  path_mode = PATHS_UNTOUCHED;
  add(1001, 1, L"");
  catalog_t *catalog = catalog_read();
  assert_non_null(catalog);
  assert_int_equal(catalog->entries[0].path[0], 0);
  assert_false(catalog->entries[0].ours);
  catalog_release(catalog);
}

static void the_registry_alone(void **state)
{
  (void)state;
  add(1001, 1, L"C:\\x.dll");
  put_in_registry(0, "D:\\y.dll");
  enum_fails = true;
  catalog_t *catalog = catalog_read();
  assert_non_null(catalog);
  assert_int_equal(catalog->count, 1);
  assert_int_equal(wcscmp(catalog->entries[0].path, L"D:\\y.dll"), 0);
  catalog_release(catalog);
}

static void no_catalog_at_all(void **state)
{
  (void)state;
  enum_fails = true;
  assert_null(catalog_read());
}

/* By the DLL, not by GUIDs, whatever its spelling. */
static void entries_of_ours(void **state)
{
  WCHAR other[MAX_PATH];

  (void)state;
  add(1001, 1, own_path);
  add(1002, 2, own_path);
  for (WCHAR *c = paths[2]; *c != L'\0'; c++)
    *c = *c >= L'a' && *c <= L'z' ? (WCHAR)(*c - 32) : *c;
  /* The same file by another name; on 64-bit Windows SysWOW64 and System32 are such names to a 32-bit
   * process. */
  swprintf(other, MAX_PATH, L"%.2ls\\.%ls", own_path, own_path + 2);
  add(1003, 3, other);
  add(1004, 4, L"C:\\windows\\system32\\kernel32.dll");
  add(1005, 5, L"C:\\nowhere\\test_lsp_catalog.exe"); /* same name, another file */
  catalog_t *catalog = catalog_read();
  assert_non_null(catalog);
  assert_true(catalog->entries[0].ours);
  assert_true(catalog->entries[1].ours);
  assert_true(catalog->entries[2].ours);
  assert_false(catalog->entries[3].ours);
  assert_false(catalog->entries[4].ours);
  catalog_release(catalog);
}

static void a_catalog_that_grows_meanwhile(void **state)
{
  (void)state;
  add(1001, 1, L"C:\\a.dll");
  add(1002, 2, L"C:\\b.dll");
  info_count = 1;
  grow = 1;
  catalog_t *catalog = catalog_read();
  assert_non_null(catalog);
  assert_int_equal(catalog->count, 2);
  catalog_release(catalog);
}

static void memory_short(void **state)
{
  (void)state;
  add(1001, 1, L"C:\\a.dll");
  put_in_registry(0, "D:\\y.dll");
  path_mode = PATHS_REFUSED;
  for (long i = 0; i < 6; i++) {
    heap_fail_after(i);
    catalog_release(catalog_read());
    heap_fail_after(-1);
    assert_int_equal(heap_blocks(), 0);
  }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(as_ws2_32_tells_it),
      TEST(a_path_nobody_tells),
      TEST(no_path_anywhere),
      TEST(the_registry_alone),
      TEST(no_catalog_at_all),
      TEST(entries_of_ours),
      TEST(a_catalog_that_grows_meanwhile),
      TEST(memory_short),
  };

  return cmocka_run_group_tests_name("lsp: the catalog", tests, NULL, NULL);
}
