/* stress THREADS ROUNDS: many threads make, use and close sockets of all kinds at once, with WSAStartup and
 * WSACleanup coming and going. Prints how many calls failed; exit status 0 where none did. */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>
#include <stdlib.h>

static volatile LONG failures;
static int rounds;

static void expect(BOOL holds, const char *what)
{
  if (holds)
    return;
  if (InterlockedIncrement(&failures) <= 10)
    printf("%s failed: %d\n", what, WSAGetLastError());
}

static void one_round(int family, int type)
{
  SOCKET s = socket(family, type, 0);

  expect(s != INVALID_SOCKET, "socket");
  struct sockaddr_storage address = {.ss_family = (short)family};
  int size = family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
  expect(bind(s, (struct sockaddr *)&address, size) == 0, "bind");
  WSAPROTOCOL_INFOW info;
  size = sizeof info;
  expect(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) == 0, "SO_PROTOCOL_INFO");
  /* A handle that still carries the label of the socket before it would show here. */
  expect(info.iAddressFamily == family && info.iSocketType == type, "the right info");
  WSAPROTOCOL_INFOW shared;
  expect(WSADuplicateSocketW(s, GetCurrentProcessId(), &shared) == 0, "WSADuplicateSocket");
  SOCKET copy = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &shared, 0, 0);
  expect(copy != INVALID_SOCKET, "WSASocket of a duplicate");
  expect(closesocket(copy) == 0, "closesocket of a duplicate");
  expect(closesocket(s) == 0, "closesocket");
}

static DWORD WINAPI work(void *parameter)
{
  static const int kinds[][2] = {
      {AF_INET, SOCK_STREAM}, {AF_INET6, SOCK_DGRAM}, {AF_INET, SOCK_DGRAM}, {AF_INET6, SOCK_STREAM}};
  const int *kind = kinds[(size_t)parameter % 4];

  for (int i = 0; i < rounds; i++) {
    WSADATA data;

    expect(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
    one_round(kind[0], kind[1]);
    expect(WSACleanup() == 0, "WSACleanup");
  }
  return 0;
}

int main(int argc, char **argv)
{
  int threads = argc == 3 ? atoi(argv[1]) : 0;

  if (threads < 1 || threads > 64) {
    fputs("usage: stress THREADS ROUNDS\n", stderr);
    return 2;
  }
  rounds = atoi(argv[2]);
  HANDLE running[64];
  for (int i = 0; i < threads; i++)
    running[i] = CreateThread(NULL, 0, work, (void *)(size_t)i, 0, NULL);
  for (int i = 0; i < threads; i++)
    WaitForSingleObject(running[i], INFINITE);
  printf("%ld failures\n", failures);
  return failures != 0;
}
