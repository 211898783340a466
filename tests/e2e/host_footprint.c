/* host_footprint: looks at what the layer does inside this process. Its arguments are steps, done in their
 * order:
 *
 *   socket          ask for a TCP socket; prints "socket 0" or the error
 *   copy FROM TO    copy a file, as a new policy is
 *   wait MS
 *   client          from here on this thread acts for a client (it impersonates)
 *   stack           print how many bytes of stack the last socket took
 *   threads         print how many threads the process has
 *   calls           print how often the layer called each watched function, and how often as the client
 *   same-client     print "yes" where this thread still acts for the same client, by the token's number
 *
 * The layer's DLL is loaded first, and the functions that it imports are watched by changing its import
 * table. */
#include <winsock2.h>
#include <windows.h>
#include <tlhelp32.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAINTED = 512 * 1024, PAINT = 0x5a, STACK = 2 * 1024 * 1024 };

/* ---- calls of the layer ---- */

static bool token_number(LUID *number)
{
  TOKEN_STATISTICS statistics;
  HANDLE token;
  DWORD size;

  if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
    return false;
  bool told = GetTokenInformation(token, TokenStatistics, &statistics, sizeof statistics, &size);
  CloseHandle(token);
  if (told)
    *number = statistics.TokenId;
  return told;
}

#define WATCHED(WATCH)                                                                                       \
  WATCH(LONG, RegOpenKeyExW, (HKEY a, LPCWSTR b, DWORD c, REGSAM d, PHKEY e), (a, b, c, d, e))               \
  WATCH(HANDLE, CreateFileW,                                                                                 \
        (LPCWSTR a, DWORD b, DWORD c, LPSECURITY_ATTRIBUTES d, DWORD e, DWORD f, HANDLE g),                  \
        (a, b, c, d, e, f, g))                                                                               \
  WATCH(HANDLE, FindFirstFileW, (LPCWSTR a, LPWIN32_FIND_DATAW b), (a, b))                                   \
  WATCH(BOOL, ReadFile, (HANDLE a, LPVOID b, DWORD c, LPDWORD d, LPOVERLAPPED e), (a, b, c, d, e))           \
  WATCH(BOOL, WriteFile, (HANDLE a, LPCVOID b, DWORD c, LPDWORD d, LPOVERLAPPED e), (a, b, c, d, e))         \
  WATCH(BOOL, OpenProcessToken, (HANDLE a, DWORD b, PHANDLE c), (a, b, c))                                   \
  WATCH(BOOL, LookupAccountSidW,                                                                             \
        (LPCWSTR a, PSID b, LPWSTR c, LPDWORD d, LPWSTR e, LPDWORD f, PSID_NAME_USE g),                      \
        (a, b, c, d, e, f, g))                                                                               \
  WATCH(SC_HANDLE, OpenSCManagerW, (LPCWSTR a, LPCWSTR b, DWORD c), (a, b, c))

typedef struct watch {
  const char *name;
  ULONG_PTR ours;
  void *real_of_the_layer; /* where the real function is put; a pointer to a function pointer */
  int calls, as_client;
} watch_t;

static void note(watch_t *watch)
{
  LUID number;

  watch->calls++;
  watch->as_client += token_number(&number);
}

