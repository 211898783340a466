/* api_tour: calls what node.exe does not, and prints what came of it. The same program must print the same
 * under the built-in ws2_32, under the stand-in and under layers: tests/e2e/cases compare. Nothing that
 * differs from run to run (ports, handles, catalog ids) is printed. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>

#include <stdio.h>
#include <string.h>

static void tell(const char *what, long long result)
{
  printf("%s: %lld", what, result);
  if (result < 0)
    printf(" error %d", WSAGetLastError());
  putchar('\n');
}

static struct sockaddr_in local_address(SOCKET s)
{
  struct sockaddr_in address;
  int size = sizeof address;

  getsockname(s, (struct sockaddr *)&address, &size);
  return address;
}

static SOCKET bound(int type)
{
  SOCKET s = socket(AF_INET, type, 0);
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

  tell("bind", bind(s, (struct sockaddr *)&any, sizeof any));
  return s;
}

static int CALLBACK condition(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos, LPQOS group_qos,
                              LPWSABUF callee, LPWSABUF callee_data, GROUP *group, DWORD_PTR data)
{
  (void)caller;
  (void)caller_data;
  (void)qos;
  (void)group_qos;
  (void)callee;
  (void)callee_data;
  (void)group;
  printf("condition called, data %d\n", (int)data);
  return CF_ACCEPT;
}

static void tour_waiting(SOCKET s, SOCKET peer)
{
  fd_set set;
  struct timeval soon = {0, 0}, later = {5, 0};

  FD_ZERO(&set);
  FD_SET(s, &set);
  tell("select, nothing there", select(0, &set, NULL, NULL, &soon));
  WSAPOLLFD poll = {.fd = s, .events = POLLRDNORM};
  tell("poll, nothing there", WSAPoll(&poll, 1, 0));
  WSAEVENT event = WSACreateEvent();
  tell("WSAEventSelect", WSAEventSelect(s, event, FD_READ | FD_CLOSE));
  tell("send", send(peer, "twelve bytes", 12, 0));
  tell("event comes", WSAWaitForMultipleEvents(1, &event, FALSE, 5000, FALSE));
  WSANETWORKEVENTS events;
  tell("WSAEnumNetworkEvents", WSAEnumNetworkEvents(s, event, &events));
  printf("network events 0x%lx\n", events.lNetworkEvents);
  WSAEventSelect(s, NULL, 0);
  WSACloseEvent(event);
  u_long waiting = 0, blocking = 0;
  tell("FIONBIO", ioctlsocket(s, FIONBIO, &blocking));
  FD_ZERO(&set);
  FD_SET(s, &set);
  tell("select", select(0, &set, NULL, NULL, &later));
  tell("FD_ISSET", FD_ISSET(s, &set));
  tell("poll", WSAPoll(&poll, 1, 5000));
  printf("revents 0x%x\n", poll.revents);
  tell("FIONREAD", ioctlsocket(s, FIONREAD, &waiting));
  printf("waiting %lu\n", waiting);
  char buffer[32];
  tell("peek", recv(s, buffer, 6, MSG_PEEK));
  tell("recv", recv(s, buffer, sizeof buffer, 0));
}

static int completions;

static void CALLBACK completed(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
  (void)overlapped;
  (void)flags;
  completions++;
  printf("completion routine: error %lu, %lu bytes\n", error, count);
}

static void tour_overlapped(SOCKET s, SOCKET peer)
{
  char data[32];
  WSABUF buffer = {sizeof data, data};
  DWORD count, flags = 0;
  WSAOVERLAPPED overlapped = {.hEvent = WSACreateEvent()};

  tell("overlapped WSARecv", WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, NULL));
  send(peer, "overlapped", 10, 0);
  tell("WSAGetOverlappedResult", WSAGetOverlappedResult(s, &overlapped, &count, TRUE, &flags));
  printf("%lu bytes\n", count);
  WSACloseEvent(overlapped.hEvent);
  memset(&overlapped, 0, sizeof overlapped);
  tell("WSARecv with routine", WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, completed));
  send(peer, "routine", 7, 0);
  for (int i = 0; i < 50 && !completions; i++)
    SleepEx(100, TRUE);
}

static void tour_stream(void)
{
  SOCKET listener = bound(SOCK_STREAM);

  tell("listen", listen(listener, 1));
  struct sockaddr_in address = local_address(listener);
  SOCKET client = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  tell("connect", connect(client, (struct sockaddr *)&address, sizeof address));
  SOCKET server = WSAAccept(listener, NULL, NULL, condition, 7);
  tell("WSAAccept", server != INVALID_SOCKET ? 0 : -1);
  struct sockaddr_in peer;
  int size = sizeof peer;
  tell("getpeername", getpeername(server, (struct sockaddr *)&peer, &size));
  printf("peer is client: %d\n", peer.sin_port == local_address(client).sin_port);
  tour_waiting(server, client);
  tour_overlapped(server, client);
  tell("shutdown", shutdown(client, SD_SEND));
  char byte;
  tell("recv at end", recv(server, &byte, 1, 0));
  tell("closesocket", closesocket(client));
  tell("closesocket again", closesocket(client));
  closesocket(server);
  closesocket(listener);
}

static void tour_extensions(SOCKET s)
{
  static const GUID ids[] = {
      WSAID_ACCEPTEX,     WSAID_CONNECTEX,  WSAID_DISCONNECTEX, WSAID_GETACCEPTEXSOCKADDRS,
      WSAID_TRANSMITFILE, WSAID_WSARECVMSG, WSAID_WSASENDMSG};

  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    GUID id = ids[i];
    void *function = NULL;
    DWORD size;
    int result = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof id, &function, sizeof function,
                          &size, NULL, NULL);

    tell("extension function", result);
    printf("found %d\n", function != NULL);
  }
  SOCKET base = INVALID_SOCKET;
  DWORD size;
  tell("SIO_BASE_HANDLE", WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &size, NULL, NULL));
  printf("base handle is the handle: %d\n", base == s);
}

static void tour_datagram(void)
{
  SOCKET s = bound(SOCK_DGRAM);
  struct sockaddr_in address = local_address(s);
  WSABUF parts[2] = {{5, (char[]){"two, "}}, {5, (char[]){"parts"}}};
  WSAMSG message = {
      .name = (SOCKADDR *)&address, .namelen = sizeof address, .lpBuffers = parts, .dwBufferCount = 2};
  DWORD sent = 0;

  tell("WSASendMsg", WSASendMsg(s, &message, 0, &sent, NULL, NULL));
  char buffer[32] = "";
  struct sockaddr_in from;
  int size = sizeof from;
  tell("recvfrom", recvfrom(s, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &size));
  printf("'%s'\n", buffer);
  sendto(s, "too long", 8, 0, (struct sockaddr *)&address, sizeof address);
  tell("recv, buffer too small", recv(s, buffer, 3, 0));
  int value = 0;
  size = sizeof value;
  tell("SO_TYPE", getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, &size));
  printf("type %d\n", value);
  WSAPROTOCOL_INFOA info;
  size = sizeof info;
  tell("SO_PROTOCOL_INFOA", getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size));
  printf("%d %d %d\n", info.iAddressFamily, info.iSocketType, info.iProtocol);
  size = sizeof info - 1;
  tell("SO_PROTOCOL_INFOA, no room", getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size));
  printf("wanted: all of it %d\n", size == sizeof info);
  tell("unknown option", setsockopt(s, SOL_SOCKET, 0x7777, (char *)&value, sizeof value));
  tour_extensions(s);
  closesocket(s);
}

static void tour_addresses(void)
{
  struct sockaddr_in address;
  int size = sizeof address;
  char text[] = "127.0.0.1:80";

  tell("WSAStringToAddressA", WSAStringToAddressA(text, AF_INET, NULL, (SOCKADDR *)&address, &size));
  printf("port %d\n", ntohs(address.sin_port));
  wchar_t wide[64];
  DWORD length = 64;
  tell("WSAAddressToStringW", WSAAddressToStringW((SOCKADDR *)&address, sizeof address, NULL, wide, &length));
  printf("%ls\n", wide);
  char narrow[64];
  length = 3;
  tell("WSAAddressToStringA, no room",
       WSAAddressToStringA((SOCKADDR *)&address, sizeof address, NULL, narrow, &length));
  char six[] = "::1";
  struct sockaddr_in6 address6;
  size = sizeof address6;
  tell("WSAStringToAddressA, IPv6", WSAStringToAddressA(six, AF_INET6, NULL, (SOCKADDR *)&address6, &size));
  printf("loopback %d\n", address6.sin6_addr.s6_addr[15]);
}

/* Wrong arguments: which of them is complained of. */
static void tour_wrong_arguments(void)
{
  fd_set none, invalid;

  FD_ZERO(&none);
  FD_ZERO(&invalid);
  FD_SET(INVALID_SOCKET, &invalid);
  tell("recv on no socket", recv((SOCKET)0xdeadbeec, NULL, 0, 0));
  tell("select on nothing", select(0, &none, NULL, NULL, NULL));
  tell("select on no socket", select(0, &none, &invalid, NULL, NULL));
  tell("poll nothing, nowhere", WSAPoll(NULL, 0, 0));
  tell("poll nowhere", WSAPoll(NULL, 1, 0));
  tell("connect to no name",
       WSAConnectByNameA(INVALID_SOCKET, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) ? 0 : -1);
}

int main(void)
{
  WSADATA data;

  tell("socket before WSAStartup", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET ? -1 : 0);
  tell("WSAStartup", WSAStartup(MAKEWORD(2, 2), &data));
  tour_stream();
  tour_datagram();
  tour_addresses();
  tour_wrong_arguments();
  tell("WSACleanup", WSACleanup());
  /* Startable again. */
  tell("WSAStartup", WSAStartup(MAKEWORD(2, 2), &data));
  SOCKET again = socket(AF_INET6, SOCK_DGRAM, 0);
  tell("socket", again == INVALID_SOCKET ? -1 : 0);
  tell("WSACleanup", WSACleanup());
  tell("WSACleanup once more", WSACleanup());
  return 0;
}
