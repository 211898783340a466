/* The constants of the language: their names and numbers, and what was meant by a misspelt one. A Windows
 * build compares them with Windows' headers. */
#include "fixture.h"

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#endif

#include "constants.h"

static void names_and_numbers(void **state)
{
  static const struct {
    policy_constants_t group;
    const char *name;
    int32_t value;
  } cases[] = {
      {POLICY_CONSTANTS_AF, "AF_INET6", 23},
      {POLICY_CONSTANTS_AF, "inet6", 23},
      {POLICY_CONSTANTS_AF, "INET", 2},
      {POLICY_CONSTANTS_AF, "af_inet", 2},
      {POLICY_CONSTANTS_AF, "99", 99},
      {POLICY_CONSTANTS_AF, "-1", -1},
      {POLICY_CONSTANTS_TYPE, "raw", 3},
      {POLICY_CONSTANTS_TYPE, "SOCK_STREAM", 1},
      {POLICY_CONSTANTS_PROTOCOL, "icmp", 1},
      {POLICY_CONSTANTS_PROTOCOL, "tcp", 6},
      {POLICY_CONSTANTS_PROTOCOL, "icmpv6", 58},
      {POLICY_CONSTANTS_FLAG, "overlapped", 1},
      {POLICY_CONSTANTS_ERROR, "WSAEACCES", 10013},
      {POLICY_CONSTANTS_ERROR, "EACCES", 10013},
      {POLICY_CONSTANTS_FLAG, "WSA_FLAG_OVERLAPPED", 1},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    int32_t value = -99;

    if (!policy_constant_value(cases[i].group, cases[i].name, &value, NULL) || value != cases[i].value)
      fail_msg("%s is %d", cases[i].name, (int)value);
  }
}

static void unknown_names(void **state)
{
  static const struct {
    policy_constants_t group;
    const char *name, *nearest;
  } cases[] = {
      {POLICY_CONSTANTS_AF, "AF_INET66", "AF_INET6"},
      {POLICY_CONSTANTS_AF, "inte6", "AF_INET6"},
      {POLICY_CONSTANTS_TYPE, "steam", "SOCK_STREAM"},
      {POLICY_CONSTANTS_TYPE, "SOCK_DRGAM", "SOCK_DGRAM"},
      {POLICY_CONSTANTS_PROTOCOL, "icpm", "IPPROTO_ICMP"},
      {POLICY_CONSTANTS_ERROR, "WSAEACCESS", "WSAEACCES"},
      {POLICY_CONSTANTS_AF, "nothing like it", NULL},
      {POLICY_CONSTANTS_AF, "", NULL},
      {POLICY_CONSTANTS_AF, "-", NULL},
      {POLICY_CONSTANTS_AF, "1x", NULL},
      {POLICY_CONSTANTS_AF, "99999999999", NULL},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    int32_t value;
    const char *nearest = "unset";

    assert_false(policy_constant_value(cases[i].group, cases[i].name, &value, &nearest));
    if (cases[i].nearest != NULL ? nearest == NULL || strcmp(nearest, cases[i].nearest) : nearest != NULL)
      fail_msg("%s: %s", cases[i].name, nearest != NULL ? nearest : "nothing near");
  }
}

static void every_constant_leads_to_its_number_and_back(void **state)
{
  (void)state;
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const constant_t *constants = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++) {
      int32_t value;

      assert_true(policy_constant_value((policy_constants_t)group, constants[i].name, &value, NULL));
      assert_int_equal(value, constants[i].value);
      const char *name = policy_constant_name((policy_constants_t)group, value);
      assert_non_null(name);
      assert_true(policy_constant_value((policy_constants_t)group, name, &value, NULL));
      assert_int_equal(value, constants[i].value);
      assert_true(i == 0 ||
                  constants[i - 1].value <= constants[i].value); /* "in the order of their values" */
    }
  }
  assert_null(policy_constant_name(POLICY_CONSTANTS_AF, 9999));
}

