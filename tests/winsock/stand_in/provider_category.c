#include "provider_category.h"

#include "catalog_registry.h"

#include <stdio.h>
#include <wchar.h>

/* A value a provider, named by its GUID. Where Windows keeps categories is not documented; the place is ours.
 */
static const wchar_t *const categories_key[] = {WINSOCK_PARAMETERS L"\\Protocol_Catalog9\\Lsp_Categories64",
                                                WINSOCK_PARAMETERS L"\\Protocol_Catalog9\\Lsp_Categories"};

static void value_name(const GUID *id, wchar_t name[40])
{
  const unsigned char *d = id->Data4;

  swprintf(name, 40, L"{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", id->Data1, id->Data2, id->Data3,
           d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]);
}

DWORD provider_category(catalog_view_t view, const GUID *provider)
{
  wchar_t name[40];

  value_name(provider, name);
  DWORD categories = 0, size = sizeof categories;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, categories_key[view], name, RRF_RT_REG_DWORD, NULL, &categories,
                   &size))
    return 0;
  return categories;
}

void provider_category_forget(catalog_view_t view, const GUID *provider)
{
  wchar_t name[40];

  value_name(provider, name);
  RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, categories_key[view], name);
}

static int check(catalog_view_t view, const GUID *provider, WSC_PROVIDER_INFO_TYPE type)
{
  if (provider == NULL)
    return WSAEFAULT;
  if (type == ProviderInfoAudit)
    return ERROR_CALL_NOT_IMPLEMENTED;
  if (type != ProviderInfoLspCategories)
    return WSAEINVAL;
  catalog_t catalog;
  int error = catalog_registry_read(view, &catalog);
  if (error)
    return error;
  error = catalog_find_provider(&catalog, provider) != NULL ? 0 : WSAEINVAL;
  catalog_free(&catalog);
  return error;
}

static int set(catalog_view_t view, const GUID *provider, WSC_PROVIDER_INFO_TYPE type, const BYTE *info,
               size_t size)
{
  int error = check(view, provider, type);

  if (error)
    return error;
  if (info == NULL || size < sizeof(DWORD))
    return info != NULL ? WSAEINVAL : WSAEFAULT;
  wchar_t name[40];
  value_name(provider, name);
  if (RegSetKeyValueW(HKEY_LOCAL_MACHINE, categories_key[view], name, REG_DWORD, info, sizeof(DWORD)))
    return WSANO_RECOVERY;
  return 0;
}

static int get(catalog_view_t view, const GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info,
               size_t *size)
{
  int error = check(view, provider, type);

  if (error)
    return error;
  if (size == NULL)
    return WSAEFAULT;
  size_t room = *size;
  *size = sizeof(DWORD);
  if (info == NULL || room < sizeof(DWORD))
    return WSAEFAULT;
  *(DWORD *)(void *)info = provider_category(view, provider);
  return 0;
}

int WSPAPI WSCSetProviderInfo(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info,
                              size_t InfoSize, DWORD Flags, LPINT lpErrno)
{
  (void)Flags;
  *lpErrno = set(CATALOG_OWN, lpProviderId, InfoType, Info, InfoSize);
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
int WSPAPI WSCSetProviderInfo32(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info,
                                size_t InfoSize, DWORD Flags, LPINT lpErrno)
{
  (void)Flags;
  *lpErrno = set(CATALOG_32, lpProviderId, InfoType, Info, InfoSize);
  return *lpErrno ? SOCKET_ERROR : 0;
}
#endif

int WSPAPI WSCGetProviderInfo(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info,
                              size_t *InfoSize, DWORD Flags, LPINT lpErrno)
{
  (void)Flags;
  *lpErrno = get(CATALOG_OWN, lpProviderId, InfoType, Info, InfoSize);
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
int WSPAPI WSCGetProviderInfo32(LPGUID lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info,
                                size_t *InfoSize, DWORD Flags, LPINT lpErrno)
{
  (void)Flags;
  *lpErrno = get(CATALOG_32, lpProviderId, InfoType, Info, InfoSize);
  return *lpErrno ? SOCKET_ERROR : 0;
}
#endif
