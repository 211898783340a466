/* The constants of the language: names, numbers, suggestions. A Windows build compares them with Windows'
 * headers. */
#include "fixture.h"

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#endif

#include "constants.h"

static void names_and_numbers(void **state)
{
  static const struct {
    policy_constants_t words;
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

    if (!policy_constant_value(cases[i].words, cases[i].name, &value, NULL) || value != cases[i].value)
      fail_msg("%s is %d", cases[i].name, (int)value);
  }
}

static void what_is_no_name(void **state)
{
  static const struct {
    policy_constants_t words;
    const char *name, *suggestion;
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
    const char *suggestion = "unset";

    assert_false(policy_constant_value(cases[i].words, cases[i].name, &value, &suggestion));
    if (cases[i].suggestion != NULL ? suggestion == NULL || strcmp(suggestion, cases[i].suggestion)
                                    : suggestion != NULL)
      fail_msg("%s: %s", cases[i].name, suggestion != NULL ? suggestion : "no suggestion");
  }
}

static void every_word_leads_to_its_number_and_back(void **state)
{
  (void)state;
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const word_t *words = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++) {
      int32_t value;

      assert_true(policy_constant_value((policy_constants_t)group, words[i].name, &value, NULL));
      assert_int_equal(value, words[i].value);
      const char *name = policy_constant_name((policy_constants_t)group, value);
      assert_non_null(name);
      assert_true(policy_constant_value((policy_constants_t)group, name, &value, NULL));
      assert_int_equal(value, words[i].value);
      assert_true(i == 0 || words[i - 1].value <= words[i].value); /* "in the order of their values" */
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
#define WORD(name)                                                                                           \
  {                                                                                                          \
#name, name                                                                                              \
  }

static void as_in_the_windows_headers(void **state)
{
  static const word_t headers[] = {
      WORD(AF_UNSPEC),
      WORD(AF_UNIX),
      WORD(AF_INET),
      WORD(AF_IMPLINK),
      WORD(AF_PUP),
      WORD(AF_CHAOS),
      WORD(AF_IPX),
      WORD(AF_NS),
      WORD(AF_ISO),
      WORD(AF_OSI),
      WORD(AF_ECMA),
      WORD(AF_DATAKIT),
      WORD(AF_CCITT),
      WORD(AF_SNA),
      WORD(AF_DECnet),
      WORD(AF_DLI),
      WORD(AF_LAT),
      WORD(AF_HYLINK),
      WORD(AF_APPLETALK),
      WORD(AF_NETBIOS),
      WORD(AF_VOICEVIEW),
      WORD(AF_FIREFOX),
      WORD(AF_UNKNOWN1),
      WORD(AF_BAN),
      WORD(AF_ATM),
      WORD(AF_INET6),
      WORD(AF_CLUSTER),
      WORD(AF_12844),
      WORD(AF_IRDA),
      WORD(AF_NETDES),
      WORD(AF_TCNPROCESS),
      WORD(AF_TCNMESSAGE),
      WORD(AF_ICLFXBM),
      WORD(AF_BTH),
#ifdef AF_LINK
      WORD(AF_LINK),
#endif
#ifdef AF_HYPERV
      WORD(AF_HYPERV),
#endif
      WORD(SOCK_STREAM),
      WORD(SOCK_DGRAM),
      WORD(SOCK_RAW),
      WORD(SOCK_RDM),
      WORD(SOCK_SEQPACKET),
      WORD(IPPROTO_IP),
      WORD(IPPROTO_HOPOPTS),
      WORD(IPPROTO_ICMP),
      WORD(IPPROTO_IGMP),
      WORD(IPPROTO_GGP),
      WORD(IPPROTO_IPV4),
      WORD(IPPROTO_ST),
      WORD(IPPROTO_TCP),
      WORD(IPPROTO_CBT),
      WORD(IPPROTO_EGP),
      WORD(IPPROTO_IGP),
      WORD(IPPROTO_PUP),
      WORD(IPPROTO_UDP),
      WORD(IPPROTO_IDP),
      WORD(IPPROTO_RDP),
      WORD(IPPROTO_IPV6),
      WORD(IPPROTO_ROUTING),
      WORD(IPPROTO_FRAGMENT),
      WORD(IPPROTO_ESP),
      WORD(IPPROTO_AH),
      WORD(IPPROTO_ICMPV6),
      WORD(IPPROTO_NONE),
      WORD(IPPROTO_DSTOPTS),
      WORD(IPPROTO_ND),
      WORD(IPPROTO_ICLFXBM),
      WORD(IPPROTO_PIM),
      WORD(IPPROTO_PGM),
      WORD(IPPROTO_L2TP),
      WORD(IPPROTO_SCTP),
      WORD(IPPROTO_RAW),
      WORD(WSA_FLAG_OVERLAPPED),
      WORD(WSA_FLAG_MULTIPOINT_C_ROOT),
      WORD(WSA_FLAG_MULTIPOINT_C_LEAF),
      WORD(WSA_FLAG_MULTIPOINT_D_ROOT),
      WORD(WSA_FLAG_MULTIPOINT_D_LEAF),
      WORD(WSA_FLAG_ACCESS_SYSTEM_SECURITY),
      WORD(WSA_FLAG_NO_HANDLE_INHERIT),
#ifdef WSA_FLAG_REGISTERED_IO
      WORD(WSA_FLAG_REGISTERED_IO),
#endif
      WORD(WSAEINTR),
      WORD(WSAEBADF),
      WORD(WSAEACCES),
      WORD(WSAEFAULT),
      WORD(WSAEINVAL),
      WORD(WSAEMFILE),
      WORD(WSAEWOULDBLOCK),
      WORD(WSAEINPROGRESS),
      WORD(WSAEALREADY),
      WORD(WSAENOTSOCK),
      WORD(WSAEDESTADDRREQ),
      WORD(WSAEMSGSIZE),
      WORD(WSAEPROTOTYPE),
      WORD(WSAENOPROTOOPT),
      WORD(WSAEPROTONOSUPPORT),
      WORD(WSAESOCKTNOSUPPORT),
      WORD(WSAEOPNOTSUPP),
      WORD(WSAEPFNOSUPPORT),
      WORD(WSAEAFNOSUPPORT),
      WORD(WSAEADDRINUSE),
      WORD(WSAEADDRNOTAVAIL),
      WORD(WSAENETDOWN),
      WORD(WSAENETUNREACH),
      WORD(WSAENETRESET),
      WORD(WSAECONNABORTED),
      WORD(WSAECONNRESET),
      WORD(WSAENOBUFS),
      WORD(WSAEISCONN),
      WORD(WSAENOTCONN),
      WORD(WSAESHUTDOWN),
      WORD(WSAETOOMANYREFS),
      WORD(WSAETIMEDOUT),
      WORD(WSAECONNREFUSED),
      WORD(WSAELOOP),
      WORD(WSAENAMETOOLONG),
      WORD(WSAEHOSTDOWN),
      WORD(WSAEHOSTUNREACH),
      WORD(WSAENOTEMPTY),
      WORD(WSAEPROCLIM),
      WORD(WSAEUSERS),
      WORD(WSAEDQUOT),
      WORD(WSAESTALE),
      WORD(WSAEREMOTE),
      WORD(WSASYSNOTREADY),
      WORD(WSAVERNOTSUPPORTED),
      WORD(WSANOTINITIALISED),
      WORD(WSAEDISCON),
      WORD(WSAENOMORE),
      WORD(WSAECANCELLED),
      WORD(WSAEINVALIDPROCTABLE),
      WORD(WSAEINVALIDPROVIDER),
      WORD(WSAEPROVIDERFAILEDINIT),
      WORD(WSASYSCALLFAILURE),
      WORD(WSASERVICE_NOT_FOUND),
      WORD(WSATYPE_NOT_FOUND),
      WORD(WSA_E_NO_MORE),
      WORD(WSA_E_CANCELLED),
      WORD(WSAEREFUSED),
      WORD(WSAHOST_NOT_FOUND),
      WORD(WSATRY_AGAIN),
      WORD(WSANO_RECOVERY),
      WORD(WSANO_DATA),
  };
  (void)state;
  for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
    bool found = false;
    for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
      size_t count;
      const word_t *words = constants_of((policy_constants_t)group, &count);
      for (size_t n = 0; n < count; n++)
        found |= strcmp(words[n].name, headers[i].name) == 0 && words[n].value == headers[i].value;
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
    cmocka_unit_test(what_is_no_name),
    cmocka_unit_test(every_word_leads_to_its_number_and_back),
    cmocka_unit_test(default_protocols),
    cmocka_unit_test(codes_to_reject_with),
#if defined(_WIN32)
    cmocka_unit_test(as_in_the_windows_headers),
#endif
  };

  return cmocka_run_group_tests_name("constants", tests, NULL, NULL);
}
