/* port_tour: overlapped calls reported to completion ports, and the extension functions. Like api_tour it
 * must print the same under the built-in ws2_32, under the stand-in and under layers. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>

#include <stdio.h>
#include <string.h>

enum { KEY_LISTENER = 1, KEY_CLIENT, KEY_SERVER };

static HANDLE port;

static void tell(const char *what, long long result)
{
  printf("%s: %lld", what, result);
  if (result < 0)
    printf(" error %d", WSAGetLastError());
  putchar('\n');
}

static FARPROC extension(SOCKET s, GUID id)
{
  FARPROC function = NULL;
  DWORD size;

  WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof id, &function, sizeof function, &size, NULL,
           NULL);
  return function;
}

#define EXTENSION(type, s, id) ((type)(void (*)(void))extension(s, (GUID)id))

static SOCKET bound(void)
{
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

  bind(s, (struct sockaddr *)&any, sizeof any);
  return s;
}

static void tie(SOCKET s, ULONG_PTR key)
{
  printf("tied to the port: %d\n", CreateIoCompletionPort((HANDLE)s, port, key, 0) == port);
}

/* The next report. */
static void tell_report(const char *what, SOCKET s, OVERLAPPED *expected)
{
  DWORD count = 0, result_count = 0, flags = 0;
  ULONG_PTR key = 0;
  OVERLAPPED *overlapped = NULL;
  BOOL good = GetQueuedCompletionStatus(port, &count, &key, &overlapped, 5000);

  printf("%s: good %d, %lu bytes, key %d, the request's %d", what, good, count, (int)key,
         overlapped == expected);
  if (s == INVALID_SOCKET)
    printf("\n");
  else if (WSAGetOverlappedResult(s, expected, &result_count, FALSE, &flags))
    printf(", result %lu bytes\n", result_count);
  else
    printf(", error %d\n", WSAGetLastError());
}

static BOOL started(BOOL done)
{
  return done || WSAGetLastError() == WSA_IO_PENDING;
}

/* The reports of two requests, of which either may come first; how many came. */
static ULONG take_two(OVERLAPPED_ENTRY entries[2])
{
  ULONG found = 0, more = 0;

  GetQueuedCompletionStatusEx(port, entries, 2, &found, 5000, FALSE);
  if (found == 1)
    GetQueuedCompletionStatusEx(port, entries + 1, 1, &more, 5000, FALSE);
  return found + more;
}

/* A connected pair by AcceptEx and ConnectEx. */
static void connect_pair(SOCKET listener, SOCKET *client, SOCKET *server)
{
  struct sockaddr_in address;
  int size = sizeof address;
  char names[2 * (sizeof address + 16)];
  OVERLAPPED accepting = {0}, connecting = {0};
  DWORD count;

  getsockname(listener, (struct sockaddr *)&address, &size);
  *server = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  *client = bound();
  tie(*server, KEY_SERVER);
  tie(*client, KEY_CLIENT);
  LPFN_ACCEPTEX accept_ex = EXTENSION(LPFN_ACCEPTEX, listener, WSAID_ACCEPTEX);
  LPFN_CONNECTEX connect_ex = EXTENSION(LPFN_CONNECTEX, *client, WSAID_CONNECTEX);
  LPFN_GETACCEPTEXSOCKADDRS addresses =
      EXTENSION(LPFN_GETACCEPTEXSOCKADDRS, listener, WSAID_GETACCEPTEXSOCKADDRS);
  printf("AcceptEx: %d\n", started(accept_ex(listener, *server, names, 0, sizeof address + 16,
                                             sizeof address + 16, &count, &accepting)));
  printf("ConnectEx: %d\n", started(connect_ex(*client, (struct sockaddr *)&address, sizeof address, NULL, 0,
                                               NULL, &connecting)));
  /* Either may be reported first: told in the order of their keys. */
  OVERLAPPED_ENTRY entries[2];
  ULONG found = take_two(entries);
  for (ULONG_PTR key = KEY_LISTENER; key <= KEY_CLIENT; key++) {
    for (ULONG i = 0; i < found; i++) {
      if (entries[i].lpCompletionKey == key)
        printf("reported for key %d: the request's %d\n", (int)key,
               entries[i].lpOverlapped == (key == KEY_LISTENER ? &accepting : &connecting));
    }
  }
  tell("SO_UPDATE_ACCEPT_CONTEXT",
       setsockopt(*server, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof listener));
  tell("SO_UPDATE_CONNECT_CONTEXT", setsockopt(*client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0));
  struct sockaddr *local, *remote;
  int local_size, remote_size;
  addresses(names, 0, sizeof address + 16, sizeof address + 16, &local, &local_size, &remote, &remote_size);
  printf("local address is the listener's: %d\n",
         ((struct sockaddr_in *)(void *)local)->sin_port == address.sin_port);
  size = sizeof address;
  tell("getpeername", getpeername(*server, (struct sockaddr *)&address, &size));
}

