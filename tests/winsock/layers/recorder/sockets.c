/* What is asked of a socket that there is. */
#include "fault.h"
#include "kind.h"
#include "layer.h"
#include "record.h"

#include <mswsock.h>

static int leave(record_t *record, int result, int error, LPINT lpErrno)
{
  record_result(record, result ? error : 0);
  record_end(record);
  if (result)
    *lpErrno = error;
  return result;
}

/* The target process opens the socket with this info, so it must name this layer's own chain; what the
 * provider below put into dwProviderReserved goes along (Shared Sockets in the SPI). */
int layer_duplicate_socket(chain_t *chain, SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info, LPINT lpErrno)
{
  record_t record;

  record_enter(&record, chain, "WSPDuplicateSocket");
  record_number(&record, "socket", (long long)s);
  record_number(&record, "process", process);
  record_info(&record, info);
  record_end(&record);
  SOCKET below;
  WSAPROTOCOL_INFOW storage = chain->info, *down = chain_info_down(chain, &storage, &storage);
  int result = SOCKET_ERROR, error = 0;
  if (info == NULL)
    error = WSAEFAULT;
  else if (kind_below(&chain, s, &below, &error) && !fault_due("WSPDuplicateSocket", &error))
    result = chain->next.lpWSPDuplicateSocket(below, process, down, &error);
  if (result == 0) {
    DWORD reserved = down->dwProviderReserved;

    *info = chain->own_info;
    info->dwProviderReserved = reserved;
  }
  record_leave(&record, chain, "WSPDuplicateSocket");
  record_info(&record, result ? NULL : info);
  return leave(&record, result, error, lpErrno);
}

static int protocol_info(chain_t *chain, SOCKET s, char *optval, LPINT optlen, int *error)
{
  SOCKET below;

  if (!kind_below(&chain, s, &below, error))
    return SOCKET_ERROR;
  int result = chain->next.lpWSPGetSockOpt(below, SOL_SOCKET, SO_PROTOCOL_INFOW, optval, optlen, error);
  if (result == 0)
    kind_describe(chain, (WSAPROTOCOL_INFOW *)(void *)optval);
  return result;
}

int layer_get_sock_opt(chain_t *chain, SOCKET s, int level, int optname, char *optval, LPINT optlen,
                       LPINT lpErrno)
{
  SOCKET below;
  int result = SOCKET_ERROR, error = 0;

  if (level != SOL_SOCKET || optname != SO_PROTOCOL_INFOW) {
    if (kind_below(&chain, s, &below, lpErrno))
      result = chain->next.lpWSPGetSockOpt(below, level, optname, optval, optlen, lpErrno);
    return result;
  }
  record_t record;
  record_enter(&record, chain, "WSPGetSockOpt");
  record_number(&record, "socket", (long long)s);
  record_number(&record, "option", optname);
  record_end(&record);
  if (!fault_due("WSPGetSockOpt", &error))
    result = protocol_info(chain, s, optval, optlen, &error);
  record_leave(&record, chain, "WSPGetSockOpt");
  record_info(&record, result ? NULL : (const WSAPROTOCOL_INFOW *)(void *)optval);
  return leave(&record, result, error, lpErrno);
}

int layer_close_socket(chain_t *chain, SOCKET s, LPINT lpErrno)
{
  record_t record;

  record_enter(&record, chain, "WSPCloseSocket");
  record_number(&record, "socket", (long long)s);
  record_end(&record);
  SOCKET below;
  int result = SOCKET_ERROR, error = 0;
  if (kind_below(&chain, s, &below, &error) && !fault_due("WSPCloseSocket", &error)) {
    result = chain->next.lpWSPCloseSocket(below, &error);
    if (result == 0)
      kind_closed(s);
  }
  record_leave(&record, chain, "WSPCloseSocket");
  return leave(&record, result, error, lpErrno);
}
