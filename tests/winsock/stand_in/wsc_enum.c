/* Looking at the catalog: WSCEnumProtocols, WSCGetProviderPath and their 32-bit twins. They read the registry
 * afresh, since installers enumerate right after installing. */
#include "catalog_registry.h"

#include <sporder.h>
#include <string.h>

static BOOL asked_for(const WSAPROTOCOL_INFOW *info, const INT *protocols)
{
  if (protocols == NULL)
    return TRUE;
  for (; *protocols; protocols++) {
    if (*protocols >= info->iProtocol && *protocols <= info->iProtocol + info->iProtocolMaxOffset)
      return TRUE;
  }
  return FALSE;
}

static int enumerate(catalog_view_t view, const INT *protocols, WSAPROTOCOL_INFOW *buffer, DWORD *size,
                     int *error)
{
  catalog_t catalog;

  *error = size != NULL ? catalog_registry_read(view, &catalog) : WSAEFAULT;
  if (*error)
    return SOCKET_ERROR;
  DWORD wanted = 0;
  for (DWORD i = 0; i < catalog.count; i++)
    wanted += asked_for(&catalog.items[i].info, protocols);
  DWORD needed = wanted * sizeof *buffer;
  if (buffer == NULL || *size < needed) {
    *size = needed;
    *error = WSAENOBUFS;
  } else {
    for (DWORD i = 0; i < catalog.count; i++) {
      if (asked_for(&catalog.items[i].info, protocols))
        *buffer++ = catalog.items[i].info;
    }
  }
  catalog_free(&catalog);
  return *error ? SOCKET_ERROR : (int)wanted;
}

int WSPAPI WSCEnumProtocols(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer,
                            LPDWORD lpdwBufferLength, LPINT lpErrno)
{
  return enumerate(CATALOG_OWN, lpiProtocols, lpProtocolBuffer, lpdwBufferLength, lpErrno);
}

#ifdef _WIN64
int WSPAPI WSCEnumProtocols32(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer,
                              LPDWORD lpdwBufferLength, LPINT lpErrno)
{
  return enumerate(CATALOG_32, lpiProtocols, lpProtocolBuffer, lpdwBufferLength, lpErrno);
}
#endif

static int provider_path(catalog_view_t view, const GUID *provider, WCHAR *path, INT *length)
{
  if (provider == NULL || path == NULL || length == NULL)
    return WSAEFAULT;
  catalog_t catalog;
  int error = catalog_registry_read(view, &catalog);
  if (error)
    return error;
  const catalog_item_t *item = catalog_find_provider(&catalog, provider);
  if (item != NULL) {
    int needed = MultiByteToWideChar(CP_ACP, 0, item->path, -1, NULL, 0);

    error = *length < needed ? WSAEFAULT : 0;
    if (!error)
      MultiByteToWideChar(CP_ACP, 0, item->path, -1, path, *length);
    *length = needed;
  } else {
    error = WSAEINVAL;
  }
  catalog_free(&catalog);
  return error;
}

int WSPAPI WSCGetProviderPath(LPGUID lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen,
                              LPINT lpErrno)
{
  *lpErrno = provider_path(CATALOG_OWN, lpProviderId, lpszProviderDllPath, lpProviderDllPathLen);
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
int WSPAPI WSCGetProviderPath32(LPGUID lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen,
                                LPINT lpErrno)
{
  *lpErrno = provider_path(CATALOG_32, lpProviderId, lpszProviderDllPath, lpProviderDllPathLen);
  return *lpErrno ? SOCKET_ERROR : 0;
}
#endif
