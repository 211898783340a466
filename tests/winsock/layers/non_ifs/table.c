/* The functions that put the socket below in the place of the handle, and the table of them all. */
#include "../recorder/kind.h"
#include "select.h"
#include "transfer.h"

#include <mswsock.h>
#include <string.h>

/* A function of the table that takes a socket first and the error last. */
#define BELOW(name, failure, parameters, ...)                                                                \
  static int WSPAPI below_##name parameters                                                                  \
  {                                                                                                          \
    chain_t *chain;                                                                                          \
    SOCKET below;                                                                                            \
    if (!kind_below(&chain, s, &below, lpErrno))                                                             \
      return failure;                                                                                        \
    return chain->next.lpWSP##name(below, __VA_ARGS__);                                                      \
  }

BELOW(Bind, SOCKET_ERROR, (SOCKET s, const struct sockaddr *name, int length, LPINT lpErrno), name, length,
      lpErrno)
BELOW(Connect, SOCKET_ERROR,
      (SOCKET s, const struct sockaddr *name, int length, LPWSABUF caller, LPWSABUF callee, LPQOS sqos,
       LPQOS gqos, LPINT lpErrno),
      name, length, caller, callee, sqos, gqos, lpErrno)
BELOW(EnumNetworkEvents, SOCKET_ERROR, (SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events, LPINT lpErrno),
      event, events, lpErrno)
BELOW(EventSelect, SOCKET_ERROR, (SOCKET s, WSAEVENT event, __LONG32 events, LPINT lpErrno), event, events,
      lpErrno)
BELOW(GetPeerName, SOCKET_ERROR, (SOCKET s, struct sockaddr *name, LPINT length, LPINT lpErrno), name, length,
      lpErrno)
BELOW(GetSockName, SOCKET_ERROR, (SOCKET s, struct sockaddr *name, LPINT length, LPINT lpErrno), name, length,
      lpErrno)
BELOW(GetQOSByName, FALSE, (SOCKET s, LPWSABUF name, LPQOS qos, LPINT lpErrno), name, qos, lpErrno)
BELOW(Listen, SOCKET_ERROR, (SOCKET s, int backlog, LPINT lpErrno), backlog, lpErrno)
BELOW(RecvDisconnect, SOCKET_ERROR, (SOCKET s, LPWSABUF data, LPINT lpErrno), data, lpErrno)
BELOW(SendDisconnect, SOCKET_ERROR, (SOCKET s, LPWSABUF data, LPINT lpErrno), data, lpErrno)
BELOW(Shutdown, SOCKET_ERROR, (SOCKET s, int how, LPINT lpErrno), how, lpErrno)

/* After AcceptEx the program names the listening socket by the handle it has. */
static int WSPAPI below_SetSockOpt(SOCKET s, int level, int optname, const char *optval, int optlen,
                                   LPINT lpErrno)
{
  chain_t *chain, *ignored;
  SOCKET below, listening;

  if (!kind_below(&chain, s, &below, lpErrno))
    return SOCKET_ERROR;
  if (level == SOL_SOCKET && optname == SO_UPDATE_ACCEPT_CONTEXT && optval != NULL &&
      optlen == sizeof listening) {
    memcpy(&listening, optval, sizeof listening);
    if (!kind_below(&ignored, listening, &listening, lpErrno))
      return SOCKET_ERROR;
    optval = (const char *)&listening;
  }
  return chain->next.lpWSPSetSockOpt(below, level, optname, optval, optlen, lpErrno);
}

/* The messages would carry the socket below; to translate them takes a window of our own, and nobody here
 * needs it. */
static int WSPAPI below_AsyncSelect(SOCKET s, HWND window, unsigned int message, __LONG32 events,
                                    LPINT lpErrno)
{
  (void)s;
  (void)window;
  (void)message;
  (void)events;
  *lpErrno = WSAEOPNOTSUPP;
  return SOCKET_ERROR;
}

void kind_complete_table(WSPPROC_TABLE *table)
{
  table->lpWSPAsyncSelect = below_AsyncSelect;
  table->lpWSPBind = below_Bind;
  table->lpWSPConnect = below_Connect;
  table->lpWSPEnumNetworkEvents = below_EnumNetworkEvents;
  table->lpWSPEventSelect = below_EventSelect;
  table->lpWSPGetPeerName = below_GetPeerName;
  table->lpWSPGetSockName = below_GetSockName;
  table->lpWSPGetQOSByName = below_GetQOSByName;
  table->lpWSPListen = below_Listen;
  table->lpWSPRecvDisconnect = below_RecvDisconnect;
  table->lpWSPSelect = select_below;
  table->lpWSPSendDisconnect = below_SendDisconnect;
  table->lpWSPSetSockOpt = below_SetSockOpt;
  table->lpWSPShutdown = below_Shutdown;
  transfer_complete_table(table);
}
