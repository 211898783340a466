#include "winsock_catalog.h"

#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <ws2spi.h>
#include <windows.h>

#include "platform_check.h"
#include "wsc.h"

_Static_assert(sizeof(catalog_model_info_t) == sizeof(WSAPROTOCOL_INFOW), "one layout");
_Static_assert(offsetof(catalog_model_info_t, guid) == offsetof(WSAPROTOCOL_INFOW, ProviderId), "one layout");
_Static_assert(offsetof(catalog_model_info_t, chain) ==
                   offsetof(WSAPROTOCOL_INFOW, ProtocolChain) + offsetof(WSAPROTOCOLCHAIN, ChainEntries),
               "one layout");
_Static_assert(offsetof(catalog_model_info_t, family) == offsetof(WSAPROTOCOL_INFOW, iAddressFamily),
               "one layout");
_Static_assert(offsetof(catalog_model_info_t, name) == offsetof(WSAPROTOCOL_INFOW, szProtocol), "one layout");
_Static_assert(CATALOG_PATH_CHARS == MAX_PATH, "a path's room");
_Static_assert(CATALOG_IFS_HANDLES == XP1_IFS_HANDLES && CATALOG_HIDDEN == PFL_HIDDEN, "Winsock's numbers");
_Static_assert(FAMILY_INET6 == AF_INET6 && FAMILY_BLUETOOTH == AF_BTH, "Winsock's numbers");

bool winsock_dll_missing(const catalog_model_entry_t *entry, size_t view)
{
  WCHAR expanded[MAX_PATH], system[MAX_PATH], wow[MAX_PATH], found[MAX_PATH * 2];
  DWORD length = ExpandEnvironmentStringsW((const WCHAR *)entry->path, expanded, MAX_PATH);
  UINT system_length = GetSystemDirectoryW(system, MAX_PATH);

  if (!length || length > MAX_PATH)
    return true;
  if (view == VIEW_WOW && GetSystemWow64DirectoryW(wow, MAX_PATH) && system_length < length &&
      CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, expanded, (int)system_length, system,
                     (int)system_length) == CSTR_EQUAL) {
    wcscpy(found, wow);
    wcscat(found, expanded + system_length);
    return GetFileAttributesW(found) == INVALID_FILE_ATTRIBUTES;
  }
  /* A bare name is looked for where the loader looks. */
  if (wcschr(expanded, L'\\') == NULL)
    return SearchPathW(NULL, expanded, NULL, MAX_PATH, found, NULL) == 0;
  return GetFileAttributesW(expanded) == INVALID_FILE_ATTRIBUTES;
}

static bool winsock__append(catalog_model_t *catalog, const WSAPROTOCOL_INFOW *info, size_t view,
                            call_failure_t *failure)
{
  catalog_model_entry_t entry;
  WCHAR path[MAX_PATH];

  memcpy(&entry.info, info, sizeof entry.info);
  entry.info.name[CATALOG_NAME_CHARS - 1] = 0;
  /* Without its DLL an entry cannot be told from ours: such a catalog is not to be worked on. */
  if (!wsc_get_provider_path(view, &entry.info.guid, path, failure))
    return false;
  memcpy(entry.path, path, sizeof entry.path);
  entry.dll_missing = winsock_dll_missing(&entry, view);
  if (catalog_model_append(catalog, &entry))
    return true;
  *failure = (call_failure_t){"reading the catalog", WSA_NOT_ENOUGH_MEMORY};
  return false;
}

static bool winsock__read_view(size_t view, catalog_model_t *catalog, call_failure_t *failure)
{
  WSAPROTOCOL_INFOW *infos;
  size_t count;
  bool read = wsc_enum_protocols(view, &infos, &count, failure);

  for (size_t i = 0; read && i < count; i++)
    read = winsock__append(catalog, &infos[i], view, failure);
  free(infos);
  return read;
}

bool winsock_read(machine_catalogs_t *catalogs, call_failure_t *failure)
{
  WSADATA data;

  *catalogs = (machine_catalogs_t){.views = platform_check_has_two_catalogs() ? VIEWS : 1};
  /* "Only instances of Ws2_32.dll created by calling WSAStartup after" a change see it (WSCInstallProvider).
   */
  int error = WSAStartup(MAKEWORD(2, 2), &data);
  bool read = error == 0;
  if (!read)
    *failure = (call_failure_t){"WSAStartup", error};
  for (size_t view = 0; read && view < catalogs->views; view++)
    read = winsock__read_view(view, &catalogs->view[view], failure);
  if (!error)
    WSACleanup();
  if (read)
    return true;
  machine_catalogs_free(catalogs);
  *catalogs = (machine_catalogs_t){.views = 0};
  return false;
}
