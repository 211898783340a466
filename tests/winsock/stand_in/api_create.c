/* How sockets come to life and end: socket, accept, duplicate, join, close. */
#include "handles.h"
#include "protocol_info.h"
#include "route.h"
#include "select_provider.h"
#include "thread.h"

static SOCKET call_provider(entry_t *entry, int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                            DWORD flags, int *error)
{
  /* An application's own info goes down as the pointer it gave: it carries the shared-socket state. */
  WSAPROTOCOL_INFOW copy = entry->info;

  *error = 0;
  return entry->provider->table.lpWSPSocket(af, type, protocol, info != NULL ? info : &copy, g, flags, error);
}

static int select_and_start(int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, const entry_t *after,
                            entry_t **chosen)
{
  int error;

  process_lock();
  if (info != NULL) {
    *chosen = process_find_id(info->dwCatalogEntryId);
    error = *chosen != NULL && (*chosen)->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL ? 0 : WSAEINVAL;
  } else {
    error = select_provider(af, type, protocol, after, chosen);
  }
  if (!error)
    error = provider_start(*chosen);
  process_unlock();
  return error;
}

SOCKET WSAAPI WSASocketW(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g,
                         DWORD dwFlags)
{
  if (!process_started())
    return INVALID_SOCKET;
  entry_t *entry = NULL;
  int error = 0;
  for (;;) {
    /* On WSAEINPROGRESS from a provider ws2_32 silently tries the next entry that matches
     * (docs/winsock-notes.md 2). */
    entry_t *next;
    int lookup = select_and_start(af, type, protocol, lpProtocolInfo, entry, &next);

    if (lookup)
      return route_socket_result(INVALID_SOCKET, entry != NULL ? error : lookup);
    entry = next;
    SOCKET socket = call_provider(entry, af, type, protocol, lpProtocolInfo, g, dwFlags, &error);
    if (socket != INVALID_SOCKET || lpProtocolInfo != NULL || error != WSAEINPROGRESS)
      return route_socket_result(socket, error);
  }
}

SOCKET WSAAPI WSASocketA(int af, int type, int protocol, LPWSAPROTOCOL_INFOA lpProtocolInfo, GROUP g,
                         DWORD dwFlags)
{
  WSAPROTOCOL_INFOW wide;

  if (lpProtocolInfo == NULL)
    return WSASocketW(af, type, protocol, NULL, g, dwFlags);
  protocol_info_widen(lpProtocolInfo, &wide);
  return WSASocketW(af, type, protocol, &wide, g, dwFlags);
}

SOCKET WSAAPI socket(int af, int type, int protocol)
{
  const thread_t *thread = thread_current();
  DWORD flags = thread != NULL && thread->open_type ? 0 : WSA_FLAG_OVERLAPPED;

  return WSASocketW(af, type, protocol, NULL, 0, flags);
}

SOCKET WSAAPI WSAAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                        DWORD_PTR dwCallbackData)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return INVALID_SOCKET;
  int error = 0;
  SOCKET accepted = table->lpWSPAccept(s, addr, addrlen, lpfnCondition, dwCallbackData, &error);
  return route_socket_result(accepted, error);
}

SOCKET WSAAPI accept(SOCKET s, struct sockaddr *addr, int *addrlen)
{
  return WSAAccept(s, addr, addrlen, NULL, 0);
}

SOCKET WSAAPI WSAJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                          LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return INVALID_SOCKET;
  int error = 0;
  SOCKET leaf =
      table->lpWSPJoinLeaf(s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS, dwFlags, &error);
  return route_socket_result(leaf, error);
}

int WSAAPI WSADuplicateSocketW(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPDuplicateSocket(s, dwProcessId, lpProtocolInfo, &error);
  return route_result(result, error);
}

int WSAAPI WSADuplicateSocketA(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOA lpProtocolInfo)
{
  WSAPROTOCOL_INFOW wide;
  int result = WSADuplicateSocketW(s, dwProcessId, lpProtocolInfo != NULL ? &wide : NULL);

  if (result == 0)
    protocol_info_narrow(&wide, lpProtocolInfo);
  return result;
}

int WSAAPI closesocket(SOCKET s)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  /* Forgotten first: once it is closed, another thread may be given the same handle. A handle that was made
   * for its provider goes when that says so (WPUCloseSocketHandle). */
  entry_t *owner = handles_forget(s);
  int error = 0;
  int result = table->lpWSPCloseSocket(s, &error);
  if (result == SOCKET_ERROR && error != WSAENOTSOCK && owner != NULL)
    handles_note(s, owner);
  return route_result(result, error);
}
