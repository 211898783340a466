/*
 * winsock_bench: what a program's own Winsock calls cost. An ordinary Windows program; scripts/bench.sh runs
 * it without a layer, with one that passes everything on, and with Sockwarden, in turn. Where a layer is
 * installed, the program also measures sockets made through it against sockets of the base provider below it,
 * in turn too: both by the catalog entry that WSAEnumProtocolsW names.
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

/* Of the entry, or of the one that Winsock chooses where that is NULL. */
static SOCKET make_socket(WSAPROTOCOL_INFOW *entry)
{
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, entry, 0, WSA_FLAG_OVERLAPPED);

  if (s == INVALID_SOCKET)
    fail("WSASocketW");
  return s;
}

static void create_and_close(void *entry, size_t count)
{
  for (size_t i = 0; i < count; i++)
    closesocket(make_socket(entry));
}

/* ---- the layer, and what lies below it ---- */

typedef struct entries {
  WSAPROTOCOL_INFOW layer, base;
} entries_t;

static const WSAPROTOCOL_INFOW *find_tcp(const WSAPROTOCOL_INFOW *infos, int count, bool layered)
{
  for (int i = 0; i < count; i++)
    if (infos[i].iAddressFamily == AF_INET && infos[i].iSocketType == SOCK_STREAM &&
        infos[i].iProtocol == IPPROTO_TCP && (infos[i].ProtocolChain.ChainLen > BASE_PROTOCOL) == layered)
      return infos + i;
  return NULL;
}

/* False where no layer is installed. */
static bool find_entries(entries_t *entries)
{
  DWORD size = 0;

  WSAEnumProtocolsW(NULL, NULL, &size);
  WSAPROTOCOL_INFOW *infos = malloc(size);
  int count = infos != NULL ? WSAEnumProtocolsW(NULL, infos, &size) : SOCKET_ERROR;
  const WSAPROTOCOL_INFOW *layer = find_tcp(infos, count, true), *base = find_tcp(infos, count, false);
  bool found = layer != NULL && base != NULL;
  if (found)
    *entries = (entries_t){*layer, *base};
  free(infos);
  return found;
}

/* ---- two connected sockets ---- */

typedef struct pair {
  SOCKET near_end, far_end;
} pair_t;

static pair_t connect_pair(WSAPROTOCOL_INFOW *entry)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int size = sizeof address;
  DWORD no_delay = 1;
  SOCKET listener = make_socket(entry);
  pair_t pair = {.near_end = make_socket(entry)};

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

/* What it costs a program to read the files of a folder itself, and do nothing with them: the layer cannot be
 * quicker. */
static void read_folder(const bench_options_t *options, const char *folder)
{
  char path[MAX_PATH * 2];
  WIN32_FIND_DATAA found;
  double start = bench_now();

  snprintf(path, sizeof path, "%s\\*.lua", folder);
  HANDLE search = FindFirstFileA(path, &found);
  for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileA(search, &found)) {
    DWORD size = 0;

    snprintf(path, sizeof path, "%s\\%s", folder, found.cFileName);
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !ReadFile(file, data, sizeof data, &size, NULL) || !size)
      fail("reading a policy");
    CloseHandle(file);
  }
  if (search != INVALID_HANDLE_VALUE)
    FindClose(search);
  bench_print(options, "winsock", "its policy files read by the program itself", bench_now() - start, "ns",
              NULL, 0);
}

static void first_socket(const bench_options_t *options)
{
  double before = private_kib(), start = bench_now();

  closesocket(make_socket(NULL));
  double took = bench_now() - start;
  bench_print(options, "winsock", "first socket", took, "ns", NULL, 0);
  bench_print(options, "winsock", "private bytes of the first socket", private_kib() - before, "KiB", NULL,
              0);
}

static void close_pair(const pair_t *pair)
{
  closesocket(pair->near_end);
  closesocket(pair->far_end);
}

/* Sockets of the two entries, in many short samples: what differs is little. */
static void through_and_past(const bench_options_t *given, entries_t *entries)
{
  bench_options_t options = *given;
  pair_t past = connect_pair(&entries->base), through = connect_pair(&entries->layer);

  if (options.rounds > 2) {
    options.rounds = 400;
    options.sample_us = 1000;
  }
  bench_add("winsock", "WSASocketW and closesocket, past the layer", NULL, create_and_close, &entries->base);
  bench_add("winsock", "WSASocketW and closesocket, through the layer",
            "WSASocketW and closesocket, past the layer", create_and_close, &entries->layer);
  bench_run(&options);
  bench_add("winsock", "send and recv, 64 bytes there and back, past the layer", NULL, ping_pong, &past);
  bench_add("winsock", "send and recv, 64 bytes there and back, through the layer",
            "send and recv, 64 bytes there and back, past the layer", ping_pong, &through);
  bench_run(&options);
  close_pair(&past);
  close_pair(&through);
}

int main(int argc, char **argv)
{
  bench_options_t options = {.rounds = 15, .sample_us = 4000, .platform = "wine"};
  bool only_first = false;
  const char *folder = NULL;
  entries_t entries;
  WSADATA started;

  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--first") == 0)
      only_first = true;
    else if (strcmp(argv[i], "--smoke") == 0)
      options.rounds = 2, options.sample_us = 10;
    else if (strcmp(argv[i], "--read") == 0 && i + 1 < argc)
      folder = argv[++i];
    else {
      fputs("usage: winsock_bench [--first [--read FOLDER] | --smoke]\n", stderr);
      return 2;
    }
  }
  if (WSAStartup(MAKEWORD(2, 2), &started))
    fail("WSAStartup");
  first_socket(&options);
  if (folder != NULL)
    read_folder(&options, folder);
  if (only_first)
    return 0;
  pair_t pair = connect_pair(NULL);
  bench_add("winsock", "WSASocketW and closesocket", NULL, create_and_close, NULL);
  bench_add("winsock", "send and recv, 64 bytes there and back", NULL, ping_pong, &pair);
  bench_add("winsock", "send and recv, 16 KiB", NULL, bulk, &pair);
  bench_run(&options);
  close_pair(&pair);
  if (find_entries(&entries))
    through_and_past(&options, &entries);
  WSACleanup();
  return 0;
}
