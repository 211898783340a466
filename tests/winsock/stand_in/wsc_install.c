/* Changing the catalog: WSCInstallProvider and the rest, for both catalogs of a 64-bit Windows. Each call
 * takes the catalog, changes it in memory and writes it back whole, under the lock. */
#include "catalog_registry.h"
#include "provider_category.h"

#include <sporder.h>
#include <stdlib.h>
#include <string.h>

static int narrow_path(const WCHAR *path, char narrow[MAX_PATH])
{
  if (path == NULL)
    return WSAEFAULT;
  memset(narrow, 0, MAX_PATH);
  BOOL lossy = FALSE;
  if (!*path || !WideCharToMultiByte(CP_ACP, 0, path, -1, narrow, MAX_PATH, NULL, &lossy) || lossy)
    return WSAEINVAL;
  return 0;
}

/* "The provider is already installed" counts as WSANO_RECOVERY. */
static int install(catalog_t *catalog, const GUID *provider, const WCHAR *path,
                   const WSAPROTOCOL_INFOW *infos, DWORD count, DWORD first_id)
{
  catalog_item_t item;

  if (provider == NULL || infos == NULL)
    return WSAEFAULT;
  if (count == 0)
    return WSAEINVAL;
  int error = narrow_path(path, item.path);
  if (!error && catalog_find_provider(catalog, provider) != NULL)
    error = WSANO_RECOVERY;
  for (DWORD i = 0; !error && i < count; i++) {
    if (infos[i].ProtocolChain.ChainLen > MAX_PROTOCOL_CHAIN || infos[i].ProtocolChain.ChainLen < 0)
      return WSAEINVAL;
    item.info = infos[i];
    item.info.ProviderId = *provider;
    item.info.dwCatalogEntryId = first_id + i;
    error = catalog_append(catalog, &item);
  }
  if (!error)
    catalog->next_id = first_id + count;
  return error;
}

static int deinstall(catalog_view_t view, const GUID *provider)
{
  if (provider == NULL)
    return WSAEINVAL;
  catalog_registry_lock();
  catalog_t catalog;
  int error = catalog_registry_read(view, &catalog);
  if (error)
    goto unlock;
  DWORD before = catalog.count;
  for (DWORD i = catalog.count; i-- > 0;) {
    if (IsEqualGUID(&catalog.items[i].info.ProviderId, provider))
      catalog_remove(&catalog, i);
  }
  error = catalog.count == before ? WSAEINVAL : catalog_registry_write(view, &catalog);
  if (!error)
    provider_category_forget(view, provider);
  catalog_free(&catalog);
unlock:
  catalog_registry_unlock();
  return error;
}

/* Path and entries of a provider become the given ones; the entries are told apart by dwCatalogEntryId, and
 * the list must name entries of that provider only. */
static int update(catalog_view_t view, const GUID *provider, const WCHAR *path,
                  const WSAPROTOCOL_INFOW *infos, DWORD count)
{
  char narrow[MAX_PATH];

  if (provider == NULL || infos == NULL)
    return WSAEFAULT;
  int error = narrow_path(path, narrow);
  if (error)
    return error;
  catalog_registry_lock();
  catalog_t catalog;
  error = catalog_registry_read(view, &catalog);
  if (error)
    goto unlock;
  if (catalog_find_provider(&catalog, provider) == NULL)
    error = WSAEINVAL;
  for (DWORD i = 0; !error && i < count; i++) {
    catalog_item_t *item = catalog_find_id(&catalog, infos[i].dwCatalogEntryId);

    if (item != NULL && IsEqualGUID(&item->info.ProviderId, provider)) {
      item->info = infos[i];
      item->info.ProviderId = *provider;
    } else {
      error = WSAEINVAL;
    }
  }
  for (DWORD i = 0; !error && i < catalog.count; i++) {
    if (IsEqualGUID(&catalog.items[i].info.ProviderId, provider))
      memcpy(catalog.items[i].path, narrow, sizeof narrow);
  }
  if (!error)
    error = catalog_registry_write(view, &catalog);
  catalog_free(&catalog);
unlock:
  catalog_registry_unlock();
  return error;
}

/* Fails "where lpwdCatalogEntryId does not contain all valid catalog identifiers exactly one time". */
static int reorder(catalog_view_t view, const DWORD *ids, DWORD count)
{
  if (ids == NULL)
    return WSAEINVAL;
  catalog_registry_lock();
  catalog_t catalog, ordered = {0};
  int error = catalog_registry_read(view, &catalog);
  if (error)
    goto unlock;
  if (count != catalog.count)
    error = WSAEINVAL;
  for (DWORD i = 0; !error && i < count; i++) {
    const catalog_item_t *item = catalog_find_id(&catalog, ids[i]);

    if (item == NULL || catalog_find_id(&ordered, ids[i]) != NULL)
      error = WSAEINVAL;
    else
      error = catalog_append(&ordered, item);
  }
  ordered.next_id = catalog.next_id;
  if (!error)
    error = catalog_registry_write(view, &ordered);
  catalog_free(&ordered);
  catalog_free(&catalog);
unlock:
  catalog_registry_unlock();
  return error;
}

