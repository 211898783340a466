#include "transfer.h"

#include "extension.h"
#include "request.h"

#include <mswsock.h>
#include <string.h>

static int WSPAPI transfer_send(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                                LPWSATHREADID thread, LPINT lpErrno)
{
  socket_t *socket = socket_hold(s, lpErrno);

  if (socket == NULL)
    return SOCKET_ERROR;
  LPWSPSEND send_below = socket->chain->next.lpWSPSend;
  SOCKET below = socket->below;
  int error = 0;
  if (overlapped == NULL) {
    int result = send_below(below, buffers, count, sent, flags, NULL, NULL, thread, lpErrno);

    socket_release(socket);
    return result;
  }
  request_t *request = request_begin(socket, overlapped, routine, thread, lpErrno);
  if (request == NULL)
    return SOCKET_ERROR;
  int result =
      send_below(below, buffers, count, &request->transferred, flags, &request->own, NULL, thread, &error);
  return request_sent(request, result, error, lpErrno);
}

static int WSPAPI transfer_send_to(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                   const struct sockaddr *to, int to_length, LPWSAOVERLAPPED overlapped,
                                   LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                                   LPINT lpErrno)
{
  socket_t *socket = socket_hold(s, lpErrno);

  if (socket == NULL)
    return SOCKET_ERROR;
  LPWSPSENDTO send_below = socket->chain->next.lpWSPSendTo;
  SOCKET below = socket->below;
  int error = 0;
  if (overlapped == NULL) {
    int result = send_below(below, buffers, count, sent, flags, to, to_length, NULL, NULL, thread, lpErrno);

    socket_release(socket);
    return result;
  }
  request_t *request = request_begin(socket, overlapped, routine, thread, lpErrno);
  if (request == NULL)
    return SOCKET_ERROR;
  int result = send_below(below, buffers, count, &request->transferred, flags, to, to_length, &request->own,
                          NULL, thread, &error);
  return request_sent(request, result, error, lpErrno);
}

static int WSPAPI transfer_receive(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                                   LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                                   LPWSATHREADID thread, LPINT lpErrno)
{
  socket_t *socket = socket_hold(s, lpErrno);

  if (socket == NULL)
    return SOCKET_ERROR;
  LPWSPRECV receive_below = socket->chain->next.lpWSPRecv;
  SOCKET below = socket->below;
  int error = 0;
  if (overlapped == NULL) {
    int result = receive_below(below, buffers, count, received, flags, NULL, NULL, thread, lpErrno);

    socket_release(socket);
    return result;
  }
  request_t *request = request_begin(socket, overlapped, routine, thread, lpErrno);
  if (request == NULL)
    return SOCKET_ERROR;
  /* Ours: "If lpOverlapped is non-NULL, the final flags come with the completion" (WSPRecv, lpFlags). */
  request->flags = *flags;
  int result = receive_below(below, buffers, count, &request->transferred, &request->flags, &request->own,
                             NULL, thread, &error);
  return request_sent(request, result, error, lpErrno);
}

static int WSPAPI transfer_receive_from(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received,
                                        LPDWORD flags, struct sockaddr *from, LPINT from_length,
                                        LPWSAOVERLAPPED overlapped,
                                        LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                                        LPINT lpErrno)
{
  socket_t *socket = socket_hold(s, lpErrno);

  if (socket == NULL)
    return SOCKET_ERROR;
  LPWSPRECVFROM receive_below = socket->chain->next.lpWSPRecvFrom;
  SOCKET below = socket->below;
  int error = 0;
  if (overlapped == NULL) {
    int result =
        receive_below(below, buffers, count, received, flags, from, from_length, NULL, NULL, thread, lpErrno);

    socket_release(socket);
    return result;
  }
  request_t *request = request_begin(socket, overlapped, routine, thread, lpErrno);
  if (request == NULL)
    return SOCKET_ERROR;
  request->flags = *flags;
  int result = receive_below(below, buffers, count, &request->transferred, &request->flags, from, from_length,
                             &request->own, NULL, thread, &error);
  return request_sent(request, result, error, lpErrno);
}

/* SIO_BSP_HANDLE: WSASendMsg is to come to us, since a request on a socket below would not be reported to the
 * port of the handle above. */
static int own_handle(SOCKET s, LPVOID out, DWORD out_size, LPDWORD returned, LPINT lpErrno)
{
  *lpErrno = out != NULL && out_size >= sizeof s && returned != NULL ? 0 : WSAEFAULT;
  if (*lpErrno)
    return SOCKET_ERROR;
  memcpy(out, &s, sizeof s);
  *returned = sizeof s;
  return 0;
}

static int WSPAPI transfer_ioctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size,
                                 LPDWORD returned, LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                                 LPINT lpErrno)
{
  socket_t *socket = socket_hold(s, lpErrno);

  if (socket == NULL)
    return SOCKET_ERROR;
  LPWSPIOCTL ioctl_below = socket->chain->next.lpWSPIoctl;
  SOCKET below = socket->below;
  int result, error = 0;
  if (code == SIO_BSP_HANDLE) {
    socket_release(socket);
    return own_handle(s, out, out_size, returned, lpErrno);
  }
  if (overlapped == NULL || code == SIO_GET_EXTENSION_FUNCTION_POINTER) {
    result = ioctl_below(below, code, in, in_size, out, out_size, returned, NULL, NULL, thread, lpErrno);
    if (result == 0 && code == SIO_GET_EXTENSION_FUNCTION_POINTER)
      extension_replace(in, out);
    socket_release(socket);
    return result;
  }
  request_t *request = request_begin(socket, overlapped, routine, thread, lpErrno);
  if (request == NULL)
    return SOCKET_ERROR;
  result = ioctl_below(below, code, in, in_size, out, out_size, &request->transferred, &request->own, NULL,
                       thread, &error);
  return request_sent(request, result, error, lpErrno);
}

void transfer_complete_table(WSPPROC_TABLE *table)
{
  table->lpWSPSend = transfer_send;
  table->lpWSPSendTo = transfer_send_to;
  table->lpWSPRecv = transfer_receive;
  table->lpWSPRecvFrom = transfer_receive_from;
  table->lpWSPIoctl = transfer_ioctl;
  table->lpWSPGetOverlappedResult = request_result;
}
