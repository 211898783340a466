/* Sockets that come to life: the socket below, and the handle our client gets for it. */
#include "fault.h"
#include "kind.h"
#include "layer.h"
#include "record.h"

static SOCKET leave(const chain_t *chain, const char *call, SOCKET socket, SOCKET below, int error,
                    LPINT lpErrno)
{
  record_t record;

  record_leave(&record, chain, call);
  record_socket(&record, socket, below, socket == INVALID_SOCKET ? error : 0);
  record_end(&record);
  if (socket == INVALID_SOCKET)
    *lpErrno = error;
  return socket;
}

SOCKET layer_socket(chain_t *chain, int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                    DWORD flags, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW storage;
  record_t record;

  record_enter(&record, chain, "WSPSocket");
  record_number(&record, "af", af);
  record_number(&record, "type", type);
  record_number(&record, "protocol", protocol);
  record_info(&record, info);
  record_number(&record, "g", g);
  record_number(&record, "flags", flags);
  record_end(&record);
  SOCKET socket = INVALID_SOCKET, below = INVALID_SOCKET;
  int error = 0;
  if (!fault_due("WSPSocket", &error))
    below =
        chain->next.lpWSPSocket(af, type, protocol, chain_info_down(chain, info, &storage), g, flags, &error);
  if (below != INVALID_SOCKET)
    socket = kind_adopt(chain, below, &error);
  return leave(chain, "WSPSocket", socket, below, error, lpErrno);
}

SOCKET layer_accept(chain_t *chain, SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC condition,
                    DWORD_PTR data, LPINT lpErrno)
{
  record_t record;

  record_enter(&record, chain, "WSPAccept");
  record_number(&record, "socket", (long long)s);
  record_end(&record);
  SOCKET listening, socket = INVALID_SOCKET, below = INVALID_SOCKET;
  int error = 0;
  if (kind_below(&chain, s, &listening, &error) && !fault_due("WSPAccept", &error))
    below = chain->next.lpWSPAccept(listening, addr, addrlen, condition, data, &error);
  if (below != INVALID_SOCKET)
    socket = kind_adopt(chain, below, &error);
  return leave(chain, "WSPAccept", socket, below, error, lpErrno);
}

SOCKET layer_join_leaf(chain_t *chain, SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF caller,
                       LPWSABUF callee, LPQOS sqos, LPQOS gqos, DWORD flags, LPINT lpErrno)
{
  record_t record;

  record_enter(&record, chain, "WSPJoinLeaf");
  record_number(&record, "socket", (long long)s);
  record_number(&record, "flags", flags);
  record_end(&record);
  SOCKET root, socket = INVALID_SOCKET, below = INVALID_SOCKET;
  int error = 0;
  if (kind_below(&chain, s, &root, &error) && !fault_due("WSPJoinLeaf", &error))
    below = chain->next.lpWSPJoinLeaf(root, name, namelen, caller, callee, sqos, gqos, flags, &error);
  /* A non-rooted session makes no new socket ("Semantics for Joining Multipoint Leaves"). */
  if (below != INVALID_SOCKET)
    socket = below == root ? s : kind_adopt(chain, below, &error);
  return leave(chain, "WSPJoinLeaf", socket, below, error, lpErrno);
}
