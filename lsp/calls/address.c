#include "calls.h"

#include "call_route.h"
#include "handle.h"
#include "lower_info.h"

INT call_address_to_string(chain_instance_t *instance, LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                           LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                           LPDWORD lpdwAddressStringLength, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  INT error = 0;
  WSAPROTOCOL_INFOW *info =
      lower_info(instance, lpProtocolInfo, call_route_entry(instance, lpProtocolInfo), &storage);
  INT result = instance->lower.lpWSPAddressToString(lpsaAddress, dwAddressLength, info, lpszAddressString,
                                                    lpdwAddressStringLength, &error);

  if (result != 0)
    handle_fail(lpErrno, error);
  return result;
}

INT call_string_to_address(chain_instance_t *instance, LPWSTR AddressString, INT AddressFamily,
                           LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress, LPINT lpAddressLength,
                           LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  INT error = 0;
  WSAPROTOCOL_INFOW *info =
      lower_info(instance, lpProtocolInfo, call_route_entry(instance, lpProtocolInfo), &storage);
  INT result = instance->lower.lpWSPStringToAddress(AddressString, AddressFamily, info, lpAddress,
                                                    lpAddressLength, &error);

  if (result != 0)
    handle_fail(lpErrno, error);
  return result;
}
