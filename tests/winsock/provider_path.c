#include "provider_path.h"

#include <string.h>
#include <wchar.h>

#define CATALOG L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters\\Protocol_Catalog9\\"
#ifdef _WIN64
#define ENTRIES CATALOG L"Catalog_Entries64"
#else
#define ENTRIES CATALOG L"Catalog_Entries"
#endif

/* PackedCatalogItem (docs/winsock-notes.md 4). */
typedef struct packed_item {
  char path[MAX_PATH];
  WSAPROTOCOL_INFOW info;
} packed_item_t;

static BOOL from_registry(const GUID *provider, WCHAR path[MAX_PATH])
{
  for (int number = 1;; number++) {
    packed_item_t item;
    DWORD size = sizeof item;
    WCHAR key[200];

    swprintf(key, 200, ENTRIES L"\\%012d", number);
    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, &item, &size))
      return FALSE;
    if (size == sizeof item && IsEqualGUID(&item.info.ProviderId, provider))
      return MultiByteToWideChar(CP_ACP, 0, item.path, -1, path, MAX_PATH) > 0;
  }
}

BOOL provider_path(LPWSCGETPROVIDERPATH ask, const GUID *provider, WCHAR path[MAX_PATH])
{
  WCHAR told[MAX_PATH];
  GUID id = *provider;
  int length = MAX_PATH, error;

  return (ask(&id, told, &length, &error) == 0 || from_registry(provider, told)) &&
         ExpandEnvironmentStringsW(told, path, MAX_PATH) != 0;
}
