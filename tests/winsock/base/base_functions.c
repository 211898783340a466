/* The functions that pass a call to the built-in and its error back. */
#include "base_functions.h"

#include "base_entries.h"
#include "base_foreign.h"
#include "base_raw.h"
#include "base_record.h"
#include "base_state.h"
#include "builtin.h"

#include <mswsock.h>
#include <string.h>

static INT WSPAPI base_WSPAddressToString(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                                          LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                                          LPDWORD lpdwAddressStringLength, LPINT lpErrno)
{
  base_record("WSPAddressToString", lpProtocolInfo);
  *lpErrno = base_entries_check(lpProtocolInfo);
  if (*lpErrno)
    return SOCKET_ERROR;
  return base_result(builtin()->WSAAddressToStringW(lpsaAddress, dwAddressLength, NULL, lpszAddressString,
                                                    lpdwAddressStringLength),
                     lpErrno);
}

static INT WSPAPI base_WSPStringToAddress(LPWSTR AddressString, INT AddressFamily,
                                          LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                                          LPINT lpAddressLength, LPINT lpErrno)
{
  base_record("WSPStringToAddress", lpProtocolInfo);
  *lpErrno = base_entries_check(lpProtocolInfo);
  if (*lpErrno)
    return SOCKET_ERROR;
  return base_result(
      builtin()->WSAStringToAddressW(AddressString, AddressFamily, NULL, lpAddress, lpAddressLength),
      lpErrno);
}

static int WSPAPI base_WSPAsyncSelect(SOCKET s, HWND hWnd, unsigned int wMsg, __LONG32 lEvent, LPINT lpErrno)
{
  return base_result(builtin()->WSAAsyncSelect(s, hWnd, wMsg, lEvent), lpErrno);
}

static int WSPAPI base_WSPBind(SOCKET s, const struct sockaddr *name, int namelen, LPINT lpErrno)
{
  return base_result(builtin()->bind(s, name, namelen), lpErrno);
}

/* Of Winsock 1.1's blocking hooks nothing is left to cancel. */
static int WSPAPI base_WSPCancelBlockingCall(LPINT lpErrno)
{
  *lpErrno = WSAEOPNOTSUPP;
  return SOCKET_ERROR;
}

static int WSPAPI base_WSPCloseSocket(SOCKET s, LPINT lpErrno)
{
  base_raw_forget(s);
  return base_result(builtin()->closesocket(s), lpErrno);
}

static int WSPAPI base_WSPConnect(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                                  LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, LPINT lpErrno)
{
  return base_result(builtin()->WSAConnect(s, name, namelen, lpCallerData, lpCalleeData, lpSQOS, lpGQOS),
                     lpErrno);
}

static int WSPAPI base_WSPEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject,
                                            LPWSANETWORKEVENTS lpNetworkEvents, LPINT lpErrno)
{
  return base_result(builtin()->WSAEnumNetworkEvents(s, hEventObject, lpNetworkEvents), lpErrno);
}

static int WSPAPI base_WSPEventSelect(SOCKET s, WSAEVENT hEventObject, __LONG32 lNetworkEvents, LPINT lpErrno)
{
  return base_result(builtin()->WSAEventSelect(s, hEventObject, lNetworkEvents), lpErrno);
}

static WINBOOL WSPAPI base_WSPGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED lpOverlapped,
                                                  LPDWORD lpcbTransfer, WINBOOL fWait, LPDWORD lpdwFlags,
                                                  LPINT lpErrno)
{
  WINBOOL done = builtin()->WSAGetOverlappedResult(s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags);

  *lpErrno = done ? 0 : (int)GetLastError();
  return done;
}

static int WSPAPI base_WSPGetPeerName(SOCKET s, struct sockaddr *name, LPINT namelen, LPINT lpErrno)
{
  return base_result(builtin()->getpeername(s, name, namelen), lpErrno);
}

static int WSPAPI base_WSPGetSockName(SOCKET s, struct sockaddr *name, LPINT namelen, LPINT lpErrno)
{
  return base_result(builtin()->getsockname(s, name, namelen), lpErrno);
}

