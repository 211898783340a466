/* WSAConnectByName: name resolution, then the socket's own provider. The built-in's would go past the layers.
 */
#include "builtin.h"
#include "route.h"

#include <stdlib.h>
#include <string.h>

static int family_of(SOCKET s)
{
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;

  if (getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size))
    return -1;
  return info.iAddressFamily;
}

static void copy_address(DWORD *size, SOCKADDR *address, SOCKET s,
                         int(WSAAPI *get)(SOCKET s, struct sockaddr *name, int *namelen))
{
  int length = size != NULL ? (int)*size : 0;

  if (address != NULL && size != NULL && get(s, address, &length) == 0)
    *size = (DWORD)length;
}

/* The timeout is not kept: Wine's built-in does not keep it either. */
WINBOOL WSAAPI WSAConnectByNameW(SOCKET s, LPWSTR nodename, LPWSTR servicename, LPDWORD LocalAddressLength,
                                 LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength,
                                 LPSOCKADDR RemoteAddress, const PTIMEVAL timeout, LPWSAOVERLAPPED Reserved)
{
  (void)timeout;
  if (nodename == NULL || servicename == NULL || Reserved != NULL) {
    SetLastError(WSAEINVAL);
    return FALSE;
  }
  int family = family_of(s);
  if (family < 0)
    return FALSE;
  ADDRINFOW hints = {.ai_family = family, .ai_socktype = SOCK_STREAM}, *found = NULL;
  int error = builtin()->GetAddrInfoW(nodename, servicename, &hints, &found);
  for (const ADDRINFOW *at = found; at != NULL; at = at->ai_next) {
    error = connect(s, at->ai_addr, (int)at->ai_addrlen) ? (int)GetLastError() : 0;
    if (!error)
      break;
  }
  builtin()->FreeAddrInfoW(found);
  if (error) {
    SetLastError((DWORD)error);
    return FALSE;
  }
  copy_address(LocalAddressLength, LocalAddress, s, getsockname);
  copy_address(RemoteAddressLength, RemoteAddress, s, getpeername);
  return TRUE;
}

static WCHAR *widen(const char *text)
{
  int length = text != NULL ? MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0) : 0;
  WCHAR *wide = length ? malloc((size_t)length * sizeof *wide) : NULL;

  if (wide != NULL)
    MultiByteToWideChar(CP_ACP, 0, text, -1, wide, length);
  return wide;
}

WINBOOL WSAAPI WSAConnectByNameA(SOCKET s, LPSTR nodename, LPSTR servicename, LPDWORD LocalAddressLength,
                                 LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength,
                                 LPSOCKADDR RemoteAddress, const PTIMEVAL timeout, LPWSAOVERLAPPED Reserved)
{
  WCHAR *node = widen(nodename), *service = widen(servicename);
  WINBOOL connected = WSAConnectByNameW(s, node, service, LocalAddressLength, LocalAddress,
                                        RemoteAddressLength, RemoteAddress, timeout, Reserved);
  DWORD error = GetLastError();

  free(node);
  free(service);
  SetLastError(error);
  return connected;
}
