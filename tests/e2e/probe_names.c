#include "probe_names.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdlib.h>
#include <string.h>

typedef struct name {
  const char *text;
  int value;
} name_t;

/* The first name of a number is the one that is printed. */
static const name_t families[] = {{"unspec", AF_UNSPEC},
                                  {"inet", AF_INET},
                                  {"inet6", AF_INET6},
                                  {"unix", AF_UNIX},
                                  {"ipx", AF_IPX},
                                  {"irda", AF_IRDA},
                                  {"bth", AF_BTH},
                                  {"netbios", AF_NETBIOS},
                                  {"from_protocol_info", -1},
                                  {NULL, 0}};
static const name_t types[] = {
    {"stream", SOCK_STREAM},       {"dgram", SOCK_DGRAM},      {"raw", SOCK_RAW}, {"rdm", SOCK_RDM},
    {"seqpacket", SOCK_SEQPACKET}, {"from_protocol_info", -1}, {NULL, 0}};
static const name_t protocols[] = {
    {"ip", IPPROTO_IP},   {"icmp", IPPROTO_ICMP}, {"igmp", IPPROTO_IGMP},     {"tcp", IPPROTO_TCP},
    {"udp", IPPROTO_UDP}, {"ipv6", IPPROTO_IPV6}, {"icmpv6", IPPROTO_ICMPV6}, {"rm", 113},
    {"raw", IPPROTO_RAW}, {"pgm", 113},           {"from_protocol_info", -1}, {NULL, 0}};

static const struct {
  const name_t *names;
  const char *prefix;
} kinds[] = {{families, "AF_"}, {types, "SOCK_"}, {protocols, "IPPROTO_"}};

bool probe_parse(probe_name_kind_t kind, const char *text, int *value)
{
  char *end;
  long number = strtol(text, &end, 0);

  if (end != text && !*end) {
    *value = (int)number;
    return true;
  }
  size_t prefix = strlen(kinds[kind].prefix);
  if (_strnicmp(text, kinds[kind].prefix, prefix) == 0)
    text += prefix;
  for (const name_t *name = kinds[kind].names; name->text != NULL; name++) {
    if (_stricmp(text, name->text) == 0) {
      *value = name->value;
      return true;
    }
  }
  return false;
}

const char *probe_name(probe_name_kind_t kind, int value)
{
  for (const name_t *name = kinds[kind].names; name->text != NULL; name++) {
    if (name->value == value)
      return name->text;
  }
  return NULL;
}

#define ERROR_NAME(error)                                                                                    \
  {                                                                                                          \
#error, error                                                                                            \
  }

const char *probe_error_name(int error)
{
  static const name_t errors[] = {ERROR_NAME(WSAEINTR),
                                  ERROR_NAME(WSAEBADF),
                                  ERROR_NAME(WSAEACCES),
                                  ERROR_NAME(WSAEFAULT),
                                  ERROR_NAME(WSAEINVAL),
                                  ERROR_NAME(WSAEMFILE),
                                  ERROR_NAME(WSAEWOULDBLOCK),
                                  ERROR_NAME(WSAEINPROGRESS),
                                  ERROR_NAME(WSAEALREADY),
                                  ERROR_NAME(WSAENOTSOCK),
                                  ERROR_NAME(WSAEDESTADDRREQ),
                                  ERROR_NAME(WSAEMSGSIZE),
                                  ERROR_NAME(WSAEPROTOTYPE),
                                  ERROR_NAME(WSAENOPROTOOPT),
                                  ERROR_NAME(WSAEPROTONOSUPPORT),
                                  ERROR_NAME(WSAESOCKTNOSUPPORT),
                                  ERROR_NAME(WSAEOPNOTSUPP),
                                  ERROR_NAME(WSAEPFNOSUPPORT),
                                  ERROR_NAME(WSAEAFNOSUPPORT),
                                  ERROR_NAME(WSAEADDRINUSE),
                                  ERROR_NAME(WSAEADDRNOTAVAIL),
                                  ERROR_NAME(WSAENETDOWN),
                                  ERROR_NAME(WSAENETUNREACH),
                                  ERROR_NAME(WSAENETRESET),
                                  ERROR_NAME(WSAECONNABORTED),
                                  ERROR_NAME(WSAECONNRESET),
                                  ERROR_NAME(WSAENOBUFS),
                                  ERROR_NAME(WSAEISCONN),
                                  ERROR_NAME(WSAENOTCONN),
                                  ERROR_NAME(WSAESHUTDOWN),
                                  ERROR_NAME(WSAETOOMANYREFS),
                                  ERROR_NAME(WSAETIMEDOUT),
                                  ERROR_NAME(WSAECONNREFUSED),
                                  ERROR_NAME(WSAEHOSTDOWN),
                                  ERROR_NAME(WSAEHOSTUNREACH),
                                  ERROR_NAME(WSAEPROCLIM),
                                  ERROR_NAME(WSASYSNOTREADY),
                                  ERROR_NAME(WSAVERNOTSUPPORTED),
                                  ERROR_NAME(WSANOTINITIALISED),
                                  ERROR_NAME(WSAEDISCON),
                                  ERROR_NAME(WSAECANCELLED),
                                  ERROR_NAME(WSAEINVALIDPROCTABLE),
                                  ERROR_NAME(WSAEINVALIDPROVIDER),
                                  ERROR_NAME(WSAEPROVIDERFAILEDINIT),
                                  ERROR_NAME(WSASYSCALLFAILURE),
                                  ERROR_NAME(WSAEREFUSED),
                                  {NULL, 0}};

  for (const name_t *name = errors; name->text != NULL; name++) {
    if (name->value == error)
      return name->text;
  }
  return NULL;
}
