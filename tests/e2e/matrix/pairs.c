#include "pairs.h"

#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>

enum { PATIENCE_MS = 5000, IGMP = 2, ICMP_ECHO = 8 };

int pair_protocol(int kind)
{
  return kinds[kind].af == AF_INET6 && kinds[kind].type == SOCK_RAW ? IGMP : kinds[kind].protocol;
}

static void loopback(int kind, struct sockaddr_storage *address, int *size)
{
  memset(address, 0, sizeof *address);
  address->ss_family = (short)kinds[kind].af;
  if (kinds[kind].af == AF_INET6) {
    ((struct sockaddr_in6 *)(void *)address)->sin6_addr.s6_addr[15] = 1;
    *size = sizeof(struct sockaddr_in6);
  } else {
    ((struct sockaddr_in *)(void *)address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *size = sizeof(struct sockaddr_in);
  }
}

/* A new socket bound to loopback, with the address it got. */
static SOCKET bound(int kind, struct sockaddr_storage *address, int *size)
{
  SOCKET s = socket(kinds[kind].af, kinds[kind].type, pair_protocol(kind));

  loopback(kind, address, size);
  if (s == INVALID_SOCKET || bind(s, (struct sockaddr *)address, *size) ||
      getsockname(s, (struct sockaddr *)address, size)) {
    printf("  %s: no bound socket: %d\n", kinds[kind].name, WSAGetLastError());
    if (s != INVALID_SOCKET)
      closesocket(s);
    return INVALID_SOCKET;
  }
  return s;
}

static bool connect_streams(pair_t *pair, SOCKET listening, const struct sockaddr_storage *there, int size)
{
  bool connected = listen(listening, 1) == 0 && connect(pair->one, (const struct sockaddr *)there, size) == 0;

  pair->other = connected ? accept(listening, NULL, NULL) : INVALID_SOCKET;
  closesocket(listening);
  return pair->other != INVALID_SOCKET;
}

bool pair_make(int kind, pair_t *pair)
{
  struct sockaddr_storage here, there;
  int size;

  pair->one = bound(kind, &here, &size);
  pair->other = INVALID_SOCKET;
  if (pair->one == INVALID_SOCKET)
    return false;
  if (kinds[kind].type == SOCK_RAW) {
    pair->other = pair->one;
    return connect(pair->one, (struct sockaddr *)&here, size) == 0;
  }
  SOCKET second = bound(kind, &there, &size);
  if (second == INVALID_SOCKET)
    return false;
  if (kinds[kind].type == SOCK_STREAM)
    return connect_streams(pair, second, &there, size);
  pair->other = second;
  return connect(pair->one, (struct sockaddr *)&there, size) == 0 &&
         connect(pair->other, (struct sockaddr *)&here, size) == 0;
}

void pair_close(const pair_t *pair)
{
  if (pair->other != INVALID_SOCKET && pair->other != pair->one)
    closesocket(pair->other);
  if (pair->one != INVALID_SOCKET)
    closesocket(pair->one);
}

/* An ICMP echo request, which is as good as any eight bytes where the protocol is another. */
bool pair_send(SOCKET s, char mark)
{
  char bytes[8] = {ICMP_ECHO, 0, 0, 0, 0, 0, 0, mark};

  return send(s, bytes, sizeof bytes, 0) == sizeof bytes;
}

/* IPv4 raw sockets receive the IP header too, and ICMP's own answers: what counts is the end, and that it
 * comes. */
bool pair_receive(SOCKET s, char mark)
{
  char bytes[256];
  DWORD patience = PATIENCE_MS;

  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&patience, sizeof patience);
  for (int tries = 0; tries < 8; tries++) {
    int received = recv(s, bytes, sizeof bytes, 0);

    if (received < 8)
      return false;
    if (bytes[received - 1] == mark)
      return true;
  }
  return false;
}
