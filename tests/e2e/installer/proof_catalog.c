#include "proof_catalog.h"

#include <sporder.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROTOCOLS L"SYSTEM\\CurrentControlSet\\Services\\WinSock2\\Parameters\\Protocol_Catalog9"

static void image__add(image_t *image, const void *bytes, size_t size)
{
  image->bytes = realloc(image->bytes, image->size + size + 1);
  memcpy(image->bytes + image->size, bytes, size);
  image->size += size;
}

/* Names and values, and keys in the order of their names. */
static void image__key(image_t *image, const WCHAR *path)
{
  HKEY key;
  WCHAR name[300];
  BYTE value[4096];
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key))
    return;
  for (DWORD i = 0, length = 300, size = sizeof value, type;
       !RegEnumValueW(key, i, name, &length, NULL, &type, value, &size);
       i++, length = 300, size = sizeof value) {
    if (wcscmp(name, L"Serial_Access_Num") == 0 || wcscmp(name, L"Next_Catalog_Entry_ID") == 0)
      continue;
    image__add(image, name, length * sizeof *name);
    image__add(image, value, size);
  }
  for (DWORD i = 0, length = 300; !RegEnumKeyExW(key, i, name, &length, NULL, NULL, NULL, NULL);
       i++, length = 300) {
    WCHAR below[600];
    if (wcsncmp(name, L"Lsp_Categories", 14) ==
        0) /* the stand-in's own; Windows keeps categories elsewhere */
      continue;
    image__add(image, name, length * sizeof *name);
    wcscpy(below, path);
    wcscat(below, L"\\");
    wcscat(below, name);
    image__key(image, below);
  }
  RegCloseKey(key);
}

image_t image_take(void)
{
  image_t image = {NULL, 0};
  image__key(&image, PROTOCOLS);
  return image;
}

BOOL image_same(const image_t *a, const image_t *b)
{
  return a->size == b->size && a->size > 12 * 888 && memcmp(a->bytes, b->bytes, a->size) == 0;
}

void image_free(image_t *image)
{
  free(image->bytes);
  *image = (image_t){NULL, 0};
}

BOOL drift_ids(void)
{
  DWORD next = 2001, serial = 1000, size = sizeof next;
  for (int number = 1; number <= 6; number++) {
    WCHAR path[300];
    BYTE item[MAX_PATH + sizeof(WSAPROTOCOL_INFOW)];
    DWORD *id = (DWORD *)(void *)(item + MAX_PATH + offsetof(WSAPROTOCOL_INFOW, dwCatalogEntryId));
    swprintf(path, 300, PROTOCOLS L"\\Catalog_Entries\\%012d", number);
    size = sizeof item;
    if (RegGetValueW(HKEY_LOCAL_MACHINE, path, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, item, &size))
      return FALSE;
    *id = *id < 1100 ? *id + 100 : *id;
    if (RegSetKeyValueW(HKEY_LOCAL_MACHINE, path, L"PackedCatalogItem", REG_BINARY, item, size))
      return FALSE;
  }
  return !RegSetKeyValueW(HKEY_LOCAL_MACHINE, PROTOCOLS, L"Next_Catalog_Entry_ID", REG_DWORD, &next,
                          sizeof next) &&
         !RegSetKeyValueW(HKEY_LOCAL_MACHINE, PROTOCOLS, L"Serial_Access_Num", REG_DWORD, &serial,
                          sizeof serial);
}

FARPROC ws2_32(const char *name)
{
  return GetProcAddress(GetModuleHandleW(L"ws2_32.dll"), name);
}

typedef int(WSPAPI *enumerate_t)(LPINT, LPWSAPROTOCOL_INFOW, LPDWORD, LPINT);
typedef int(WSPAPI *provider_path_t)(LPGUID, WCHAR *, LPINT, LPINT);
typedef int(WSPAPI *remove_t)(LPGUID, LPINT);

static WSAPROTOCOL_INFOW *list_view(BOOL wow, int *count)
{
  enumerate_t enumerate =
      (enumerate_t)(void (*)(void))ws2_32(wow ? "WSCEnumProtocols32" : "WSCEnumProtocols");
  DWORD size = 0;
  int error;
  enumerate(NULL, NULL, &size, &error);
  WSAPROTOCOL_INFOW *infos = malloc(size + 1);
  *count = enumerate(NULL, infos, &size, &error);
  return infos;
}

static BOOL is_ours(const WSAPROTOCOL_INFOW *info, BOOL wow)
{
  provider_path_t get =
      (provider_path_t)(void (*)(void))ws2_32(wow ? "WSCGetProviderPath32" : "WSCGetProviderPath");
  GUID guid = info->ProviderId;
  WCHAR path[MAX_PATH];
  int length = MAX_PATH, error;
  return !get(&guid, path, &length, &error) && wcsstr(path, L"sockwarden.dll") != NULL;
}

WSAPROTOCOL_INFOW *catalog_list(int *count)
{
  return list_view(FALSE, count);
}

BOOL entry_is_ours(const WSAPROTOCOL_INFOW *info)
{
  return is_ours(info, FALSE);
}

int ours_in(BOOL wow)
{
  int count, ours = 0;
  WSAPROTOCOL_INFOW *infos = list_view(wow, &count);
  for (int i = 0; i < count; i++)
    ours += is_ours(infos + i, wow);
  free(infos);
  return ours;
}

BOOL damage_dangling(void)
{
  int count, error;
  WSAPROTOCOL_INFOW *infos = catalog_list(&count);
  WSAPROTOCOL_INFOW info = infos[0];
  WCHAR path[] = L"%SystemRoot%\\system32\\sockwarden.dll";
  free(infos);
  info.ProtocolChain.ChainEntries[1] = 4711;
  return entry_is_ours(&info) && !WSCUpdateProvider(&info.ProviderId, path, &info, 1, &error);
}

BOOL damage_order(void)
{
  int count, used = 0;
  WSAPROTOCOL_INFOW *infos = catalog_list(&count);
  DWORD *order = calloc((size_t)count + 1, sizeof *order);
  for (int base = 1; base >= 0; base--)
    for (int i = 0; i < count; i++)
      if ((infos[i].ProtocolChain.ChainLen == BASE_PROTOCOL) == base)
        order[used++] = infos[i].dwCatalogEntryId;
  BOOL done = !WSCWriteProviderOrder(order, (DWORD)used);
  free(order);
  free(infos);
  return done;
}

BOOL damage_duplicate(void)
{
  int count, error;
  WSAPROTOCOL_INFOW *infos = catalog_list(&count);
  WSAPROTOCOL_INFOW info = infos[0];
  WCHAR path[] = L"%SystemRoot%\\system32\\sockwarden.dll";
  GUID guid = info.ProviderId;
  free(infos);
  guid.Data1 ^= 1;
  return !WSCInstallProvider(&guid, path, &info, 1, &error);
}

BOOL damage_one_catalog(void)
{
  remove_t deinstall = (remove_t)(void (*)(void))ws2_32("WSCDeinstallProvider32");
  int count, error;
  WSAPROTOCOL_INFOW *infos = list_view(TRUE, &count);
  for (int i = 0; i < count; i++)
    if (is_ours(infos + i, TRUE) && deinstall(&infos[i].ProviderId, &error)) {
      free(infos);
      return FALSE;
    }
  free(infos);
  return ours_in(TRUE) == 0;
}
