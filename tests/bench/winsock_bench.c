/*
 * winsock_bench: what a program's own Winsock calls cost. An ordinary Windows program that knows nothing of
 * layers; scripts/bench.sh runs it without a layer, with one that passes everything on, and with Sockwarden,
 * in turn.
 */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static char data[16384];

static void fail(const char *what)
{
  fprintf(stderr, "winsock_bench: %s failed: %d\n", what, WSAGetLastError());
  exit(1);
}

static SOCKET make_socket(void)
{
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  if (s == INVALID_SOCKET)
    fail("WSASocketW");
  return s;
}

static void create_and_close(void *context, size_t count)
{
  (void)context;
  for (size_t i = 0; i < count; i++)
    closesocket(make_socket());
}

/* ---- two connected sockets ---- */

typedef struct pair {
  SOCKET near_end, far_end;
} pair_t;

static pair_t connect_pair(void)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int size = sizeof address;
  DWORD no_delay = 1;
  SOCKET listener = make_socket();
  pair_t pair = {.near_end = make_socket()};
  if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1) ||
      getsockname(listener, (struct sockaddr *)&address, &size) ||
      connect(pair.near_end, (struct sockaddr *)&address, size))
    fail("connecting");
  pair.far_end = accept(listener, NULL, NULL);
  if (pair.far_end == INVALID_SOCKET)
    fail("accept");
  closesocket(listener);
  setsockopt(pair.near_end, IPPROTO_TCP, TCP_NODELAY, (const char *)&no_delay, sizeof no_delay);
  setsockopt(pair.far_end, IPPROTO_TCP, TCP_NODELAY, (const char *)&no_delay, sizeof no_delay);
  return pair;
}

static void carry(SOCKET from, SOCKET to, int size)
{
  if (send(from, data, size, 0) != size)
    fail("send");
  for (int got, have = 0; have < size; have += got) {
    got = recv(to, data, size - have, 0);
    if (got <= 0)
      fail("recv");
  }
}

static void ping_pong(void *context, size_t count)
{
  const pair_t *pair = context;
  for (size_t i = 0; i < count; i++) {
    carry(pair->near_end, pair->far_end, 64);
    carry(pair->far_end, pair->near_end, 64);
  }
}

static void bulk(void *context, size_t count)
{
  const pair_t *pair = context;
  for (size_t i = 0; i < count; i++)
    carry(pair->near_end, pair->far_end, sizeof data);
}

/* ---- the first socket: the layer is loaded, and its policies ---- */

/* What is committed and nobody else's. Counted by hand: Wine's process counters stand still. */
static double private_kib(void)
{
  MEMORY_BASIC_INFORMATION region;
  double bytes = 0;
  for (char *at = NULL; VirtualQuery(at, &region, sizeof region);
       at = (char *)region.BaseAddress + region.RegionSize)
    if (region.State == MEM_COMMIT && region.Type == MEM_PRIVATE)
      bytes += (double)region.RegionSize;
  return bytes / 1024;
}

static void first_socket(const bench_options_t *options)
{
  double before = private_kib(), start = bench_now();
  closesocket(make_socket());
  double took = bench_now() - start;
  bench_print(options, "winsock", "first socket", took, "ns", NULL, 0);
  bench_print(options, "winsock", "private bytes of the first socket", private_kib() - before, "KiB", NULL,
              0);
}

int main(int argc, char **argv)
{
  bench_options_t options = {.rounds = 15, .sample_us = 4000, .platform = "wine"};
  bool only_first = false;
  WSADATA started;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--first") == 0)
      only_first = true;
    else if (strcmp(argv[i], "--smoke") == 0)
      options.rounds = 2, options.sample_us = 10;
    else {
      fputs("usage: winsock_bench [--first | --smoke]\n", stderr);
      return 2;
    }
  }
  if (WSAStartup(MAKEWORD(2, 2), &started))
    fail("WSAStartup");
  first_socket(&options);
  if (only_first)
    return 0;
  pair_t pair = connect_pair();
  bench_add("winsock", "WSASocketW and closesocket", NULL, create_and_close, NULL);
  bench_add("winsock", "send and recv, 64 bytes there and back", NULL, ping_pong, &pair);
  bench_add("winsock", "send and recv, 16 KiB", NULL, bulk, &pair);
  bench_run(&options);
  closesocket(pair.near_end);
  closesocket(pair.far_end);
  WSACleanup();
  return 0;
}
