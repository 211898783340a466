#include "extension.h"

#include "request.h"

#include <mswsock.h>
#include <string.h>

static const GUID accept_ex = WSAID_ACCEPTEX, connect_ex = WSAID_CONNECTEX,
                  disconnect_ex = WSAID_DISCONNECTEX, transmit_file = WSAID_TRANSMITFILE,
                  transmit_packets = WSAID_TRANSMITPACKETS, receive_msg = WSAID_WSARECVMSG,
                  send_msg = WSAID_WSASENDMSG;

/* The socket, held, and in *function what the provider below has under that GUID. NULL and the last error on
 * failure. */
static socket_t *find_below(SOCKET s, const GUID *guid, void *function)
{
  DWORD size;
  int error = 0;
  socket_t *socket = socket_hold(s, &error);

  if (socket != NULL && socket->chain->next.lpWSPIoctl(socket->below, SIO_GET_EXTENSION_FUNCTION_POINTER,
                                                       (LPVOID)(ULONG_PTR)guid, sizeof *guid, function,
                                                       sizeof(FARPROC), &size, NULL, NULL, NULL, &error)) {
    socket_release(socket);
    socket = NULL;
  }
  if (socket == NULL)
    SetLastError((DWORD)error);
  return socket;
}

static request_t *begin(socket_t *socket, WSAOVERLAPPED *overlapped,
                        LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
  int error = 0;
  request_t *request = request_begin(socket, overlapped, routine, NULL, &error);

  if (request == NULL)
    SetLastError((DWORD)error);
  return request;
}

/* Sets the last error; never TRUE, since the end is yet to be reported. */
static BOOL sent(request_t *request, BOOL done)
{
  int error = (int)GetLastError();

  request_sent(request, done ? 0 : SOCKET_ERROR, error, &error);
  SetLastError((DWORD)error);
  return FALSE;
}

/* A call without an overlapped structure, done. */
static BOOL finished(socket_t *socket, BOOL done)
{
  DWORD error = GetLastError();

  socket_release(socket);
  SetLastError(error);
  return done;
}

static BOOL PASCAL our_accept_ex(SOCKET listening, SOCKET accepting, PVOID buffer, DWORD data_size,
                                 DWORD local_size, DWORD remote_size, LPDWORD received,
                                 LPOVERLAPPED overlapped)
{
  LPFN_ACCEPTEX below;
  int error = 0;
  socket_t *socket = find_below(listening, &accept_ex, &below);
  socket_t *accepted = socket != NULL ? socket_hold(accepting, &error) : NULL;

  if (socket == NULL)
    return FALSE;
  if (accepted == NULL || overlapped == NULL) {
    if (accepted != NULL)
      socket_release(accepted);
    socket_release(socket);
    SetLastError(accepted != NULL ? ERROR_INVALID_PARAMETER : (DWORD)error);
    return FALSE;
  }
  SOCKET from = socket->below, to = accepted->below;
  socket_release(accepted);
  request_t *request = begin(socket, overlapped, NULL);
  (void)received;
  return request != NULL && sent(request, below(from, to, buffer, data_size, local_size, remote_size,
                                                &request->transferred, &request->own));
}

static BOOL PASCAL our_connect_ex(SOCKET s, const struct sockaddr *name, int length, PVOID buffer, DWORD size,
                                  LPDWORD sent_size, LPOVERLAPPED overlapped)
{
  LPFN_CONNECTEX below;
  socket_t *socket = find_below(s, &connect_ex, &below);

  (void)sent_size;
  if (socket == NULL)
    return FALSE;
  SOCKET to = socket->below;
  if (overlapped == NULL) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return finished(socket, FALSE);
  }
  request_t *request = begin(socket, overlapped, NULL);
  return request != NULL &&
         sent(request, below(to, name, length, buffer, size, &request->transferred, &request->own));
}

