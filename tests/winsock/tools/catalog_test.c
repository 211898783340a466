/* catalog_test: the WSC functions against Microsoft's documentation, each check with its words. Leaves the
 * catalog as it was. */
#include <winsock2.h>
#include <ws2spi.h>
#include <sporder.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void check(BOOL holds, const char *what, int line)
{
  if (holds)
    return;
  failures++;
  printf("line %d: %s\n", line, what);
}

#define CHECK(holds) check(holds, #holds, __LINE__)

static const GUID provider = {0x5cab1e00, 0x1111, 0x4222, {0x83, 1, 2, 3, 4, 5, 6, 7}};
static const GUID nobody = {0x5cab1e00, 0x1111, 0x4222, {0x83, 1, 2, 3, 4, 5, 6, 8}};

static WSAPROTOCOL_INFOW *enumerate(int *count)
{
  DWORD size = 0;
  int error = 0;

  /* "WSAENOBUFS: the buffer length was too small", and the length needed comes back. */
  CHECK(WSCEnumProtocols(NULL, NULL, &size, &error) == SOCKET_ERROR && error == WSAENOBUFS);
  CHECK(size % sizeof(WSAPROTOCOL_INFOW) == 0 && size > 0);
  WSAPROTOCOL_INFOW *infos = malloc(size);
  *count = WSCEnumProtocols(NULL, infos, &size, &error);
  return infos;
}

static void test_install(const WSAPROTOCOL_INFOW *model)
{
  GUID id = provider, other = nobody;
  WSAPROTOCOL_INFOW info = *model;
  int error = 0, count, length;
  WCHAR path[MAX_PATH];

  wcscpy(info.szProtocol, L"Test entry");
  CHECK(WSCInstallProvider(&id, L"%SystemRoot%\\system32\\nothing.dll", &info, 1, &error) == 0);
  /* "This error is returned [...] the provider is already installed" */
  CHECK(WSCInstallProvider(&id, L"x.dll", &info, 1, &error) == SOCKET_ERROR && error == WSANO_RECOVERY);
  /* "The lpProtocolInfoList parameter must not be NULL." */
  CHECK(WSCInstallProvider(&other, L"x.dll", NULL, 1, &error) == SOCKET_ERROR && error == WSAEFAULT);

  /* "Any subsequent calls to WSCEnumProtocols will return the newly-created protocol entries": at the end,
   * under an id of its own and the GUID given. */
  WSAPROTOCOL_INFOW *infos = enumerate(&count);
  const WSAPROTOCOL_INFOW *last = infos + count - 1;
  CHECK(IsEqualGUID(&last->ProviderId, &id));
  CHECK(last->dwCatalogEntryId > 1006);
  CHECK(wcscmp(last->szProtocol, L"Test entry") == 0);

  /* "any embedded environment strings, such as %SystemRoot%, have not been expanded" */
  length = MAX_PATH;
  CHECK(WSCGetProviderPath(&id, path, &length, &error) == 0);
  CHECK(wcscmp(path, L"%SystemRoot%\\system32\\nothing.dll") == 0);
  /* "WSAEFAULT: lpProviderDllPathLen is too small"; "WSAEINVAL: lpProviderId does not specify a valid
   * provider" */
  length = 5;
  CHECK(WSCGetProviderPath(&id, path, &length, &error) == SOCKET_ERROR && error == WSAEFAULT);
  length = MAX_PATH;
  CHECK(WSCGetProviderPath(&other, path, &length, &error) == SOCKET_ERROR && error == WSAEINVAL);

  WSAPROTOCOL_INFOW changed = *last;
  wcscpy(changed.szProtocol, L"Changed entry");
  CHECK(WSCUpdateProvider(&id, L"other.dll", &changed, 1, &error) == 0);
  free(infos);
  infos = enumerate(&count);
  CHECK(wcscmp(infos[count - 1].szProtocol, L"Changed entry") == 0);
  CHECK(infos[count - 1].dwCatalogEntryId == changed.dwCatalogEntryId);
  length = MAX_PATH;
  CHECK(WSCGetProviderPath(&id, path, &length, &error) == 0 && wcscmp(path, L"other.dll") == 0);
  free(infos);
}

