#include "loopback.h"

#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include "layering.h"
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

static const char *const words[] = {"unknown", "failed", "rejected-by-policy", "works-around-sockwarden",
                                    "works-through-sockwarden"};

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
  machine_catalogs_t catalogs;
  call_failure_t failure;
  int size = sizeof info;

  if (getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) ||
      !winsock_read(&catalogs, &failure))
    return false;
  const catalog_model_entry_t *entry =
      catalog_model_find_id(&catalogs.view[VIEW_NATIVE], info.dwCatalogEntryId);
  bool through = entry != NULL && layering_through_us(&catalogs.view[VIEW_NATIVE], entry);
  machine_catalogs_free(&catalogs);
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

/* Sends a byte and receives it: 0 or the error. */
static int loopback__send_byte(SOCKET from, SOCKET to)
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
    return loopback__send_byte(client, server);
  accepted = accept(server, NULL, NULL);
  if (accepted == INVALID_SOCKET)
    return WSAGetLastError();
  error = loopback__send_byte(client, accepted);
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
