/* Sending and receiving. The Winsock 1.1 forms become the Winsock 2 ones with one buffer, as in ws2_32. */
#include "route.h"
#include "thread.h"

#include <mswsock.h>

/* Only overlapped calls with a completion routine need to know the thread. */
static LPWSATHREADID thread_id(LPWSAOVERLAPPED overlapped)
{
  thread_t *thread = overlapped != NULL ? thread_current() : NULL;

  return thread != NULL ? &thread->id : NULL;
}

int WSAAPI WSASend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                   DWORD dwFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPSend(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpOverlapped,
                                lpCompletionRoutine, thread_id(lpOverlapped), &error);
  return route_result(result, error);
}

int WSAAPI WSASendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                     DWORD dwFlags, const struct sockaddr *lpTo, int iToLen, LPWSAOVERLAPPED lpOverlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPSendTo(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpTo, iToLen,
                                  lpOverlapped, lpCompletionRoutine, thread_id(lpOverlapped), &error);
  return route_result(result, error);
}

int WSAAPI WSARecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
                   LPDWORD lpFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPRecv(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags, lpOverlapped,
                                lpCompletionRoutine, thread_id(lpOverlapped), &error);
  return route_result(result, error);
}

int WSAAPI WSARecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
                       LPDWORD lpFlags, struct sockaddr *lpFrom, LPINT lpFromlen,
                       LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result =
      table->lpWSPRecvFrom(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags, lpFrom, lpFromlen,
                           lpOverlapped, lpCompletionRoutine, thread_id(lpOverlapped), &error);
  return route_result(result, error);
}

int WSAAPI send(SOCKET s, const char *buf, int len, int flags)
{
  WSABUF buffer = {(ULONG)len, (CHAR *)(ULONG_PTR)buf};
  DWORD sent = 0;

  return WSASend(s, &buffer, 1, &sent, (DWORD)flags, NULL, NULL) ? SOCKET_ERROR : (int)sent;
}

int WSAAPI sendto(SOCKET s, const char *buf, int len, int flags, const struct sockaddr *to, int tolen)
{
  WSABUF buffer = {(ULONG)len, (CHAR *)(ULONG_PTR)buf};
  DWORD sent = 0;

  return WSASendTo(s, &buffer, 1, &sent, (DWORD)flags, to, tolen, NULL, NULL) ? SOCKET_ERROR : (int)sent;
}

/* A datagram that did not fit comes back from WSARecv with MSG_PARTIAL set and no error; recv must report it.
 */
static int received(int result, DWORD count, DWORD flags)
{
  if (result)
    return SOCKET_ERROR;
  if (flags & MSG_PARTIAL) {
    SetLastError(WSAEMSGSIZE);
    return SOCKET_ERROR;
  }
  return (int)count;
}

int WSAAPI recv(SOCKET s, char *buf, int len, int flags)
{
  WSABUF buffer = {(ULONG)len, buf};
  DWORD count = 0, in_out = (DWORD)flags;
  int result = WSARecv(s, &buffer, 1, &count, &in_out, NULL, NULL);

  return received(result, count, in_out);
}

int WSAAPI recvfrom(SOCKET s, char *buf, int len, int flags, struct sockaddr *from, int *fromlen)
{
  WSABUF buffer = {(ULONG)len, buf};
  DWORD count = 0, in_out = (DWORD)flags;
  int result = WSARecvFrom(s, &buffer, 1, &count, &in_out, from, fromlen, NULL, NULL);

  return received(result, count, in_out);
}

int WSAAPI WSARecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPRecvDisconnect(s, lpInboundDisconnectData, &error);
  return route_result(result, error);
}

int WSAAPI WSASendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  int error = 0;
  int result = table->lpWSPSendDisconnect(s, lpOutboundDisconnectData, &error);
  return route_result(result, error);
}

WINBOOL WSAAPI WSAGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED lpOverlapped, LPDWORD lpcbTransfer,
                                      WINBOOL fWait, LPDWORD lpdwFlags)
{
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return FALSE;
  int error = 0;
  WINBOOL done = table->lpWSPGetOverlappedResult(s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags, &error);
  if (!done)
    SetLastError((DWORD)error);
  return done;
}

/* There is no WSPSendMsg. A layer that wants to see WSASendMsg answers SIO_BSP_HANDLE with its own handle and
 * hands out its own extension function; otherwise both are the base provider's. */
int WSAAPI WSASendMsg(SOCKET s, LPWSAMSG lpMsg, DWORD dwFlags, LPDWORD lpNumberOfBytesSent,
                      LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
  static const GUID send_msg = WSAID_WSASENDMSG;
  const WSPPROC_TABLE *table = route_socket(s);

  if (table == NULL)
    return SOCKET_ERROR;
  SOCKET handle = s, base;
  DWORD size;
  int error = 0;
  if (!table->lpWSPIoctl(s, SIO_BSP_HANDLE, NULL, 0, &base, sizeof base, &size, NULL, NULL, NULL, &error) &&
      handle != base) {
    handle = base;
    table = route_socket(handle);
    if (table == NULL)
      return SOCKET_ERROR;
  }
  LPFN_WSASENDMSG extension = NULL;
  if (table->lpWSPIoctl(handle, SIO_GET_EXTENSION_FUNCTION_POINTER, (LPVOID)(ULONG_PTR)&send_msg,
                        sizeof send_msg, &extension, sizeof extension, &size, NULL, NULL, NULL, &error))
    return route_result(SOCKET_ERROR, error);
  return extension(handle, lpMsg, dwFlags, lpNumberOfBytesSent, lpOverlapped, lpCompletionRoutine);
}