#define DECLARE(result, name, parameters, arguments)                                                         \
  static result(WINAPI *real_##name) parameters;                                                             \
  static watch_t watch_##name;                                                                               \
  static result WINAPI watched_##name parameters                                                             \
  {                                                                                                          \
    note(&watch_##name);                                                                                     \
    return real_##name arguments;                                                                            \
  }
WATCHED(DECLARE)

#define ENTER(result, name, parameters, arguments) {#name, (ULONG_PTR)watched_##name, &real_##name, 0, 0},
#define PLACE(result, name, parameters, arguments) &watch_##name,
static watch_t *const watches[] = {WATCHED(PLACE)};
enum { WATCHES = sizeof watches / sizeof watches[0] };

static void watch_import(const char *name, IMAGE_THUNK_DATA *place)
{
  for (int i = 0; i < WATCHES; i++) {
    DWORD before;

    if (strcmp(watches[i]->name, name) != 0)
      continue;
    VirtualProtect(place, sizeof *place, PAGE_READWRITE, &before);
    memcpy(watches[i]->real_of_the_layer, &place->u1.Function, sizeof(void *));
    place->u1.Function = watches[i]->ours;
    VirtualProtect(place, sizeof *place, before, &before);
  }
}

static void watch_layer(HMODULE layer)
{
  static const watch_t table[] = {WATCHED(ENTER)};
  char *base = (char *)layer;
  const IMAGE_NT_HEADERS *headers = (const void *)(base + ((const IMAGE_DOS_HEADER *)layer)->e_lfanew);
  const IMAGE_IMPORT_DESCRIPTOR *dll =
      (const void *)(base +
                     headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress);

  for (int i = 0; i < WATCHES; i++)
    *watches[i] = table[i];
  for (; dll->Name != 0; dll++) {
    const IMAGE_THUNK_DATA *names = (const void *)(base + dll->OriginalFirstThunk);
    IMAGE_THUNK_DATA *places = (void *)(base + dll->FirstThunk);

    for (; names->u1.AddressOfData != 0; names++, places++)
      if (!IMAGE_SNAP_BY_ORDINAL(names->u1.Ordinal))
        watch_import((const char *)((const IMAGE_IMPORT_BY_NAME *)(base + names->u1.AddressOfData))->Name,
                     places);
  }
}

static void print_calls(void)
{
  for (int i = 0; i < WATCHES; i++) {
    printf("%s %d, as the client %d\n", watches[i]->name, watches[i]->calls, watches[i]->as_client);
    watches[i]->calls = watches[i]->as_client = 0;
  }
}

/* ---- the stack ---- */

static ULONG_PTR bottom;

__attribute__((noinline)) static void paint(void)
{
  volatile unsigned char here[PAINTED];

  for (size_t i = 0; i < sizeof here; i++)
    here[i] = PAINT;
  bottom = (ULONG_PTR)here; /* a number: it outlives the array */
}

static size_t unpainted(void)
{
  const volatile unsigned char *painted = (const volatile unsigned char *)bottom;
  size_t clean = 0;

  while (clean < PAINTED && painted[clean] == PAINT)
    clean++;
  return PAINTED - clean;
}

/* ---- the steps ---- */

static int threads(void)
{
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  THREADENTRY32 thread = {.dwSize = sizeof thread};
  int count = 0;

  for (BOOL more = Thread32First(all, &thread); more; more = Thread32Next(all, &thread))
    count += thread.th32OwnerProcessID == GetCurrentProcessId();
  CloseHandle(all);
  return count;
}

__attribute__((noinline)) static void ask(void)
{
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);

  if (s != INVALID_SOCKET)
    closesocket(s);
  else if (WSAGetLastError() == 0)
    abort(); /* a failure always has an error */
}

static LUID client;

static DWORD WINAPI run(void *given)
{
  for (char **step = given; *step != NULL; step++) {
    LUID now;

    if (strcmp(*step, "socket") == 0) {
      WSASetLastError(0);
      paint();
      ask();
      size_t bytes = unpainted();
      printf("socket %d\n", WSAGetLastError());
      if (step[1] != NULL && strcmp(step[1], "stack") == 0) {
        printf("stack %lu\n", (unsigned long)bytes);
        step++;
      }
    } else if (strcmp(*step, "copy") == 0 && step[1] != NULL && step[2] != NULL) {
      printf("copy %s\n", CopyFileA(step[1], step[2], FALSE) ? "done" : "failed");
      step += 2;
    } else if (strcmp(*step, "wait") == 0 && step[1] != NULL) {
      Sleep(strtoul(*++step, NULL, 10));
    } else if (strcmp(*step, "client") == 0) {
      if (!ImpersonateSelf(SecurityImpersonation) || !token_number(&client))
        return 1;
    } else if (strcmp(*step, "same-client") == 0) {
      printf("same client: %s\n",
             token_number(&now) && memcmp(&now, &client, sizeof now) == 0 ? "yes" : "no");
    } else if (strcmp(*step, "threads") == 0) {
      printf("threads %d\n", threads());
    } else if (strcmp(*step, "calls") == 0) {
      print_calls();
    } else {
      return 2;
    }
  }
  return 0;
}

int main(int count, char **arguments)
{
  HMODULE layer = LoadLibraryW(L"sockwarden.dll");
  WSADATA data;
  DWORD status = 3;

  (void)count;
  if (layer == NULL || WSAStartup(MAKEWORD(2, 2), &data) != 0)
    return 3;
  watch_layer(layer);
  HANDLE thread = CreateThread(NULL, STACK, run, arguments + 1, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  if (thread == NULL)
    return 3;
  WaitForSingleObject(thread, INFINITE);
  GetExitCodeThread(thread, &status);
  CloseHandle(thread);
  WSACleanup();
  return (int)status;
}
