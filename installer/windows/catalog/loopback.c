#include "loopback.h"

#include <stdio.h>
#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include "layering.h"
#include "error_names.h"
#include "fault_injection.h"
#include "winsock_catalog.h"

static const struct {
  const char *name;
  int family, type, protocol;
} tries[LOOPBACKS] = {
    [LOOPBACK_TCP4] = {"tcp-ipv4", AF_INET, SOCK_STREAM, IPPROTO_TCP},
    [LOOPBACK_UDP4] = {"udp-ipv4", AF_INET, SOCK_DGRAM, IPPROTO_UDP},
    [LOOPBACK_TCP6] = {"tcp-ipv6", AF_INET6, SOCK_STREAM, IPPROTO_TCP},
    [LOOPBACK_UDP6] = {"udp-ipv6", AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
};

static const char *const words[] = {"unknown", "failed", "refused-by-policy", "works-around-us",
                                    "works-through-us"};

const char *loopback_name(int which)
{
  return tries[which].name;
}

const char *loopback_word(loopback_result_t result)
{
  return words[result];
}

/* Our entry in the catalog of this bitness, or a chain through us. */
static bool loopback__through_us(SOCKET socket)
{
  WSAPROTOCOL_INFOW info;
  catalogs_t catalogs;
  int size = sizeof info;

  if (getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) || winsock_read(&catalogs))
    return false;
  const catalog_entry_t *entry = catalog_find_id(&catalogs.view[VIEW_NATIVE], info.dwCatalogEntryId);
  bool through = entry != NULL && layering_through_us(&catalogs.view[VIEW_NATIVE], entry);
  catalogs_free(&catalogs);
  return through;
}

static void loopback__address(int family, SOCKADDR_STORAGE *address, int *length)
{
  memset(address, 0, sizeof *address);
  address->ss_family = (short)family;
  if (family == AF_INET) {
    ((SOCKADDR_IN *)address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *length = sizeof(SOCKADDR_IN);
  } else {
    ((SOCKADDR_IN6 *)address)->sin6_addr.s6_addr[15] = 1;
    *length = sizeof(SOCKADDR_IN6);
  }
}

/* A byte there, or the error. */
static int loopback__byte(SOCKET from, SOCKET to)
{
  char sent = 'w', received = 0;
  DWORD limit = 10000;

  if (setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, (const char *)&limit, sizeof limit) ||
      send(from, &sent, 1, 0) != 1 || recv(to, &received, 1, 0) != 1)
    return WSAGetLastError();
  return received == sent ? 0 : WSAECONNABORTED;
}

static int loopback__exchange(int which, SOCKET server, SOCKET client)
{
  SOCKADDR_STORAGE address;
  SOCKET accepted;
  int length, error;

  loopback__address(tries[which].family, &address, &length);
  if (bind(server, (struct sockaddr *)&address, length) ||
      getsockname(server, (struct sockaddr *)&address, &length) ||
      (tries[which].type == SOCK_STREAM && listen(server, 1)) ||
      connect(client, (struct sockaddr *)&address, length))
    return WSAGetLastError();
  if (tries[which].type != SOCK_STREAM)
    return loopback__byte(client, server);
  accepted = accept(server, NULL, NULL);
  if (accepted == INVALID_SOCKET)
    return WSAGetLastError();
  error = loopback__byte(client, accepted);
  closesocket(accepted);
  return error;
}

loopback_result_t loopback_try(int which, int *error,
                               bool (*refuses)(int family, int type, int protocol, int error))
{
  int family = tries[which].family, type = tries[which].type, protocol = tries[which].protocol;
  loopback_result_t result = LOOPBACK_FAILED;
  WSADATA data;

  *error = WSAStartup(MAKEWORD(2, 2), &data);
  if (*error)
    return LOOPBACK_FAILED;
  SOCKET server = socket(family, type, protocol);
  if (server == INVALID_SOCKET) {
    *error = WSAGetLastError();
    result = refuses != NULL && refuses(family, type, protocol, *error) ? LOOPBACK_REFUSED : LOOPBACK_FAILED;
    goto cleanup_winsock;
  }
  SOCKET client = socket(family, type, protocol);
  *error = client == INVALID_SOCKET ? WSAGetLastError() : loopback__exchange(which, server, client);
  if (!*error)
    result = loopback__through_us(client) ? LOOPBACK_THROUGH : LOOPBACK_AROUND;
  if (client != INVALID_SOCKET)
    closesocket(client);
  closesocket(server);
cleanup_winsock:
  WSACleanup();
  return result;
}

