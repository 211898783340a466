/* lifecycle nested|threads|failing|missing: how the layer comes and goes in a process.
 *
 * `failing` and `missing` need a recording layer below ours (wine-run --lower ifs), which is told to fail
 * through RECORD_FAIL. Prints what does not hold; exit status 1 then. */
#include "check.h"

#include <process.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <ws2spi.h>

static void start(void)
{
  WSADATA data;

  CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
}

static BOOL layer_loaded(void)
{
  return GetModuleHandleA("sockwarden.dll") != NULL;
}

/* The layer, the one below it, or the base provider. */
static BOOL any_loaded(void)
{
  return layer_loaded() || GetModuleHandleA("lower.dll") != NULL || GetModuleHandleA("swbase.dll") != NULL;
}

static DWORD open_handles(void)
{
  DWORD count = 0;

  GetProcessHandleCount(GetCurrentProcess(), &count);
  return count;
}

/* "An application can call WSAStartup more than once [...]. The Winsock reference count is incremented on
 * each
 * [...] call. An application must call WSACleanup once for every successful call" (WSAStartup); providers are
 * unloaded with the last one, and loaded again. */
static void test_nested(void)
{
  enum { ROUNDS = 12, SETTLED = 2, DEPTH = 3 };
  DWORD handles = 0;

  for (int round = 0; round < ROUNDS; round++) {
    CHECK(!any_loaded());
    for (int i = 0; i < DEPTH; i++)
      start();
    for (int i = 0; i < DEPTH; i++) {
      CHECK(check_socket(AF_INET, SOCK_STREAM, 0) == 0);
      CHECK(check_socket(AF_INET6, SOCK_DGRAM, 0) == 0);
      CHECK(layer_loaded());
      CHECK(WSACleanup() == 0);
    }
    CHECK(!any_loaded());
    CHECK(check_socket(AF_INET, SOCK_STREAM, 0) == WSANOTINITIALISED);
    CHECK(WSACleanup() == SOCKET_ERROR);
    if (round == SETTLED)
      handles = open_handles();
  }
  CHECK(open_handles() <= handles);
}

static unsigned WINAPI come_and_go(void *kind)
{
  int type = kind != NULL ? SOCK_DGRAM : SOCK_STREAM;
  unsigned errors = 0;

  for (int i = 0; i < 25; i++) {
    WSADATA data;

    errors += WSAStartup(MAKEWORD(2, 2), &data) != 0;
    errors += check_socket(i % 2 ? AF_INET : AF_INET6, type, 0) != 0;
    errors += WSACleanup() != 0;
  }
  return errors;
}

static void test_threads(void)
{
  enum { THREADS = 8 };
  HANDLE threads[THREADS];

  for (int i = 0; i < THREADS; i++)
    threads[i] = (HANDLE)_beginthreadex(NULL, 0, come_and_go, i % 2 ? threads : NULL, 0, NULL);
  WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
  for (int i = 0; i < THREADS; i++) {
    DWORD errors = 1;

    GetExitCodeThread(threads[i], &errors);
    CHECK(errors == 0);
    CloseHandle(threads[i]);
  }
  CHECK(!any_loaded());
}

static void order(const char *failure)
{
  SetEnvironmentVariableA("RECORD_FAIL", failure);
}

/* The chain does not start: an error, nothing kept; it starts once the provider below does. `loaded` says
 * what must not be left. */
static void fails_then_works(const char *failure, BOOL (*loaded)(void))
{
  start();
  order(failure);
  CHECK_OF(failure, check_socket(AF_INET, SOCK_STREAM, 0) == WSAEPROVIDERFAILEDINIT);
  CHECK_OF(failure, !loaded());
  order(NULL);
  CHECK_OF(failure, check_socket(AF_INET, SOCK_STREAM, 0) == 0);
  CHECK_OF(failure, WSACleanup() == 0);
  CHECK_OF(failure, !loaded());
}

/* The first chain works on while others fail. It takes two starts of the layer below: ours, and that of its
 * own chain when it labels a handle (WPUModifyIFSHandle). */
static void others_live(const char *failure)
{
  start();
  order(failure);
  CHECK_OF(failure, check_socket(AF_INET, SOCK_STREAM, 0) == 0);
  SOCKET listening = socket(AF_INET, SOCK_STREAM, 0);
  for (int i = 0; i < 2; i++) {
    CHECK_OF(failure, check_socket(AF_INET, SOCK_DGRAM, 0) == WSAEPROVIDERFAILEDINIT);
    CHECK_OF(failure, check_socket(AF_INET6, SOCK_STREAM, 0) == WSAEPROVIDERFAILEDINIT);
    CHECK_OF(failure, check_socket(AF_INET, SOCK_STREAM, 0) == 0);
  }
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  CHECK_OF(failure, bind(listening, (struct sockaddr *)&any, sizeof any) == 0);
  CHECK_OF(failure, closesocket(listening) == 0);
  order(NULL);
  CHECK_OF(failure, check_socket(AF_INET, SOCK_DGRAM, 0) == 0);
  CHECK_OF(failure, check_socket(AF_INET6, SOCK_STREAM, 0) == 0);
  CHECK_OF(failure, WSACleanup() == 0);
  CHECK_OF(failure, !any_loaded());
}

static void test_failing(void)
{
  enum { TABLE_ENTRIES = 30, CLEANUP_ENTRY = offsetof(WSPPROC_TABLE, lpWSPCleanup) / sizeof(void *) };
  char failure[32];

  fails_then_works("lower WSPStartup 10091", any_loaded);
  fails_then_works("lower version 0x0102", any_loaded);
  for (int i = 0; i < TABLE_ENTRIES; i++) {
    snprintf(failure, sizeof failure, "lower table %d", i);
    if (i != CLEANUP_ENTRY)
      fails_then_works(failure, any_loaded);
  }
  others_live("lower WSPStartup 10091 3");
  others_live("lower version 0x0102 3");
  others_live("lower table 29 3");
  /* Without its WSPCleanup nobody can end that start: what it loaded stays. */
  snprintf(failure, sizeof failure, "lower table %d", CLEANUP_ENTRY);
  fails_then_works(failure, layer_loaded);
}

static void test_missing(void)
{
  static const char dll[] = "C:\\windows\\system32\\lower.dll", away[] = "C:\\windows\\system32\\lower.away";

  CHECK(MoveFileA(dll, away));
  start();
  CHECK(check_socket(AF_INET, SOCK_STREAM, 0) == WSAEPROVIDERFAILEDINIT);
  CHECK(check_socket(AF_INET6, SOCK_DGRAM, 0) == WSAEPROVIDERFAILEDINIT);
  CHECK(!any_loaded());
  CHECK(MoveFileA(away, dll));
  CHECK(check_socket(AF_INET, SOCK_STREAM, 0) == 0);
  CHECK(WSACleanup() == 0);
  CHECK(!any_loaded());
}

int main(int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run)(void);
  } tests[] = {{"nested", test_nested},
               {"threads", test_threads},
               {"failing", test_failing},
               {"missing", test_missing}};

  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
    if (argc != 2 || strcmp(argv[1], tests[i].name))
      continue;
    tests[i].run();
    printf("%d failures\n", check_failures);
    return check_failures ? 1 : 0;
  }
  fputs("usage: lifecycle nested|threads|failing|missing\n", stderr);
  return 2;
}
