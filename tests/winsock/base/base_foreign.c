#include "base_foreign.h"

#include "builtin.h"

/* Wine 8's built-in keeps a list of the sockets made in its own process, and getsockopt and closesocket
 * refuse any other. WSASocketW puts a handle on that list where the info says that WSADuplicateSocket made
 * it: the handle is in dwServiceFlags3 then, and this mark of Wine's in dwServiceFlags4. */
#define WINE_DUPLICATE_MARK 0xff00ff00

static BOOL known(SOCKET socket)
{
  int reuse, size = sizeof reuse;

  return !builtin()->getsockopt(socket, SOL_SOCKET, SO_REUSEADDR, (char *)&reuse, &size);
}

/* getsockname does not look at the list: on a socket that is not bound it fails with WSAEINVAL, on any other
 * kind of handle with WSAENOTSOCK. */
static BOOL is_socket(SOCKET socket)
{
  struct sockaddr_storage address;
  int size = sizeof address;

  return !builtin()->getsockname(socket, (struct sockaddr *)&address, &size) || GetLastError() == WSAEINVAL;
}

int base_foreign_introduce(SOCKET socket)
{
  if (known(socket))
    return 0;
  if (!is_socket(socket))
    return WSAENOTSOCK;
  WSAPROTOCOL_INFOW info = {.dwServiceFlags3 = (DWORD)socket, .dwServiceFlags4 = WINE_DUPLICATE_MARK};
  builtin()->WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, 0);
  return known(socket) ? 0 : WSAENOTSOCK;
}
