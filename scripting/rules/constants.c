#include "constants.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nearest_name.h"
#include "text_match.h"

/* Winsock's numbers, on every platform (tests/unit/scripting compares them with the Windows headers). Where
 * two names share a number, the first is the one shown to people. */
static const constant_t families[] = {
    {"AF_UNSPEC", 0},     {"AF_UNIX", 1},     {"AF_INET", 2},        {"AF_IMPLINK", 3},
    {"AF_PUP", 4},        {"AF_CHAOS", 5},    {"AF_IPX", 6},         {"AF_NS", 6},
    {"AF_ISO", 7},        {"AF_OSI", 7},      {"AF_ECMA", 8},        {"AF_DATAKIT", 9},
    {"AF_CCITT", 10},     {"AF_SNA", 11},     {"AF_DECnet", 12},     {"AF_DLI", 13},
    {"AF_LAT", 14},       {"AF_HYLINK", 15},  {"AF_APPLETALK", 16},  {"AF_NETBIOS", 17},
    {"AF_VOICEVIEW", 18}, {"AF_FIREFOX", 19}, {"AF_UNKNOWN1", 20},   {"AF_BAN", 21},
    {"AF_ATM", 22},       {"AF_INET6", 23},   {"AF_CLUSTER", 24},    {"AF_12844", 25},
    {"AF_IRDA", 26},      {"AF_NETDES", 28},  {"AF_TCNPROCESS", 29}, {"AF_TCNMESSAGE", 30},
    {"AF_ICLFXBM", 31},   {"AF_BTH", 32},     {"AF_LINK", 33},       {"AF_HYPERV", 34},
};

static const constant_t types[] = {
    {"SOCK_STREAM", 1}, {"SOCK_DGRAM", 2}, {"SOCK_RAW", 3}, {"SOCK_RDM", 4}, {"SOCK_SEQPACKET", 5},
};

static const constant_t protocols[] = {
    {"IPPROTO_IP", 0},       {"IPPROTO_HOPOPTS", 0},   {"IPPROTO_ICMP", 1},     {"IPPROTO_IGMP", 2},
    {"IPPROTO_GGP", 3},      {"IPPROTO_IPV4", 4},      {"IPPROTO_ST", 5},       {"IPPROTO_TCP", 6},
    {"IPPROTO_CBT", 7},      {"IPPROTO_EGP", 8},       {"IPPROTO_IGP", 9},      {"IPPROTO_PUP", 12},
    {"IPPROTO_UDP", 17},     {"IPPROTO_IDP", 22},      {"IPPROTO_RDP", 27},     {"IPPROTO_IPV6", 41},
    {"IPPROTO_ROUTING", 43}, {"IPPROTO_FRAGMENT", 44}, {"IPPROTO_ESP", 50},     {"IPPROTO_AH", 51},
    {"IPPROTO_ICMPV6", 58},  {"IPPROTO_NONE", 59},     {"IPPROTO_DSTOPTS", 60}, {"IPPROTO_ND", 77},
    {"IPPROTO_ICLFXBM", 78}, {"IPPROTO_PIM", 103},     {"IPPROTO_PGM", 113},    {"IPPROTO_L2TP", 115},
    {"IPPROTO_SCTP", 132},   {"IPPROTO_RAW", 255},
};

static const constant_t flags[] = {
    {"WSA_FLAG_OVERLAPPED", 1},          {"WSA_FLAG_MULTIPOINT_C_ROOT", 2},
    {"WSA_FLAG_MULTIPOINT_C_LEAF", 4},   {"WSA_FLAG_MULTIPOINT_D_ROOT", 8},
    {"WSA_FLAG_MULTIPOINT_D_LEAF", 16},  {"WSA_FLAG_ACCESS_SYSTEM_SECURITY", 64},
    {"WSA_FLAG_NO_HANDLE_INHERIT", 128}, {"WSA_FLAG_REGISTERED_IO", 256},
};

