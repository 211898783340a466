/* Addresses as text: the provider of the entry the caller names, or of the first entry with the address
 * family. */
#include "provider.h"
#include "protocol_info.h"
#include "route.h"

#include <stdlib.h>
#include <string.h>

static int find_entry(const WSAPROTOCOL_INFOW *info, int family, entry_t **entry)
{
  process_lock();
  *entry = info != NULL ? process_find_id(info->dwCatalogEntryId) : process_find_family(family);
  int error = *entry != NULL ? provider_start(*entry) : WSAEINVAL;
  process_unlock();
  return error;
}

INT WSAAPI WSAAddressToStringW(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength)
{
  if (!process_started())
    return SOCKET_ERROR;
  if (lpsaAddress == NULL || dwAddressLength < sizeof lpsaAddress->sa_family)
    return route_result(SOCKET_ERROR, WSAEFAULT);
  entry_t *entry;
  int error = find_entry(lpProtocolInfo, lpsaAddress->sa_family, &entry);
  if (error)
    return route_result(SOCKET_ERROR, error);
  WSAPROTOCOL_INFOW copy = entry->info;
  int result = entry->provider->table.lpWSPAddressToString(
      lpsaAddress, dwAddressLength, lpProtocolInfo != NULL ? lpProtocolInfo : &copy, lpszAddressString,
      lpdwAddressStringLength, &error);
  return route_result(result, error);
}

INT WSAAPI WSAStringToAddressW(LPWSTR AddressString, INT AddressFamily, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                               LPSOCKADDR lpAddress, LPINT lpAddressLength)
{
  if (!process_started())
    return SOCKET_ERROR;
  entry_t *entry;
  int error = find_entry(lpProtocolInfo, AddressFamily, &entry);
  if (error)
    return route_result(SOCKET_ERROR, error);
  WSAPROTOCOL_INFOW copy = entry->info;
  int result = entry->provider->table.lpWSPStringToAddress(AddressString, AddressFamily,
                                                           lpProtocolInfo != NULL ? lpProtocolInfo : &copy,
                                                           lpAddress, lpAddressLength, &error);
  return route_result(result, error);
}

INT WSAAPI WSAAddressToStringA(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength)
{
  WSAPROTOCOL_INFOW info;
  WCHAR wide[128];
  DWORD length = sizeof wide / sizeof *wide;

  if (lpszAddressString == NULL || lpdwAddressStringLength == NULL)
    return route_result(SOCKET_ERROR, WSAEFAULT);
  if (lpProtocolInfo != NULL)
    protocol_info_widen(lpProtocolInfo, &info);
  int result =
      WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo != NULL ? &info : NULL, wide, &length);
  if (result)
    return result;
  BOOL fits = *lpdwAddressStringLength >= length;
  if (fits)
    WideCharToMultiByte(CP_ACP, 0, wide, -1, lpszAddressString, (int)*lpdwAddressStringLength, NULL, NULL);
  *lpdwAddressStringLength = length;
  return fits ? 0 : route_result(SOCKET_ERROR, WSAEFAULT);
}

INT WSAAPI WSAStringToAddressA(LPSTR AddressString, INT AddressFamily, LPWSAPROTOCOL_INFOA lpProtocolInfo,
                               LPSOCKADDR lpAddress, LPINT lpAddressLength)
{
  WSAPROTOCOL_INFOW info;

  if (AddressString == NULL)
    return route_result(SOCKET_ERROR, WSAEINVAL);
  if (lpProtocolInfo != NULL)
    protocol_info_widen(lpProtocolInfo, &info);
  int length = MultiByteToWideChar(CP_ACP, 0, AddressString, -1, NULL, 0);
  WCHAR *wide = malloc((size_t)length * sizeof *wide);
  if (wide == NULL)
    return route_result(SOCKET_ERROR, WSA_NOT_ENOUGH_MEMORY);
  MultiByteToWideChar(CP_ACP, 0, AddressString, -1, wide, length);
  int result = WSAStringToAddressW(wide, AddressFamily, lpProtocolInfo != NULL ? &info : NULL, lpAddress,
                                   lpAddressLength);
  DWORD error = GetLastError();
  free(wide);
  SetLastError(error);
  return result;
}