static void test_order(void)
{
  int count, after_count;
  WSAPROTOCOL_INFOW *before = enumerate(&count);
  DWORD *ids = calloc((size_t)count + 1, sizeof *ids);

  for (int i = 0; i < count; i++)
    ids[i] = before[count - 1 - i].dwCatalogEntryId;
  /* "The dwNumberOfEntries parameter is not equal to the number of registered service providers"; "does not
   * contain all valid catalog identifiers exactly one time"; "contains an invalid catalog identifier": "no
   * action was taken". */
  CHECK(WSCWriteProviderOrder(ids, (DWORD)count - 1) == WSAEINVAL);
  DWORD first = ids[0];
  ids[0] = ids[1];
  CHECK(WSCWriteProviderOrder(ids, (DWORD)count) == WSAEINVAL);
  ids[0] = 99999;
  CHECK(WSCWriteProviderOrder(ids, (DWORD)count) == WSAEINVAL);
  ids[0] = first;
  WSAPROTOCOL_INFOW *after = enumerate(&after_count);
  CHECK(after_count == count && memcmp(before, after, (size_t)count * sizeof *before) == 0);
  free(after);

  CHECK(WSCWriteProviderOrder(ids, (DWORD)count) == ERROR_SUCCESS);
  after = enumerate(&after_count);
  for (int i = 0; i < count; i++)
    CHECK(memcmp(after + i, before + count - 1 - i, sizeof *after) == 0);
  free(after);
  for (int i = 0; i < count; i++)
    ids[i] = before[i].dwCatalogEntryId;
  CHECK(WSCWriteProviderOrder(ids, (DWORD)count) == ERROR_SUCCESS);
  free(ids);
  free(before);
}

static void test_categories(void)
{
  GUID id = provider, other = nobody;
  DWORD categories = LSP_FIREWALL | LSP_INSPECTOR, before = 99;
  int error = 0;
  typedef __typeof__(WSCSetProviderInfo) set_t;
  HMODULE ws2_32 = GetModuleHandleW(L"ws2_32.dll");
  set_t *set = (set_t *)(void (*)(void))GetProcAddress(ws2_32, "WSCSetProviderInfo");

  CHECK(set != NULL);
  if (set != NULL) {
    CHECK(set(&id, ProviderInfoLspCategories, (BYTE *)&categories, sizeof categories, 0, &error) == 0);
    /* "ERROR_CALL_NOT_IMPLEMENTED [...] if ProviderInfoAudit is specified" */
    CHECK(set(&id, ProviderInfoAudit, (BYTE *)&categories, sizeof categories, 0, &error) == SOCKET_ERROR &&
          error == ERROR_CALL_NOT_IMPLEMENTED);
    CHECK(set(&other, ProviderInfoLspCategories, (BYTE *)&categories, sizeof categories, 0, &error) ==
              SOCKET_ERROR &&
          error == WSAEINVAL);
  }
  DWORD read = 0;
  size_t size = sizeof read;
  CHECK(WSCGetProviderInfo(&id, ProviderInfoLspCategories, (BYTE *)&read, &size, 0, &error) == 0);
  CHECK(read == categories);

  /* "If called on the same application multiple times, then the categories are ORed together." */
  static const WCHAR program[] = L"C:\\nowhere\\catalog_test_subject.exe";
  DWORD length = sizeof program / sizeof *program - 1;
  CHECK(WSCSetApplicationCategory(program, length, NULL, 0, LSP_SYSTEM, &before, &error) == 0);
  CHECK(WSCSetApplicationCategory(program, length, NULL, 0, LSP_REDIRECTOR, &before, &error) == 0);
  CHECK(before & LSP_SYSTEM);
  CHECK(WSCSetApplicationCategory(program, length, NULL, 0, 0, &before, &error) == 0);
  CHECK(before == (LSP_SYSTEM | LSP_REDIRECTOR));
}

static void test_deinstall(void)
{
  GUID id = provider;
  int error = 0;

  CHECK(WSCDeinstallProvider(&id, &error) == 0);
  /* "WSAEINVAL: The lpProviderId parameter does not specify a valid provider." */
  CHECK(WSCDeinstallProvider(&id, &error) == SOCKET_ERROR && error == WSAEINVAL);
}

int main(void)
{
  int count, after_count;
  WSAPROTOCOL_INFOW *before = enumerate(&count);

  test_install(before);
  test_order();
  test_categories();
  test_deinstall();
  WSAPROTOCOL_INFOW *after = enumerate(&after_count);
  CHECK(after_count == count && memcmp(before, after, (size_t)count * sizeof *before) == 0);
  free(before);
  free(after);
  printf("%d failures\n", failures);
  return failures != 0;
}