static void tour_transfer(SOCKET client, SOCKET server)
{
  char data[64];
  WSABUF out = {16, (CHAR[]){"through the port"}}, in = {sizeof data, data};
  OVERLAPPED receiving = {0}, sending = {0};
  DWORD flags = 0, count;

  printf("WSARecv: %d\n", started(WSARecv(server, &in, 1, NULL, &flags, &receiving, NULL) == 0));
  printf("WSAGetOverlappedResult at once: %d",
         WSAGetOverlappedResult(server, &receiving, &count, FALSE, &flags));
  printf(" error %d\n", WSAGetLastError());
  printf("WSASend: %d\n", started(WSASend(client, &out, 1, NULL, 0, &sending, NULL) == 0));
  /* Two sockets, one port: told in the order of their keys again. */
  OVERLAPPED_ENTRY entries[2];
  ULONG found = take_two(entries);
  for (ULONG_PTR key = KEY_CLIENT; key <= KEY_SERVER; key++) {
    for (ULONG i = 0; i < found; i++) {
      if (entries[i].lpCompletionKey == key)
        printf("reported for key %d: %lu bytes\n", (int)key, entries[i].dwNumberOfBytesTransferred);
    }
  }
  printf("received '%.16s'\n", data);
  /* "a valid event handle whose low-order bit is set keeps I/O completion from being queued" */
  HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
  memset(&receiving, 0, sizeof receiving);
  receiving.hEvent = (HANDLE)((ULONG_PTR)event | 1);
  flags = 0;
  WSARecv(server, &in, 1, NULL, &flags, &receiving, NULL);
  send(client, "event", 5, 0);
  printf("event comes: %lu\n", WaitForSingleObject(event, 5000));
  ULONG_PTR key;
  OVERLAPPED *none;
  printf("and no report: %d\n", GetQueuedCompletionStatus(port, &count, &key, &none, 0));
  CloseHandle(event);
}

static void tour_file(SOCKET client, SOCKET server)
{
  char folder[MAX_PATH], path[MAX_PATH], data[16];
  DWORD count;

  GetTempPathA(sizeof folder, folder);
  GetTempFileNameA(folder, "tour", 0, path);
  HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                            FILE_FLAG_DELETE_ON_CLOSE, NULL);
  WriteFile(file, "0123456789", 10, &count, NULL);
  OVERLAPPED sending = {.Offset = 4};
  LPFN_TRANSMITFILE transmit = EXTENSION(LPFN_TRANSMITFILE, client, WSAID_TRANSMITFILE);
  printf("TransmitFile: %d\n", started(transmit(client, file, 0, 0, &sending, NULL, 0)));
  tell_report("TransmitFile", client, &sending);
  int received = recv(server, data, sizeof data, 0);
  printf("from the file: '%.*s'\n", received, data);
  CloseHandle(file);
}

static void tour_failures(SOCKET client, SOCKET server)
{
  char data[4];
  WSABUF in = {sizeof data, data};
  OVERLAPPED receiving = {0}, connecting = {0};
  DWORD flags = 0;

  printf("tied twice: %d\n", CreateIoCompletionPort((HANDLE)server, port, 9, 0) != NULL);
  WSARecv(server, &in, 1, NULL, &flags, &receiving, NULL);
  tell("closesocket with a request under way", closesocket(server));
  tell_report("request broken off", INVALID_SOCKET, &receiving);
  closesocket(client);
  /* Nobody listens. */
  SOCKET silent = bound(), caller = bound();
  struct sockaddr_in address;
  int size = sizeof address;
  getsockname(silent, (struct sockaddr *)&address, &size);
  tie(caller, KEY_CLIENT);
  LPFN_CONNECTEX connect_ex = EXTENSION(LPFN_CONNECTEX, caller, WSAID_CONNECTEX);
  if (started(connect_ex(caller, (struct sockaddr *)&address, sizeof address, NULL, 0, NULL, &connecting)))
    tell_report("ConnectEx refused", caller, &connecting);
  closesocket(caller);
  closesocket(silent);
}

int main(void)
{
  WSADATA data;

  WSAStartup(MAKEWORD(2, 2), &data);
  port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
  SOCKET listener = bound(), client, server;
  tell("listen", listen(listener, 5));
  tie(listener, KEY_LISTENER);
  connect_pair(listener, &client, &server);
  tour_transfer(client, server);
  tour_file(client, server);
  tour_failures(client, server);
  closesocket(listener);
  CloseHandle(port);
  tell("WSACleanup", WSACleanup());
  return 0;
}
