#include "fault.h"
#include "layer.h"
#include "record.h"

INT layer_address_to_string(chain_t *chain, LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW info,
                            LPWSTR text, LPDWORD text_length, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  record_t record;

  record_enter(&record, chain, "WSPAddressToString");
  record_info(&record, info);
  record_end(&record);
  int result = SOCKET_ERROR, error = 0;
  if (!fault_due("WSPAddressToString", &error))
    result = chain->next.lpWSPAddressToString(address, length, chain_info_down(chain, info, &storage), text,
                                              text_length, &error);
  record_leave(&record, chain, "WSPAddressToString");
  record_result(&record, result ? error : 0);
  record_end(&record);
  if (result)
    *lpErrno = error;
  return result;
}

INT layer_string_to_address(chain_t *chain, LPWSTR text, INT family, LPWSAPROTOCOL_INFOW info,
                            LPSOCKADDR address, LPINT length, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  record_t record;

  record_enter(&record, chain, "WSPStringToAddress");
  record_number(&record, "af", family);
  record_info(&record, info);
  record_end(&record);
  int result = SOCKET_ERROR, error = 0;
  if (!fault_due("WSPStringToAddress", &error))
    result = chain->next.lpWSPStringToAddress(text, family, chain_info_down(chain, info, &storage), address,
                                              length, &error);
  record_leave(&record, chain, "WSPStringToAddress");
  record_result(&record, result ? error : 0);
  record_end(&record);
  if (result)
    *lpErrno = error;
  return result;
}
