/* Every call that the replaced functions make, below or to an upcall, fails in turn, with every error: the
 * caller sees that error (WSAENETDOWN where none was set), what was made is closed, and the same call works
 * again afterwards. WSPStartup's own calls: test_startup.c. */
#include <string.h>
#include "session.h"

typedef INT call_t(const WSPPROC_TABLE *table, INT *error);

static INT make_socket(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPSocket(AF_INET, SOCK_STREAM, 0, fake_catalog_info(ID_OUR_TCP4), 0, 0, error) ==
                 INVALID_SOCKET
             ? SOCKET_ERROR
             : 0;
}

static INT make_rewritten(const WSPPROC_TABLE *table, INT *error)
{
  fake_policy.action = POLICY_REWRITE;
  fake_policy.triple = (policy_triple_t){AF_INET, SOCK_DGRAM, IPPROTO_UDP};
  INT result = make_socket(table, error);
  fake_policy.action = POLICY_ALLOW;
  return result;
}

static INT make_accepted(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPAccept(50, NULL, NULL, NULL, 0, error) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static INT make_joined(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPJoinLeaf(50, NULL, 0, NULL, NULL, NULL, NULL, 0, error) == INVALID_SOCKET ? SOCKET_ERROR
                                                                                               : 0;
}

static INT duplicate(const WSPPROC_TABLE *table, INT *error)
{
  WSAPROTOCOL_INFOW info;

  fake_base.answer = *fake_catalog_info(ID_TCP4);
  return table->lpWSPDuplicateSocket(50, 1, &info, error);
}

static INT to_string(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPAddressToString(NULL, 0, NULL, NULL, NULL, error);
}

static INT to_address(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPStringToAddress(NULL, AF_INET, NULL, NULL, NULL, error);
}

static INT ask_info(const WSPPROC_TABLE *table, INT *error)
{
  WSAPROTOCOL_INFOW info;
  INT length = sizeof info;

  fake_base.answer = *fake_catalog_info(ID_TCP4);
  return table->lpWSPGetSockOpt(50, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &length, error);
}

static const struct replaced {
  const char *name;
  call_t *call;
  bool makes;     /* a socket, which is labelled */
  bool rewritten; /* a code on which ws2_32 would go on with the old triple must not come back */
} functions[] = {
    {"WSPSocket", make_socket, true, false},          {"WSPSocket, rewritten", make_rewritten, true, true},
    {"WSPAccept", make_accepted, true, false},        {"WSPJoinLeaf", make_joined, true, false},
    {"WSPDuplicateSocket", duplicate, false, false},  {"WSPAddressToString", to_string, false, false},
    {"WSPStringToAddress", to_address, false, false}, {"WSPGetSockOpt", ask_info, false, false}};

static const INT errors[] = {WSAENETDOWN,     WSAENOBUFS,     WSAEMFILE,     WSAEACCES,
                             WSAEAFNOSUPPORT, WSAEINVAL,      WSAENOTSOCK,   WSAEFAULT,
                             WSAEWOULDBLOCK,  WSAEINPROGRESS, WSAECONNRESET, 0};

enum { FUNCTIONS = sizeof functions / sizeof functions[0], ERRORS = sizeof errors / sizeof errors[0] };

static INT wanted(const struct replaced *function, INT error)
{
  if (error == WSAEINPROGRESS && function->rewritten)
    return WSAEPROTONOSUPPORT;
  return error != 0 ? error : WSAENETDOWN;
}

/* Once more with nothing failing. */
static void check_works(const struct replaced *function, const WSPPROC_TABLE *table)
{
  INT error = 12345;

  if (function->call(table, &error) != 0 || error != 12345)
    fail_msg("%s does not work afterwards: %d", function->name, error);
}

static void the_call_below_fails(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (int f = 0; f < FUNCTIONS; f++)
    for (int e = 0; e < ERRORS; e++) {
      INT error = 12345;

      fake_base.fails = true;
      fake_base.socket = INVALID_SOCKET;
      fake_base.error = errors[e];
      int modifies = fake_host.modifies;
      if (functions[f].call(&table, &error) != SOCKET_ERROR || error != wanted(&functions[f], errors[e]))
        fail_msg("%s, error %d below: %d", functions[f].name, errors[e], error);
      assert_int_equal(fake_host.modifies, modifies); /* nothing to label, */
      assert_int_equal(fake_base.closes, 0);          /* nothing to close */
      assert_int_equal(functions[f].call(&table, NULL), SOCKET_ERROR);
      fake_base.fails = false;
      fake_base.socket = 100;
      check_works(&functions[f], &table);
    }
  session_end(&table);
}

static void labelling_fails(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (int f = 0; f < FUNCTIONS; f++)
    for (int e = 0; functions[f].makes && e < ERRORS; e++)
      for (int closing = 0; closing < 2; closing++) { /* and closing, which sets another error */
        INT error = 12345;
        int closes = fake_base.closes;

        fake_host.modify_error = errors[e] != 0 ? errors[e] : WSAEINVAL;
        fake_host.modify_error_unset = errors[e] == 0;
        fake_base.close_error = closing ? WSAESHUTDOWN : 0;
        if (functions[f].call(&table, &error) != SOCKET_ERROR || error != wanted(&functions[f], errors[e]))
          fail_msg("%s, WPUModifyIFSHandle's error %d: %d", functions[f].name, errors[e], error);
        assert_int_equal(fake_base.closes, closes + 1); /* the handle from below is not left */
        assert_int_equal(fake_base.closed, 100);
        fake_host.modify_error = 0;
        fake_host.modify_error_unset = false;
        check_works(&functions[f], &table);
      }
  session_end(&table);
}

static void the_sibling_of_a_rewrite_does_not_start(void **state)
{
  (void)state;
  for (int e = 0; e < ERRORS; e++) {
    WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
    INT error = 12345;

    if (errors[e] != 0) {
      fake_base.startup_error = errors[e];
      INT result = make_rewritten(&table, &error);
      /* The provider below may be started already and serve the sibling too: then nothing failed. */
      assert_true(result == 0 ? error == 12345 : error != 0 && error != 12345 && error != WSAEINPROGRESS);
      assert_int_equal(fake_base.closes, 0);
      fake_base.startup_error = 0;
    }
    check_works(&functions[1], &table);
    session_end(&table);
  }
}

static void memory_short_at_every_step_of_every_call(void **state)
{
  for (int f = 0; f < FUNCTIONS; f++) {
    bool failing = true;

    for (long i = 0; failing; i++) {
      session_setup(state);
      WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
      INT error = 12345;
      heap_fail_after(i);
      INT result = functions[f].call(&table, &error);
      failing = heap_failed();
      heap_fail_after(-1);
      if (result != 0)
        assert_true(error != 12345 && error != 0 && error != WSAEINPROGRESS);
      check_works(&functions[f], &table);
      session_end(&table);
      session_teardown(state);
      assert_true(i < 100);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(the_call_below_fails),
      SESSION_TEST(labelling_fails),
      SESSION_TEST(the_sibling_of_a_rewrite_does_not_start),
      SESSION_TEST(memory_short_at_every_step_of_every_call),
  };

  return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
