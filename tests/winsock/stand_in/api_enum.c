/* WSAEnumProtocols: the process's snapshot without layers' own entries (ChainLen 0: "WSAEnumProtocols does
 * not enumerate a layered protocol entry while WSCEnumProtocols does") and without what carries PFL_HIDDEN.
 * The raw entries do, and Wine's test suite finds no such entry listed on Windows, although "TCP/IP Raw
 * Sockets" says that they are. */
#include "process.h"
#include "protocol_info.h"

#include <string.h>

static BOOL listed(const WSAPROTOCOL_INFOW *info, const INT *protocols)
{
  if (info->ProtocolChain.ChainLen == LAYERED_PROTOCOL || info->dwProviderFlags & PFL_HIDDEN)
    return FALSE;
  if (protocols == NULL)
    return TRUE;
  for (; *protocols; protocols++) {
    if (*protocols >= info->iProtocol && *protocols <= info->iProtocol + info->iProtocolMaxOffset)
      return TRUE;
  }
  return FALSE;
}

/* Calls `put` with the place in the buffer; both character sets differ in nothing else. */
static int enumerate(const INT *protocols, void *buffer, DWORD *size, size_t item_size,
                     void (*put)(void *place, const WSAPROTOCOL_INFOW *info))
{
  if (!process_started())
    return SOCKET_ERROR;
  if (size == NULL) {
    SetLastError(WSAEFAULT);
    return SOCKET_ERROR;
  }
  DWORD count, wanted = 0;
  process_lock();
  const entry_t *entries = process_entries(&count);
  for (DWORD i = 0; i < count; i++)
    wanted += listed(&entries[i].info, protocols);
  BOOL fits = buffer != NULL && *size >= wanted * item_size;
  *size = (DWORD)(wanted * item_size);
  char *place = buffer;
  for (DWORD i = 0; fits && i < count; i++) {
    if (!listed(&entries[i].info, protocols))
      continue;
    put(place, &entries[i].info);
    place += item_size;
  }
  process_unlock();
  if (!fits) {
    SetLastError(WSAENOBUFS);
    return SOCKET_ERROR;
  }
  return (int)wanted;
}

static void put_wide(void *place, const WSAPROTOCOL_INFOW *info)
{
  memcpy(place, info, sizeof *info);
}

static void put_narrow(void *place, const WSAPROTOCOL_INFOW *info)
{
  protocol_info_narrow(info, place);
}

int WSAAPI WSAEnumProtocolsW(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer,
                             LPDWORD lpdwBufferLength)
{
  return enumerate(lpiProtocols, lpProtocolBuffer, lpdwBufferLength, sizeof *lpProtocolBuffer, put_wide);
}

int WSAAPI WSAEnumProtocolsA(LPINT lpiProtocols, LPWSAPROTOCOL_INFOA lpProtocolBuffer,
                             LPDWORD lpdwBufferLength)
{
  return enumerate(lpiProtocols, lpProtocolBuffer, lpdwBufferLength, sizeof *lpProtocolBuffer, put_narrow);
}
