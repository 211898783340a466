/* made_up: WSASocketW with WSAPROTOCOL_INFOs that no catalog holds. A policy rejects raw sockets with
 * WSAEACCES (cases/81-infos.sh). Prints what does not hold; exit status 1 then. */
#include "../../winsock/entries.h"
#include "check.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first entry of that type, which is a chain of ours. */
static BOOL first_entry(int type, WSAPROTOCOL_INFOW *entry)
{
  int count;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);
  BOOL found = FALSE;

  for (int i = 0; i < count && !found; i++) {
    found = infos[i].iAddressFamily == AF_INET && infos[i].iSocketType == type;
    if (found)
      *entry = infos[i];
  }
  free(infos);
  return found;
}

/* Makes a socket with the info, all three taken from it or all three named: 0 and what SO_PROTOCOL_INFO says,
 * or the error. */
static int make(const WSAPROTOCOL_INFOW *given, BOOL from_info, WSAPROTOCOL_INFOW *made)
{
  WSAPROTOCOL_INFOW info = *given;
  int size = sizeof *made;
  SOCKET s = from_info ? WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, 0)
                       : WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, &info, 0, 0);
  int error = s == INVALID_SOCKET ? WSAGetLastError() : 0;

  if (error)
    return error;
  CHECK(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)made, &size) == 0);
  CHECK(closesocket(s) == 0);
  return 0;
}

/* A chain that is none: the catalog entry it names is served all the same, and its sockets are that entry's.
 */
static void test_chains(const WSAPROTOCOL_INFOW *tcp)
{
  static const int lengths[] = {
      LAYERED_PROTOCOL, BASE_PROTOCOL, 2, MAX_PROTOCOL_CHAIN, MAX_PROTOCOL_CHAIN + 1, -1, INT_MAX, INT_MIN};
  static const DWORD ids[] = {0, 99999, 0xFFFFFFFF};

  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
    for (size_t j = 0; j < sizeof ids / sizeof ids[0]; j++) {
      WSAPROTOCOL_INFOW info = *tcp, made;
      char subject[64];

      snprintf(subject, sizeof subject, "chain of %d, ids %lu", lengths[i], ids[j]);
      info.ProtocolChain.ChainLen = lengths[i];
      for (int k = 0; k < MAX_PROTOCOL_CHAIN; k++)
        info.ProtocolChain.ChainEntries[k] = ids[j];
      for (int from_info = 0; from_info < 2; from_info++) {
        CHECK_OF(subject, make(&info, from_info, &made) == 0);
        CHECK_OF(subject, made.dwCatalogEntryId == tcp->dwCatalogEntryId);
        CHECK_OF(subject, made.iSocketType == SOCK_STREAM);
      }
    }
  }
}

/* What a wildcard stands for is the catalog's to say: a raw socket cannot be had by calling it something
 * else, nor is a stream socket one because the program says so. */
static void test_triples(const WSAPROTOCOL_INFOW *tcp, const WSAPROTOCOL_INFOW *raw)
{
  WSAPROTOCOL_INFOW lie = *raw, made;

  lie.iSocketType = SOCK_STREAM;
  lie.iProtocol = IPPROTO_TCP;
  CHECK(make(&lie, TRUE, &made) == WSAEACCES);
  lie = *tcp;
  lie.iSocketType = SOCK_RAW;
  lie.iProtocol = IPPROTO_ICMP;
  CHECK(make(&lie, TRUE, &made) == 0);
  CHECK(made.iSocketType == SOCK_STREAM && made.iProtocol == IPPROTO_TCP);
}

/* Everything made up, then the catalog entry's number alone true. */
static void test_garbage(const WSAPROTOCOL_INFOW *tcp)
{
  static const int bytes[] = {0x00, 0x7F, 0xFF};

  for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
    WSAPROTOCOL_INFOW info, made;

    memset(&info, bytes[i], sizeof info);
    CHECK(make(&info, TRUE, &made) != 0);
    info.dwCatalogEntryId = tcp->dwCatalogEntryId;
    /* With zeros there is nothing in it that claims to be another process's socket. */
    int error = make(&info, TRUE, &made);
    CHECK(bytes[i] ? error != 0 : error == 0);
  }
  CHECK(check_socket(AF_INET, SOCK_STREAM, 0) == 0);
  CHECK(check_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) == WSAEACCES);
}

int main(void)
{
  WSADATA data;
  WSAPROTOCOL_INFOW tcp, raw;

  if (WSAStartup(MAKEWORD(2, 2), &data) || !first_entry(SOCK_STREAM, &tcp) || !first_entry(SOCK_RAW, &raw))
    return 2;
  test_chains(&tcp);
  test_triples(&tcp, &raw);
  test_garbage(&tcp);
  WSACleanup();
  printf("%d failures\n", check_failures);
  return check_failures ? 1 : 0;
}