/* The built-in would answer with its own catalog. */
static int get_protocol_info(SOCKET s, char *optval, LPINT optlen, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW info;

  *lpErrno = base_entries_of_socket(s, &info);
  if (!*lpErrno && (optval == NULL || optlen == NULL || *optlen < (int)sizeof info))
    *lpErrno = WSAEFAULT;
  if (*lpErrno)
    return SOCKET_ERROR;
  memcpy(optval, &info, sizeof info);
  *optlen = sizeof info;
  return 0;
}

static int WSPAPI base_WSPGetSockOpt(SOCKET s, int level, int optname, char *optval, LPINT optlen,
                                     LPINT lpErrno)
{
  if (level == SOL_SOCKET && optname == SO_PROTOCOL_INFOW)
    return get_protocol_info(s, optval, optlen, lpErrno);
  return base_result(builtin()->getsockopt(s, level, optname, optval, optlen), lpErrno);
}

static WINBOOL WSPAPI base_WSPGetQOSByName(SOCKET s, LPWSABUF lpQOSName, LPQOS lpQOS, LPINT lpErrno)
{
  WINBOOL found = builtin()->WSAGetQOSByName(s, lpQOSName, lpQOS);

  *lpErrno = found ? 0 : (int)GetLastError();
  return found;
}

/* SIO_BASE_HANDLE and its kin: our handles are the base handles. "If the output buffer is not large enough
 * for a socket handle or the lpvOutBuffer parameter is a NULL pointer: WSAEFAULT." */
static int get_base_handle(SOCKET s, LPVOID buffer, DWORD size, LPDWORD returned, LPINT lpErrno)
{
  *lpErrno = base_foreign_introduce(s);
  if (*lpErrno)
    return SOCKET_ERROR;
  *lpErrno = buffer != NULL && size >= sizeof s && returned != NULL ? 0 : WSAEFAULT;
  if (*lpErrno)
    return SOCKET_ERROR;
  memcpy(buffer, &s, sizeof s);
  *returned = sizeof s;
  return 0;
}

static int WSPAPI base_WSPIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer,
                                LPVOID lpvOutBuffer, DWORD cbOutBuffer, LPDWORD lpcbBytesReturned,
                                LPWSAOVERLAPPED lpOverlapped,
                                LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine,
                                LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  (void)lpThreadId;
  switch (dwIoControlCode) {
  case SIO_BASE_HANDLE:
  case SIO_BSP_HANDLE:
  case SIO_BSP_HANDLE_SELECT:
  case SIO_BSP_HANDLE_POLL:
    return get_base_handle(s, lpvOutBuffer, cbOutBuffer, lpcbBytesReturned, lpErrno);
  }
  /* Extension functions included: the built-in's work on any of its handles. */
  return base_result(builtin()->WSAIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer,
                                         cbOutBuffer, lpcbBytesReturned, lpOverlapped, lpCompletionRoutine),
                     lpErrno);
}

static int WSPAPI base_WSPListen(SOCKET s, int backlog, LPINT lpErrno)
{
  return base_result(builtin()->listen(s, backlog), lpErrno);
}

/* Completion routines: the built-in queues them to the calling thread, which is the one lpThreadId names. */
static int WSPAPI base_WSPRecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount,
                               LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags, LPWSAOVERLAPPED lpOverlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine,
                               LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  (void)lpThreadId;
  return base_result(builtin()->WSARecv(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags,
                                        lpOverlapped, lpCompletionRoutine),
                     lpErrno);
}

static int WSPAPI base_WSPRecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData, LPINT lpErrno)
{
  return base_result(builtin()->WSARecvDisconnect(s, lpInboundDisconnectData), lpErrno);
}