int WSPAPI WSCInstallProvider(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath,
                              const LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD dwNumberOfEntries,
                              LPINT lpErrno)
{
  catalog_registry_lock();
  catalog_t catalog;
  *lpErrno = catalog_registry_read(CATALOG_OWN, &catalog);
  if (!*lpErrno) {
    *lpErrno = install(&catalog, lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries,
                       catalog.next_id);
    if (!*lpErrno)
      *lpErrno = catalog_registry_write(CATALOG_OWN, &catalog);
    catalog_free(&catalog);
  }
  catalog_registry_unlock();
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
/* The same entries, under the same ids, into both catalogs; neither is changed where one refuses. */
int WSPAPI WSCInstallProvider64_32(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath,
                                   const LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD dwNumberOfEntries,
                                   LPINT lpErrno)
{
  catalog_t both[2] = {{0}, {0}};

  catalog_registry_lock();
  int error = catalog_registry_read(CATALOG_64, &both[CATALOG_64]);
  if (!error)
    error = catalog_registry_read(CATALOG_32, &both[CATALOG_32]);
  for (int view = CATALOG_64; !error && view <= CATALOG_32; view++)
    error = install(&both[view], lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries,
                    both[CATALOG_32].next_id);
  for (int view = CATALOG_64; !error && view <= CATALOG_32; view++)
    error = catalog_registry_write((catalog_view_t)view, &both[view]);
  catalog_free(&both[CATALOG_64]);
  catalog_free(&both[CATALOG_32]);
  catalog_registry_unlock();
  *lpErrno = error;
  return error ? SOCKET_ERROR : 0;
}
#endif

#ifdef _WIN64
/* Not built: the product's installer is told to avoid it (docs/winsock-notes.md 4). */
int WSPAPI WSCInstallProviderAndChains64_32(const LPGUID lpProviderId, const LPWSTR lpszProviderDllPath,
                                            const LPWSTR lpszProviderDllPath32, const LPWSTR lpszLspName,
                                            DWORD dwServiceFlags, const LPWSAPROTOCOL_INFO lpProtocolInfoList,
                                            DWORD dwNumberOfEntries, LPDWORD lpdwCatalogEntryId,
                                            LPINT lpErrno)
{
  (void)lpProviderId;
  (void)lpszProviderDllPath;
  (void)lpszProviderDllPath32;
  (void)lpszLspName;
  (void)dwServiceFlags;
  (void)lpProtocolInfoList;
  (void)dwNumberOfEntries;
  (void)lpdwCatalogEntryId;
  *lpErrno = WSAEOPNOTSUPP;
  return SOCKET_ERROR;
}
#endif

int WSPAPI WSCDeinstallProvider(LPGUID lpProviderId, LPINT lpErrno)
{
  *lpErrno = deinstall(CATALOG_OWN, lpProviderId);
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
int WSPAPI WSCDeinstallProvider32(LPGUID lpProviderId, LPINT lpErrno)
{
  *lpErrno = deinstall(CATALOG_32, lpProviderId);
  return *lpErrno ? SOCKET_ERROR : 0;
}
#endif

int WSPAPI WSCUpdateProvider(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath,
                             const LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD dwNumberOfEntries,
                             LPINT lpErrno)
{
  *lpErrno = update(CATALOG_OWN, lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
  return *lpErrno ? SOCKET_ERROR : 0;
}

#ifdef _WIN64
int WSPAPI WSCUpdateProvider32(LPGUID lpProviderId, const WCHAR *lpszProviderDllPath,
                               const LPWSAPROTOCOL_INFOW lpProtocolInfoList, DWORD dwNumberOfEntries,
                               LPINT lpErrno)
{
  *lpErrno = update(CATALOG_32, lpProviderId, lpszProviderDllPath, lpProtocolInfoList, dwNumberOfEntries);
  return *lpErrno ? SOCKET_ERROR : 0;
}
#endif

/* These two return the error itself, unlike all others. */
int WSPAPI WSCWriteProviderOrder(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
  return reorder(CATALOG_OWN, lpwdCatalogEntryId, dwNumberOfEntries);
}

#ifdef _WIN64
int WSPAPI WSCWriteProviderOrder32(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
  return reorder(CATALOG_32, lpwdCatalogEntryId, dwNumberOfEntries);
}
#endif
