#include "catalog_registry.h"

#include <string.h>

enum { ENTRIES_MAX = 1024, KEY_NAME_MAX = 32 };

/* The value PackedCatalogItem. */
typedef struct packed_item {
  char path[MAX_PATH];
  WSAPROTOCOL_INFOW info;
} packed_item_t;

_Static_assert(sizeof(packed_item_t) == 260 + 628, "PackedCatalogItem is a path and a WSAPROTOCOL_INFOW");

static bool catalog_registry__entry(HKEY entries, DWORD number, catalog_entry_t *entry)
{
  WCHAR name[KEY_NAME_MAX], raw[MAX_PATH];
  packed_item_t item;
  DWORD type = 0, size = sizeof item;
  HKEY key;

  /* Twelve digits, zeros in front. */
  for (int digit = 11; digit >= 0; digit--, number /= 10)
    name[digit] = (WCHAR)(L'0' + number % 10);
  name[12] = L'\0';
  if (RegOpenKeyExW(entries, name, 0, KEY_QUERY_VALUE, &key) != ERROR_SUCCESS)
    return false;
  LSTATUS status = RegQueryValueExW(key, L"PackedCatalogItem", NULL, &type, (BYTE *)&item, &size);
  RegCloseKey(key);
  if (status != ERROR_SUCCESS || type != REG_BINARY || size != sizeof item)
    return false;

  entry->info = item.info;
  entry->info.szProtocol[WSAPROTOCOL_LEN] = L'\0';
  item.path[MAX_PATH - 1] = '\0';
  if (MultiByteToWideChar(CP_ACP, 0, item.path, -1, raw, MAX_PATH) == 0)
    return true;
  DWORD length = ExpandEnvironmentStringsW(raw, entry->path, MAX_PATH);
  if (length == 0 || length > MAX_PATH)
    entry->path[0] = L'\0';
  return true;
}

static catalog_t *catalog_registry__entries(HKEY entries, DWORD count)
{
  catalog_t *catalog = catalog_new(count);
  size_t read = 0;

  if (catalog == NULL)
    return NULL;
  for (DWORD number = 1; number <= count; number++)
    if (catalog_registry__entry(entries, number, &catalog->entries[read]))
      read++;
  catalog->count = read;
  return catalog;
}

catalog_t *catalog_registry_read(HKEY parameters)
{
  WCHAR name[MAX_PATH] = L"";
  DWORD type = 0, size = sizeof name - sizeof name[0], count = 0;
  HKEY protocols, entries;
  catalog_t *catalog = NULL;

  if (RegQueryValueExW(parameters, L"Current_Protocol_Catalog", NULL, &type, (BYTE *)name, &size) !=
          ERROR_SUCCESS ||
      type != REG_SZ)
    return NULL;
  if (RegOpenKeyExW(parameters, name, 0, KEY_READ, &protocols) != ERROR_SUCCESS)
    return NULL;

  /* A 64-bit process has a catalog of its own, except where a 64-bit ReactOS keeps only one. */
  const WCHAR *number_name = L"Num_Catalog_Entries64";
  LSTATUS status = ERROR_FILE_NOT_FOUND;
  if (sizeof(void *) == 8)
    status = RegOpenKeyExW(protocols, L"Catalog_Entries64", 0, KEY_READ, &entries);
  if (status != ERROR_SUCCESS) {
    number_name = L"Num_Catalog_Entries";
    status = RegOpenKeyExW(protocols, L"Catalog_Entries", 0, KEY_READ, &entries);
  }
  if (status != ERROR_SUCCESS)
    goto close_protocols;

  size = sizeof count;
  status = RegQueryValueExW(protocols, number_name, NULL, &type, (BYTE *)&count, &size);
  if (status != ERROR_SUCCESS || type != REG_DWORD)
    status = RegQueryInfoKeyW(entries, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  if (status == ERROR_SUCCESS && count > 0 && count <= ENTRIES_MAX)
    catalog = catalog_registry__entries(entries, count);
  RegCloseKey(entries);
close_protocols:
  RegCloseKey(protocols);
  return catalog;
}

catalog_t *catalog_registry_read_machine(void)
{
  static const WCHAR path[] = L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters";
  HKEY parameters;

  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &parameters) != ERROR_SUCCESS)
    return NULL;
  catalog_t *catalog = catalog_registry_read(parameters);
  RegCloseKey(parameters);
  return catalog;
}