static int WSPAPI base_WSPRecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount,
                                   LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags, struct sockaddr *lpFrom,
                                   LPINT lpFromlen, LPWSAOVERLAPPED lpOverlapped,
                                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine,
                                   LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  (void)lpThreadId;
  return base_result(builtin()->WSARecvFrom(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags,
                                            lpFrom, lpFromlen, lpOverlapped, lpCompletionRoutine),
                     lpErrno);
}

static int WSPAPI base_WSPSelect(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds,
                                 const PTIMEVAL timeout, LPINT lpErrno)
{
  return base_result(builtin()->select(nfds, readfds, writefds, exceptfds, timeout), lpErrno);
}

static int WSPAPI base_WSPSend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                               DWORD dwFlags, LPWSAOVERLAPPED lpOverlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine,
                               LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  (void)lpThreadId;
  return base_result(builtin()->WSASend(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags,
                                        lpOverlapped, lpCompletionRoutine),
                     lpErrno);
}

static int WSPAPI base_WSPSendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData, LPINT lpErrno)
{
  return base_result(builtin()->WSASendDisconnect(s, lpOutboundDisconnectData), lpErrno);
}

static int WSPAPI base_WSPSendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount,
                                 LPDWORD lpNumberOfBytesSent, DWORD dwFlags, const struct sockaddr *lpTo,
                                 int iTolen, LPWSAOVERLAPPED lpOverlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine,
                                 LPWSATHREADID lpThreadId, LPINT lpErrno)
{
  (void)lpThreadId;
  return base_result(builtin()->WSASendTo(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpTo,
                                          iTolen, lpOverlapped, lpCompletionRoutine),
                     lpErrno);
}

static int WSPAPI base_WSPSetSockOpt(SOCKET s, int level, int optname, const char *optval, int optlen,
                                     LPINT lpErrno)
{
  return base_result(builtin()->setsockopt(s, level, optname, optval, optlen), lpErrno);
}

static int WSPAPI base_WSPShutdown(SOCKET s, int how, LPINT lpErrno)
{
  return base_result(builtin()->shutdown(s, how), lpErrno);
}

WSPPROC_TABLE base_functions(void)
{
  return (WSPPROC_TABLE){
      .lpWSPAccept = base_WSPAccept,
      .lpWSPAddressToString = base_WSPAddressToString,
      .lpWSPAsyncSelect = base_WSPAsyncSelect,
      .lpWSPBind = base_WSPBind,
      .lpWSPCancelBlockingCall = base_WSPCancelBlockingCall,
      .lpWSPCleanup = base_WSPCleanup,
      .lpWSPCloseSocket = base_WSPCloseSocket,
      .lpWSPConnect = base_WSPConnect,
      .lpWSPDuplicateSocket = base_WSPDuplicateSocket,
      .lpWSPEnumNetworkEvents = base_WSPEnumNetworkEvents,
      .lpWSPEventSelect = base_WSPEventSelect,
      .lpWSPGetOverlappedResult = base_WSPGetOverlappedResult,
      .lpWSPGetPeerName = base_WSPGetPeerName,
      .lpWSPGetSockName = base_WSPGetSockName,
      .lpWSPGetSockOpt = base_WSPGetSockOpt,
      .lpWSPGetQOSByName = base_WSPGetQOSByName,
      .lpWSPIoctl = base_WSPIoctl,
      .lpWSPJoinLeaf = base_WSPJoinLeaf,
      .lpWSPListen = base_WSPListen,
      .lpWSPRecv = base_WSPRecv,
      .lpWSPRecvDisconnect = base_WSPRecvDisconnect,
      .lpWSPRecvFrom = base_WSPRecvFrom,
      .lpWSPSelect = base_WSPSelect,
      .lpWSPSend = base_WSPSend,
      .lpWSPSendDisconnect = base_WSPSendDisconnect,
      .lpWSPSendTo = base_WSPSendTo,
      .lpWSPSetSockOpt = base_WSPSetSockOpt,
      .lpWSPShutdown = base_WSPShutdown,
      .lpWSPSocket = base_WSPSocket,
      .lpWSPStringToAddress = base_WSPStringToAddress,
  };
}