/* Runs the command line with its output into `text`; false where it did not run to its end. */
static bool loopback__run(WCHAR *command, char *text, size_t size)
{
  SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  PROCESS_INFORMATION process;
  HANDLE from, to;
  DWORD got = 0;
  size_t used = 0;

  if (!CreatePipe(&from, &to, &inherit, 0))
    return false;
  SetHandleInformation(from, HANDLE_FLAG_INHERIT, 0);
  startup.hStdOutput = to;
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  startup.hStdInput = INVALID_HANDLE_VALUE;
  BOOL runs = FALSE;
  /* Everything is rolled back where it does not start: a moment's trouble gets a second chance. */
  for (int tried = 0; !runs && tried < 2; tried++) {
    if (tried)
      Sleep(1000);
    runs = CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process);
  }
  CloseHandle(to);
  if (!runs) {
    CloseHandle(from);
    return false;
  }
  /* The text is small: the child never waits for us to read it. */
  bool ended = WaitForSingleObject(process.hProcess, 60000) == WAIT_OBJECT_0;
  if (!ended)
    TerminateProcess(process.hProcess, 1);
  while (used + 1 < size && ReadFile(from, text + used, (DWORD)(size - used - 1), &got, NULL) && got)
    used += got;
  text[used] = '\0';
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  CloseHandle(from);
  return ended;
}

bool loopback_in_child(loopback_result_t results[LOOPBACKS])
{
  WCHAR program[MAX_PATH * 2], command[MAX_PATH * 2 + 32];
  char text[1024];
  bool known = true;

  for (int which = 0; which < LOOPBACKS; which++)
    results[which] = LOOPBACK_UNKNOWN;
  DWORD length = GetModuleFileNameW(NULL, program, MAX_PATH * 2);
  if (!length || length >= MAX_PATH * 2 || fault_injection_step("verifying child"))
    return false;
  long assumed;
  if (fault_injection_value("ASSUME", &assumed)) {
    for (int which = 0; which < LOOPBACKS; which++)
      results[which] = (loopback_result_t)assumed;
    return true;
  }
  _snwprintf(command, MAX_PATH * 2 + 32, L"\"%ls\" verify --loopback", program);
  if (!loopback__run(command, text, sizeof text))
    return false;
  for (int which = 0; which < LOOPBACKS; which++) {
    char line[64];

    for (int word = LOOPBACK_FAILED; word <= LOOPBACK_THROUGH; word++) {
      snprintf(line, sizeof line, "%s %s", tries[which].name, words[word]);
      if (strstr(text, line) != NULL)
        results[which] = (loopback_result_t)word;
    }
    known = known && results[which] != LOOPBACK_UNKNOWN;
  }
  return known;
}

bool loopback_still_works(const loopback_result_t before[LOOPBACKS], const loopback_result_t now[LOOPBACKS],
                          bool through)
{
  bool works = true;

  for (int which = 0; which < LOOPBACKS; which++) {
    if (before[which] <= LOOPBACK_FAILED)
      continue; /* it never did: no IPv6 on this machine, say */
    bool fine = through ? now[which] == LOOPBACK_THROUGH || now[which] == LOOPBACK_REFUSED
                        : now[which] > LOOPBACK_FAILED;
    if (!fine)
      fprintf(stderr, "sockwarden: %s: %s before, %s now\n", tries[which].name, words[before[which]],
              words[now[which]]);
    works = works && fine;
  }
  return works;
}