static void default_protocols(void **state)
{
  static const struct {
    policy_triple_t triple;
  } cases[] = {
      {{INET, STREAM, TCP}}, {{INET, DGRAM, UDP}}, {{INET, RAW, 0}},    {{INET6, STREAM, TCP}},
      {{INET6, DGRAM, UDP}}, {{INET6, RAW, 0}},    {{UNIX, STREAM, 0}}, {{32, STREAM, 3}},
      {{34, STREAM, 1}},     {{INET, 4, 113}},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    assert_int_equal(policy_default_protocol(cases[i].triple.af, cases[i].triple.type),
                     cases[i].triple.protocol);
}

static void codes_to_reject_with(void **state)
{
  (void)state;
  assert_true(policy_error_may_reject(10013));
  assert_true(policy_error_may_reject(10047));
  assert_true(policy_error_may_reject(10050));
  assert_false(policy_error_may_reject(10036)); /* WSAEINPROGRESS: ws2_32 goes on to the base provider */
  assert_false(policy_error_may_reject(0));
  assert_false(policy_error_may_reject(997)); /* WSA_IO_PENDING */
  assert_false(policy_error_may_reject(-1));
  assert_false(policy_error_may_reject(10000));
}

#if defined(_WIN32)
#define CONSTANT(name)                                                                                       \
  {                                                                                                          \
#name, name                                                                                              \
  }

static void as_in_the_windows_headers(void **state)
{
  static const constant_t headers[] = {
      CONSTANT(AF_UNSPEC),
      CONSTANT(AF_UNIX),
      CONSTANT(AF_INET),
      CONSTANT(AF_IMPLINK),
      CONSTANT(AF_PUP),
      CONSTANT(AF_CHAOS),
      CONSTANT(AF_IPX),
      CONSTANT(AF_NS),
      CONSTANT(AF_ISO),
      CONSTANT(AF_OSI),
      CONSTANT(AF_ECMA),
      CONSTANT(AF_DATAKIT),
      CONSTANT(AF_CCITT),
      CONSTANT(AF_SNA),
      CONSTANT(AF_DECnet),
      CONSTANT(AF_DLI),
      CONSTANT(AF_LAT),
      CONSTANT(AF_HYLINK),
      CONSTANT(AF_APPLETALK),
      CONSTANT(AF_NETBIOS),
      CONSTANT(AF_VOICEVIEW),
      CONSTANT(AF_FIREFOX),
      CONSTANT(AF_UNKNOWN1),
      CONSTANT(AF_BAN),
      CONSTANT(AF_ATM),
      CONSTANT(AF_INET6),
      CONSTANT(AF_CLUSTER),
      CONSTANT(AF_12844),
      CONSTANT(AF_IRDA),
      CONSTANT(AF_NETDES),
      CONSTANT(AF_TCNPROCESS),
      CONSTANT(AF_TCNMESSAGE),
      CONSTANT(AF_ICLFXBM),
      CONSTANT(AF_BTH),
#ifdef AF_LINK
      CONSTANT(AF_LINK),
#endif
#ifdef AF_HYPERV
      CONSTANT(AF_HYPERV),
#endif
      CONSTANT(SOCK_STREAM),
      CONSTANT(SOCK_DGRAM),
      CONSTANT(SOCK_RAW),
      CONSTANT(SOCK_RDM),
      CONSTANT(SOCK_SEQPACKET),
      CONSTANT(IPPROTO_IP),
      CONSTANT(IPPROTO_HOPOPTS),
      CONSTANT(IPPROTO_ICMP),
      CONSTANT(IPPROTO_IGMP),
      CONSTANT(IPPROTO_GGP),
      CONSTANT(IPPROTO_IPV4),
      CONSTANT(IPPROTO_ST),
      CONSTANT(IPPROTO_TCP),
      CONSTANT(IPPROTO_CBT),
      CONSTANT(IPPROTO_EGP),
      CONSTANT(IPPROTO_IGP),
      CONSTANT(IPPROTO_PUP),
      CONSTANT(IPPROTO_UDP),
      CONSTANT(IPPROTO_IDP),
      CONSTANT(IPPROTO_RDP),
      CONSTANT(IPPROTO_IPV6),
      CONSTANT(IPPROTO_ROUTING),
      CONSTANT(IPPROTO_FRAGMENT),
      CONSTANT(IPPROTO_ESP),
      CONSTANT(IPPROTO_AH),
      CONSTANT(IPPROTO_ICMPV6),
      CONSTANT(IPPROTO_NONE),
      CONSTANT(IPPROTO_DSTOPTS),
      CONSTANT(IPPROTO_ND),
      CONSTANT(IPPROTO_ICLFXBM),
      CONSTANT(IPPROTO_PIM),
      CONSTANT(IPPROTO_PGM),
      CONSTANT(IPPROTO_L2TP),
      CONSTANT(IPPROTO_SCTP),
      CONSTANT(IPPROTO_RAW),
      CONSTANT(WSA_FLAG_OVERLAPPED),
      CONSTANT(WSA_FLAG_MULTIPOINT_C_ROOT),
      CONSTANT(WSA_FLAG_MULTIPOINT_C_LEAF),
      CONSTANT(WSA_FLAG_MULTIPOINT_D_ROOT),
      CONSTANT(WSA_FLAG_MULTIPOINT_D_LEAF),
      CONSTANT(WSA_FLAG_ACCESS_SYSTEM_SECURITY),
      CONSTANT(WSA_FLAG_NO_HANDLE_INHERIT),
#ifdef WSA_FLAG_REGISTERED_IO
      CONSTANT(WSA_FLAG_REGISTERED_IO),
#endif
      CONSTANT(WSAEINTR),
      CONSTANT(WSAEBADF),
      CONSTANT(WSAEACCES),
      CONSTANT(WSAEFAULT),
      CONSTANT(WSAEINVAL),
      CONSTANT(WSAEMFILE),
      CONSTANT(WSAEWOULDBLOCK),
      CONSTANT(WSAEINPROGRESS),
      CONSTANT(WSAEALREADY),
      CONSTANT(WSAENOTSOCK),
      CONSTANT(WSAEDESTADDRREQ),
      CONSTANT(WSAEMSGSIZE),
      CONSTANT(WSAEPROTOTYPE),
      CONSTANT(WSAENOPROTOOPT),
      CONSTANT(WSAEPROTONOSUPPORT),
      CONSTANT(WSAESOCKTNOSUPPORT),
      CONSTANT(WSAEOPNOTSUPP),
      CONSTANT(WSAEPFNOSUPPORT),
      CONSTANT(WSAEAFNOSUPPORT),
      CONSTANT(WSAEADDRINUSE),
      CONSTANT(WSAEADDRNOTAVAIL),
      CONSTANT(WSAENETDOWN),
      CONSTANT(WSAENETUNREACH),
      CONSTANT(WSAENETRESET),
      CONSTANT(WSAECONNABORTED),
      CONSTANT(WSAECONNRESET),
      CONSTANT(WSAENOBUFS),
      CONSTANT(WSAEISCONN),
      CONSTANT(WSAENOTCONN),
      CONSTANT(WSAESHUTDOWN),
      CONSTANT(WSAETOOMANYREFS),
      CONSTANT(WSAETIMEDOUT),
      CONSTANT(WSAECONNREFUSED),
      CONSTANT(WSAELOOP),
      CONSTANT(WSAENAMETOOLONG),
      CONSTANT(WSAEHOSTDOWN),
      CONSTANT(WSAEHOSTUNREACH),
      CONSTANT(WSAENOTEMPTY),
      CONSTANT(WSAEPROCLIM),
      CONSTANT(WSAEUSERS),
      CONSTANT(WSAEDQUOT),
      CONSTANT(WSAESTALE),
      CONSTANT(WSAEREMOTE),
      CONSTANT(WSASYSNOTREADY),
      CONSTANT(WSAVERNOTSUPPORTED),
      CONSTANT(WSANOTINITIALISED),
      CONSTANT(WSAEDISCON),
      CONSTANT(WSAENOMORE),
      CONSTANT(WSAECANCELLED),
      CONSTANT(WSAEINVALIDPROCTABLE),
      CONSTANT(WSAEINVALIDPROVIDER),
      CONSTANT(WSAEPROVIDERFAILEDINIT),
      CONSTANT(WSASYSCALLFAILURE),
      CONSTANT(WSASERVICE_NOT_FOUND),
      CONSTANT(WSATYPE_NOT_FOUND),
      CONSTANT(WSA_E_NO_MORE),
      CONSTANT(WSA_E_CANCELLED),
      CONSTANT(WSAEREFUSED),
      CONSTANT(WSAHOST_NOT_FOUND),
      CONSTANT(WSATRY_AGAIN),
      CONSTANT(WSANO_RECOVERY),
      CONSTANT(WSANO_DATA),
  };
  (void)state;
  for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
    bool found = false;
    for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
      size_t count;
      const constant_t *constants = constants_of((policy_constants_t)group, &count);
      for (size_t n = 0; n < count; n++)
        found |= strcmp(constants[n].name, headers[i].name) == 0 && constants[n].value == headers[i].value;
    }
    if (!found)
      fail_msg("%s is not %d", headers[i].name, (int)headers[i].value);
  }
}
#endif

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_and_numbers),
    cmocka_unit_test(unknown_names),
    cmocka_unit_test(every_constant_leads_to_its_number_and_back),
    cmocka_unit_test(default_protocols),
    cmocka_unit_test(codes_to_reject_with),
#if defined(_WIN32)
    cmocka_unit_test(as_in_the_windows_headers),
#endif
  };

  return cmocka_run_group_tests_name("constants", tests, NULL, NULL);
}
