#include "provider.h"

#include "handle.h"
#include "lower_info.h"

INT provider_address_to_string(slot_t *slot, LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  INT error = 0;
  INT result = slot->below.lpWSPAddressToString(lpsaAddress, dwAddressLength,
                                                info_down(slot, lpProtocolInfo, &storage), lpszAddressString,
                                                lpdwAddressStringLength, &error);

  if (result != 0)
    handle_fail(lpErrno, error);
  return result;
}

INT provider_string_to_address(slot_t *slot, LPWSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  INT error = 0;
  INT result = slot->below.lpWSPStringToAddress(AddressString, AddressFamily,
                                                info_down(slot, lpProtocolInfo, &storage), lpAddress,
                                                lpAddressLength, &error);

  if (result != 0)
    handle_fail(lpErrno, error);
  return result;
}