static BOOL PASCAL our_disconnect_ex(SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved)
{
  LPFN_DISCONNECTEX below;
  socket_t *socket = find_below(s, &disconnect_ex, &below);

  if (socket == NULL)
    return FALSE;
  SOCKET to = socket->below;
  if (overlapped == NULL)
    return finished(socket, below(to, NULL, flags, reserved));
  request_t *request = begin(socket, overlapped, NULL);
  return request != NULL && sent(request, below(to, &request->own, flags, reserved));
}

static BOOL PASCAL our_transmit_file(SOCKET s, HANDLE file, DWORD size, DWORD piece, LPOVERLAPPED overlapped,
                                     LPTRANSMIT_FILE_BUFFERS buffers, DWORD flags)
{
  LPFN_TRANSMITFILE below;
  socket_t *socket = find_below(s, &transmit_file, &below);

  if (socket == NULL)
    return FALSE;
  SOCKET to = socket->below;
  if (overlapped == NULL)
    return finished(socket, below(to, file, size, piece, NULL, buffers, flags));
  request_t *request = begin(socket, overlapped, NULL);
  return request != NULL && sent(request, below(to, file, size, piece, &request->own, buffers, flags));
}

static BOOL PASCAL our_transmit_packets(SOCKET s, LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count,
                                        DWORD size, LPOVERLAPPED overlapped, DWORD flags)
{
  LPFN_TRANSMITPACKETS below;
  socket_t *socket = find_below(s, &transmit_packets, &below);

  if (socket == NULL)
    return FALSE;
  SOCKET to = socket->below;
  if (overlapped == NULL)
    return finished(socket, below(to, elements, count, size, NULL, flags));
  request_t *request = begin(socket, overlapped, NULL);
  return request != NULL && sent(request, below(to, elements, count, size, &request->own, flags));
}

static INT PASCAL our_receive_msg(SOCKET s, LPWSAMSG message, LPDWORD received, LPWSAOVERLAPPED overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
  LPFN_WSARECVMSG below;
  socket_t *socket = find_below(s, &receive_msg, &below);

  if (socket == NULL)
    return SOCKET_ERROR;
  SOCKET from = socket->below;
  if (overlapped == NULL)
    return finished(socket, below(from, message, received, NULL, NULL));
  request_t *request = begin(socket, overlapped, routine);
  if (request != NULL)
    sent(request, below(from, message, &request->transferred, &request->own, NULL) == 0);
  return SOCKET_ERROR;
}

static INT PASCAL our_send_msg(SOCKET s, LPWSAMSG message, DWORD flags, LPDWORD sent_size,
                               LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
  LPFN_WSASENDMSG below;
  socket_t *socket = find_below(s, &send_msg, &below);

  if (socket == NULL)
    return SOCKET_ERROR;
  SOCKET to = socket->below;
  if (overlapped == NULL)
    return finished(socket, below(to, message, flags, sent_size, NULL, NULL));
  request_t *request = begin(socket, overlapped, routine);
  if (request != NULL)
    sent(request, below(to, message, flags, &request->transferred, &request->own, NULL) == 0);
  return SOCKET_ERROR;
}

void extension_replace(const void *guid, void *function)
{
  const struct {
    const GUID *guid;
    FARPROC ours;
  } extensions[] = {
      {&accept_ex, (FARPROC)(void (*)(void))our_accept_ex},
      {&connect_ex, (FARPROC)(void (*)(void))our_connect_ex},
      {&disconnect_ex, (FARPROC)(void (*)(void))our_disconnect_ex},
      {&transmit_file, (FARPROC)(void (*)(void))our_transmit_file},
      {&transmit_packets, (FARPROC)(void (*)(void))our_transmit_packets},
      {&receive_msg, (FARPROC)(void (*)(void))our_receive_msg},
      {&send_msg, (FARPROC)(void (*)(void))our_send_msg},
  };

  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
    if (memcmp(guid, extensions[i].guid, sizeof(GUID)) == 0)
      memcpy(function, &extensions[i].ours, sizeof extensions[i].ours);
  }
}