static const constant_t errors[] = {
    {"WSAEINTR", 10004},
    {"WSAEBADF", 10009},
    {"WSAEACCES", 10013},
    {"WSAEFAULT", 10014},
    {"WSAEINVAL", 10022},
    {"WSAEMFILE", 10024},
    {"WSAEWOULDBLOCK", 10035},
    {"WSAEINPROGRESS", 10036},
    {"WSAEALREADY", 10037},
    {"WSAENOTSOCK", 10038},
    {"WSAEDESTADDRREQ", 10039},
    {"WSAEMSGSIZE", 10040},
    {"WSAEPROTOTYPE", 10041},
    {"WSAENOPROTOOPT", 10042},
    {"WSAEPROTONOSUPPORT", 10043},
    {"WSAESOCKTNOSUPPORT", 10044},
    {"WSAEOPNOTSUPP", 10045},
    {"WSAEPFNOSUPPORT", 10046},
    {"WSAEAFNOSUPPORT", 10047},
    {"WSAEADDRINUSE", 10048},
    {"WSAEADDRNOTAVAIL", 10049},
    {"WSAENETDOWN", 10050},
    {"WSAENETUNREACH", 10051},
    {"WSAENETRESET", 10052},
    {"WSAECONNABORTED", 10053},
    {"WSAECONNRESET", 10054},
    {"WSAENOBUFS", 10055},
    {"WSAEISCONN", 10056},
    {"WSAENOTCONN", 10057},
    {"WSAESHUTDOWN", 10058},
    {"WSAETOOMANYREFS", 10059},
    {"WSAETIMEDOUT", 10060},
    {"WSAECONNREFUSED", 10061},
    {"WSAELOOP", 10062},
    {"WSAENAMETOOLONG", 10063},
    {"WSAEHOSTDOWN", 10064},
    {"WSAEHOSTUNREACH", 10065},
    {"WSAENOTEMPTY", 10066},
    {"WSAEPROCLIM", 10067},
    {"WSAEUSERS", 10068},
    {"WSAEDQUOT", 10069},
    {"WSAESTALE", 10070},
    {"WSAEREMOTE", 10071},
    {"WSASYSNOTREADY", 10091},
    {"WSAVERNOTSUPPORTED", 10092},
    {"WSANOTINITIALISED", 10093},
    {"WSAEDISCON", 10101},
    {"WSAENOMORE", 10102},
    {"WSAECANCELLED", 10103},
    {"WSAEINVALIDPROCTABLE", 10104},
    {"WSAEINVALIDPROVIDER", 10105},
    {"WSAEPROVIDERFAILEDINIT", 10106},
    {"WSASYSCALLFAILURE", 10107},
    {"WSASERVICE_NOT_FOUND", 10108},
    {"WSATYPE_NOT_FOUND", 10109},
    {"WSA_E_NO_MORE", 10110},
    {"WSA_E_CANCELLED", 10111},
    {"WSAEREFUSED", 10112},
    {"WSAHOST_NOT_FOUND", 11001},
    {"WSATRY_AGAIN", 11002},
    {"WSANO_RECOVERY", 11003},
    {"WSANO_DATA", 11004},
};

#define GROUP(prefix, table)                                                                                 \
  {                                                                                                          \
    prefix, table, sizeof table / sizeof table[0]                                                            \
  }

static const struct {
  const char *prefix;
  const constant_t *constants;
  size_t count;
} groups[POLICY_CONSTANTS_COUNT] = {
    [POLICY_CONSTANTS_AF] = GROUP("AF_", families),
    [POLICY_CONSTANTS_TYPE] = GROUP("SOCK_", types),
    [POLICY_CONSTANTS_PROTOCOL] = GROUP("IPPROTO_", protocols),
    [POLICY_CONSTANTS_FLAG] = GROUP("WSA_FLAG_", flags),
    [POLICY_CONSTANTS_ERROR] = GROUP("WSA", errors),
};

const constant_t *constants_of(policy_constants_t group, size_t *count)
{
  *count = groups[group].count;
  return groups[group].constants;
}

const char *policy_constant_name(policy_constants_t group, int32_t value)
{
  for (size_t i = 0; i < groups[group].count; i++)
    if (groups[group].constants[i].value == value)
      return groups[group].constants[i].name;
  return NULL;
}

static bool constants__parse_number(const char *text, int32_t *value)
{
  char *end;

  if (!isdigit((unsigned char)text[text[0] == '-']))
    return false;
  long long number = strtoll(text, &end, 10);
  if (*end || number < INT32_MIN || number > INT32_MAX)
    return false;
  *value = (int32_t)number;
  return true;
}

bool policy_constant_value(policy_constants_t group, const char *name, int32_t *value,
                           const char **nearest_constant)
{
  nearest_name_t nearest = nearest_name_to(name);
  size_t prefix = strlen(groups[group].prefix);

  if (nearest_constant != NULL)
    *nearest_constant = NULL;
  if (constants__parse_number(name, value))
    return true;
  for (size_t i = 0; i < groups[group].count; i++) {
    const constant_t *constant = &groups[group].constants[i];

    if (text_same(name, constant->name) || text_same(name, constant->name + prefix)) {
      *value = constant->value;
      return true;
    }
    nearest_name_offer(&nearest, constant->name);
    if (nearest_name_offer(&nearest, constant->name + prefix))
      nearest.name = constant->name;
  }
  if (nearest_constant != NULL)
    *nearest_constant = nearest.name;
  return false;
}

int32_t policy_default_protocol(int32_t af, int32_t type)
{
  enum { UNIX = 1, INET = 2, INET6 = 23, BTH = 32, HYPERV = 34, STREAM = 1, DGRAM = 2, RDM = 4 };
  enum { TCP = 6, UDP = 17, PGM = 113, RFCOMM = 3, HV_RAW = 1 };

  if (af == INET && type == RDM)
    return PGM; /* Windows' reliable multicast */
  if (af == INET || af == INET6)
    return type == STREAM ? TCP : type == DGRAM ? UDP : 0;
  if (af == BTH && type == STREAM)
    return RFCOMM;
  if (af == HYPERV && type == STREAM)
    return HV_RAW;
  return 0;
}

bool policy_error_may_reject(int32_t code)
{
  enum { INPROGRESS = 10036 };

  return code != INPROGRESS && policy_constant_name(POLICY_CONSTANTS_ERROR, code) != NULL;
}
