#include "catalog.h"

#include <stdlib.h>
#include <string.h>
#include "catalog_registry.h"
#include "dll_main.h"
#include "impersonation.h"

/* The entries as WSCEnumProtocols gives them: hidden entries and chains included, in the catalog's order. */
static catalog_t *catalog_read__enumerate(void)
{
  WSAPROTOCOL_INFOW *infos = NULL;
  catalog_t *catalog = NULL;
  DWORD size = 0;
  INT error = 0, count = SOCKET_ERROR;

  /* The catalog may grow between being registry_read its size and being read. */
  (void)WSCEnumProtocols(NULL, NULL, &size, &error);
  for (int attempt = 0; attempt < 3 && size > 0; attempt++) {
    free(infos);
    infos = calloc(1, size);
    if (infos == NULL)
      return NULL;
    count = WSCEnumProtocols(NULL, infos, &size, &error);
    if (count != SOCKET_ERROR || error != WSAENOBUFS)
      break;
  }
  if (count > 0)
    catalog = catalog_new((size_t)count);
  if (catalog != NULL)
    for (INT i = 0; i < count; i++)
      catalog->entries[i].info = infos[i];
  free(infos);
  return catalog;
}

/* ReactOS looks in the wrong catalog and fails, or answers with a name space provider's DLL where GUIDs
 * coincide; Wine reports success without touching the buffer (docs/winsock-notes.md 6 and 7). */
static bool catalog_read__provider_path(GUID provider, WCHAR path[MAX_PATH])
{
  WCHAR raw[MAX_PATH] = L"";
  INT length = MAX_PATH, error = 0;

  if (WSCGetProviderPath(&provider, raw, &length, &error) != 0 || raw[0] == L'\0')
    return false;
  raw[MAX_PATH - 1] = L'\0';
  DWORD expanded = ExpandEnvironmentStringsW(raw, path, MAX_PATH);
  return expanded > 0 && expanded <= MAX_PATH;
}

/* Providers often share one GUID, all base entries of a transport do: ask once for each. */
static bool catalog_read__known_path(catalog_t *catalog, size_t index)
{
  for (size_t i = 0; i < index; i++)
    if (memcmp(&catalog->entries[i].info.ProviderId, &catalog->entries[index].info.ProviderId,
               sizeof(GUID)) == 0) {
      memcpy(catalog->entries[index].path, catalog->entries[i].path, sizeof catalog->entries[i].path);
      return true;
    }
  return false;
}

static void catalog_read__find_paths(catalog_t *catalog)
{
  catalog_t *registry = NULL;
  bool registry_read = false;

  for (size_t i = 0; i < catalog->count; i++) {
    catalog_entry_t *entry = &catalog->entries[i];

    if (catalog_read__known_path(catalog, i) ||
        catalog_read__provider_path(entry->info.ProviderId, entry->path))
      continue;
    entry->path[0] = L'\0';
    if (!registry_read)
      registry = catalog_registry_read_machine();
    registry_read = true;
    const catalog_entry_t *same =
        registry == NULL ? NULL : catalog_find(registry, entry->info.dwCatalogEntryId);
    if (same != NULL)
      memcpy(entry->path, same->path, sizeof entry->path);
  }
  catalog_release(registry);
}

static bool catalog_read__same_file(const WCHAR *one, const WCHAR *other)
{
  const WCHAR *paths[2] = {one, other};
  BY_HANDLE_FILE_INFORMATION identities[2];

  for (int i = 0; i < 2; i++) {
    HANDLE file = CreateFileW(paths[i], 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);

    if (file == INVALID_HANDLE_VALUE)
      return false;
    BOOL known = GetFileInformationByHandle(file, &identities[i]);
    CloseHandle(file);
    if (!known)
      return false;
  }
  return identities[0].dwVolumeSerialNumber == identities[1].dwVolumeSerialNumber &&
         identities[0].nFileIndexHigh == identities[1].nFileIndexHigh &&
         identities[0].nFileIndexLow == identities[1].nFileIndexLow &&
         (identities[0].nFileIndexHigh | identities[0].nFileIndexLow) != 0;
}

/* Names first; then identity, for the catalog of a 32-bit process names System32 where the loader says
 * SysWOW64, and short names and links exist. */
static bool catalog_read__is_our_module(const WCHAR *path, const WCHAR *ours)
{
  if (path[0] == L'\0')
    return false;
  if (CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, path, -1, ours, -1) == CSTR_EQUAL)
    return true;
  return catalog_read__same_file(path, ours);
}

static void catalog_read__find_ours(catalog_t *catalog)
{
  WCHAR ours[MAX_PATH];
  DWORD length = GetModuleFileNameW(dll_instance(), ours, MAX_PATH);

  if (length == 0 || length >= MAX_PATH)
    return;
  for (size_t i = 0; i < catalog->count; i++) {
    size_t same = 0;

    while (same < i && wcscmp(catalog->entries[same].path, catalog->entries[i].path) != 0)
      same++;
    catalog->entries[i].ours =
        same < i ? catalog->entries[same].ours : catalog_read__is_our_module(catalog->entries[i].path, ours);
  }
}

catalog_t *catalog_read(void)
{
  /* Whoever the thread serves just now may not be allowed to look at DLLs and registry keys. */
  HANDLE client = impersonation_suspend();
  catalog_t *catalog = catalog_read__enumerate();

  if (catalog != NULL)
    catalog_read__find_paths(catalog);
  else
    catalog = catalog_registry_read_machine();
  if (catalog != NULL)
    catalog_read__find_ours(catalog);
  if (client != NULL)
    impersonation_resume(client);
  return catalog;
}
