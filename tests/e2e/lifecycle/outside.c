/* outside accept FOLDER | kinds | join | name | window: sockets that come to life otherwise than by
 * WSASocketW, and one of each kind by it.
 *
 * accept writes a policy against stream sockets into the policy folder after it has connected, waits until it
 * is in force, and accepts. Prints what does not hold; exit status 1 then. */
#include "check.h"

#include <mswsock.h>
#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>

static struct sockaddr_in loopback = {.sin_family = AF_INET};

static SOCKET bound(int type)
{
  SOCKET s = socket(AF_INET, type, 0);
  int size = sizeof loopback;

  loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  loopback.sin_port = 0;
  CHECK(bind(s, (struct sockaddr *)&loopback, sizeof loopback) == 0);
  CHECK(getsockname(s, (struct sockaddr *)&loopback, &size) == 0);
  return s;
}

static void describe(const char *what, SOCKET s)
{
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;

  if (s == INVALID_SOCKET || getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size))
    printf("%s: %d\n", what, WSAGetLastError());
  else
    printf("%s: %ls\n", what, info.szProtocol);
}

static BOOL forbid_streams(const char *folder)
{
  char path[MAX_PATH];

  snprintf(path, sizeof path, "%s\\10-no-streams.lua", folder);
  FILE *file = fopen(path, "w");
  if (file == NULL)
    return FALSE;
  fputs("rule { type = SOCK_STREAM, verdict = reject(WSAEACCES) }\n", file);
  return fclose(file) == 0;
}

static void test_accept(const char *folder)
{
  enum { PATIENCE_MS = 20000, PAUSE_MS = 100 };
  SOCKET listening = bound(SOCK_STREAM), client = socket(AF_INET, SOCK_STREAM, 0);

  CHECK(listen(listening, 1) == 0);
  CHECK(connect(client, (struct sockaddr *)&loopback, sizeof loopback) == 0);
  CHECK(forbid_streams(folder));
  int error = 0;
  for (int waited = 0; error == 0 && waited < PATIENCE_MS; waited += PAUSE_MS) {
    Sleep(PAUSE_MS);
    error = check_socket(AF_INET, SOCK_STREAM, 0);
  }
  CHECK(error == WSAEACCES);
  SOCKET accepted = accept(listening, NULL, NULL);
  describe("accepted", accepted);
  char byte = 'x';
  CHECK(send(client, &byte, 1, 0) == 1 && recv(accepted, &byte, 1, 0) == 1);
  closesocket(accepted);
  closesocket(client);
  closesocket(listening);
}

/* One process, every kind in turn, so that what was loaded for the first must serve the others. */
static void test_kinds(void)
{
  static const struct {
    const char *name;
    int af, type, protocol;
  } kinds[] = {{"tcp4", AF_INET, SOCK_STREAM, 0},
               {"udp4", AF_INET, SOCK_DGRAM, 0},
               {"raw4", AF_INET, SOCK_RAW, IPPROTO_ICMP},
               {"tcp6", AF_INET6, SOCK_STREAM, IPPROTO_TCP},
               {"udp6", AF_INET6, SOCK_DGRAM, 0}};

  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    SOCKET s = WSASocketW(kinds[i].af, kinds[i].type, kinds[i].protocol, NULL, 0, WSA_FLAG_OVERLAPPED);

    describe(kinds[i].name, s);
    closesocket(s);
  }
}

/* A non-rooted session: the socket itself comes back ("Semantics for Joining Multipoint Leaves"). */
static void test_join(void)
{
  SOCKET s = bound(SOCK_DGRAM);
  struct sockaddr_in group = {.sin_family = AF_INET, .sin_addr.s_addr = inet_addr("239.7.7.7")};
  SOCKET leaf = WSAJoinLeaf(s, (struct sockaddr *)&group, sizeof group, NULL, NULL, NULL, NULL, JL_BOTH);

  CHECK(leaf == s);
  describe("joined", leaf);
  struct ip_mreq request = {.imr_multiaddr = group.sin_addr};
  /* The group is joined: it can be left, once. */
  CHECK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, (char *)&request, sizeof request) == 0);
  CHECK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, (char *)&request, sizeof request) == SOCKET_ERROR);
  closesocket(s);
  SOCKET stream = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(WSAJoinLeaf(stream, (struct sockaddr *)&group, sizeof group, NULL, NULL, NULL, NULL, JL_BOTH) ==
        INVALID_SOCKET);
  CHECK(WSAGetLastError() != 0);
  closesocket(stream);
}

static void test_name(void)
{
  SOCKET listening = bound(SOCK_STREAM), client = socket(AF_INET, SOCK_STREAM, 0);
  char address[] = "127.0.0.1", service[8];
  struct sockaddr_in peer;
  DWORD size = sizeof peer;

  CHECK(listen(listening, 1) == 0);
  snprintf(service, sizeof service, "%u", ntohs(loopback.sin_port));
  CHECK(WSAConnectByNameA(client, address, service, NULL, NULL, &size, (struct sockaddr *)&peer, NULL, NULL));
  CHECK(peer.sin_port == loopback.sin_port);
  SOCKET accepted = accept(listening, NULL, NULL);
  describe("connected", client);
  describe("accepted", accepted);
  closesocket(accepted);
  closesocket(client);
  closesocket(listening);
}

/* The window hears of a connection that came in, and which socket it is about. */
static void test_window(void)
{
  enum { PATIENCE_MS = 10000 };
  HWND window = CreateWindowA("STATIC", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
  SOCKET listening = bound(SOCK_STREAM), client = socket(AF_INET, SOCK_STREAM, 0);

  CHECK(window != NULL);
  CHECK(listen(listening, 1) == 0);
  CHECK(WSAAsyncSelect(listening, window, WM_APP, FD_ACCEPT) == 0);
  CHECK(connect(client, (struct sockaddr *)&loopback, sizeof loopback) == 0);
  MSG message = {0};
  UINT_PTR timer = SetTimer(window, 1, PATIENCE_MS, NULL);
  while (GetMessageA(&message, window, 0, 0) > 0 && message.message != WM_APP && message.message != WM_TIMER)
    ;
  KillTimer(window, timer);
  CHECK(message.message == WM_APP && message.wParam == listening && message.lParam == FD_ACCEPT);
  SOCKET accepted = accept(listening, NULL, NULL);
  describe("accepted", accepted);
  closesocket(accepted);
  closesocket(client);
  closesocket(listening);
  DestroyWindow(window);
}

int main(int argc, char **argv)
{
  WSADATA data;

  if (WSAStartup(MAKEWORD(2, 2), &data))
    return 2;
  if (argc == 3 && strcmp(argv[1], "accept") == 0)
    test_accept(argv[2]);
  else if (argc == 2 && strcmp(argv[1], "kinds") == 0)
    test_kinds();
  else if (argc == 2 && strcmp(argv[1], "join") == 0)
    test_join();
  else if (argc == 2 && strcmp(argv[1], "name") == 0)
    test_name();
  else if (argc == 2 && strcmp(argv[1], "window") == 0)
    test_window();
  else {
    fputs("usage: outside accept FOLDER | kinds | join | name | window\n", stderr);
    return 2;
  }
  WSACleanup();
  printf("%d failures\n", check_failures);
  return check_failures ? 1 : 0;
}
