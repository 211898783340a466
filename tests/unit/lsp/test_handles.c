/* Sockets and infos that come from below by other ways than WSPSocket: WSPAccept, WSPJoinLeaf,
 * WSPDuplicateSocket, SO_PROTOCOL_INFO, and the two address functions. docs/winsock-notes.md 1, 2 and 5. */
#include "chain_instance.h"

#include <string.h>
#include "session.h"

static void add_layers(void)
{
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_LAYER_TCP4, PATH_LAYER, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_LAYER, ID_TCP4, 0});
  fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_OURS, ID_LAYER_TCP4, ID_TCP4, 0});
  fake_catalog_add(ID_UPPER, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_UPPER_TCP4, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_UPPER, ID_OUR_TCP4, ID_TCP4, 0});
}

/* WSPAccept and WSPJoinLeaf make sockets alike. */
static SOCKET accept_one(const WSPPROC_TABLE *table, SOCKET s, INT *error)
{
  return table->lpWSPAccept(s, NULL, NULL, NULL, 0, error);
}

static SOCKET join_one(const WSPPROC_TABLE *table, SOCKET s, INT *error)
{
  return table->lpWSPJoinLeaf(s, NULL, 0, NULL, NULL, NULL, NULL, 0, error);
}

static SOCKET (*const makers[])(const WSPPROC_TABLE *, SOCKET, INT *) = {accept_one, join_one};
#define EACH_MAKER(i)                                                                                        \
  size_t i = 0;                                                                                              \
  i < sizeof makers / sizeof makers[0];                                                                      \
  i++

static void an_accepted_socket_is_labelled(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  fake_host.modify_adds = 4;
  for (EACH_MAKER(i)) {
    INT error = 12345;

    assert_int_equal(makers[i](&table, 50, &error), 104);
    assert_int_equal(error, 12345);
    assert_int_equal(fake_host.modified, 100);
    assert_int_equal(fake_host.modified_id, ID_OUR_TCP4);
  }
  assert_int_equal(fake_policy.decisions, 0);
  session_end(&table);
}

/* "An accepted socket tested through the wrong variable": a failure below is none to label or close. */
static void nothing_was_accepted(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  fake_base.socket = INVALID_SOCKET;
  for (EACH_MAKER(i)) {
    INT error = 0;

    fake_base.error = WSAEWOULDBLOCK;
    assert_true(makers[i](&table, 50, &error) == INVALID_SOCKET);
    assert_int_equal(error, WSAEWOULDBLOCK);
    fake_base.error = 0;
    assert_true(makers[i](&table, 50, &error) == INVALID_SOCKET);
    assert_int_equal(error, WSAENETDOWN);
    assert_true(makers[i](&table, 50, NULL) == INVALID_SOCKET);
  }
  assert_int_equal(fake_host.modifies, 0);
  assert_int_equal(fake_base.closes, 0);
  session_end(&table);
}

/* The accepted socket is the one to close, not the listening one. */
static void an_accepted_handle_is_refused(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  fake_host.modify_error = WSAENOBUFS;
  fake_base.close_error = WSAENOTSOCK;
  for (EACH_MAKER(i)) {
    INT error = 0;

    fake_base.closed = 0;
    assert_true(makers[i](&table, 50, &error) == INVALID_SOCKET);
    assert_int_equal(error, WSAENOBUFS);
    assert_int_equal(fake_base.closed, 100);
  }
  assert_int_equal(fake_base.closes, 2);
  session_end(&table);
}

/* A leaf that joins is the socket itself, and labelled already. */
static void the_same_socket_comes_back(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_UDP4);
  INT error = 0;

  (void)state;
  assert_int_equal(join_one(&table, 100, &error), 100);
  assert_int_equal(fake_host.modifies, 0);
  session_end(&table);
}

/* Over a layer without IFS handles: its handles stay its own. */
static void every_made_handle_that_is_no_ifs_handle(void **state)
{
  (void)state;
  add_layers();
  fake_catalog_info(ID_LAYER_TCP4)->dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
  fake_host.modify_error = WSAEINVAL; /* what ws2_32 says of a handle it made itself */
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  for (EACH_MAKER(i)) {
    INT error = 0;

    assert_int_equal(makers[i](&table, 50, &error), 100);
  }
  assert_int_equal(fake_host.modifies, 0);
  assert_int_equal(fake_layer.closes, 0);
  session_end(&table);
}

/* To claim IFS handles in the answer would be a lie as well, even where our entry's flags do. */
static void what_is_said_over_a_non_ifs_layer(void **state)
{
  WSAPROTOCOL_INFOW info;
  INT length = sizeof info, error = 0;

  (void)state;
  add_layers();
  fake_catalog_info(ID_LAYER_TCP4)->dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
  fake_catalog_info(ID_OUR_LAYERED)->dwServiceFlags1 |= XP1_IFS_HANDLES;
  fake_layer.answer = *fake_catalog_info(ID_LAYER_TCP4);
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  assert_int_equal(table.lpWSPGetSockOpt(50, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &length, &error),
                   0);
  assert_int_equal(info.dwCatalogEntryId, ID_OUR_LAYERED);
  assert_int_equal(info.dwServiceFlags1 & XP1_IFS_HANDLES, 0);
  session_end(&table);
}

static void a_duplicate_names_our_chain(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info, expected = *fake_catalog_info(ID_OUR_TCP4);
  INT error = 12345;

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_TCP4);
  fake_base.answer.dwProviderReserved = expected.dwProviderReserved = 0xBEEF;
  fake_base.answer.dwServiceFlags3 = expected.dwServiceFlags3 = 0x44;
  fake_base.answer.iProtocol = 99;
  memset(&info, 0xAA, sizeof info);
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), 0);
  assert_memory_equal(&info, &expected, sizeof info);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof info);
  assert_int_equal(error, 12345);
  session_end(&table);
}

/* The socket is what it is, whichever table was asked. */
static void a_duplicate_of_another_protocol(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info;
  INT error = 0;

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_UDP4);
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), 0);
  assert_memory_equal(&info, fake_catalog_info(ID_OUR_UDP4), sizeof info);
  session_end(&table);
}

static void a_duplicate_over_a_layer(void **state)
{
  WSAPROTOCOL_INFOW info, expected;
  INT error = 0;

  (void)state;
  add_layers();
  fake_catalog_info(ID_OUR_LAYERED)->dwServiceFlags4 = 4;
  fake_layer.answer = *fake_catalog_info(ID_LAYER_TCP4);
  fake_layer.answer.dwServiceFlags4 = 4;
  fake_layer.answer.dwProviderReserved = 0xBEEF;
  expected = *fake_catalog_info(ID_OUR_LAYERED);
  expected.dwProviderReserved = 0xBEEF;
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), 0);
  assert_memory_equal(&info, &expected, sizeof info);
  assert_memory_equal(&fake_layer.call.info, fake_catalog_info(ID_OUR_LAYERED), sizeof info);
  session_end(&table);
}

static void a_duplicate_under_a_layer(void **state)
{
  WSAPROTOCOL_INFOW info;
  INT error = 0;

  (void)state;
  add_layers();
  fake_base.answer = *fake_catalog_info(ID_TCP4);
  WSPPROC_TABLE table = session_started(ID_UPPER_TCP4);
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), 0);
  assert_int_equal(info.dwCatalogEntryId, ID_UPPER_TCP4); /* what the layer above will be asked to open */
  session_end(&table);
}

static void a_duplicate_fails(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info, untouched;
  INT error = 0;

  (void)state;
  memset(&info, 0xAA, sizeof info);
  untouched = info;
  fake_base.fails = true;
  fake_base.error = WSAENOTSOCK;
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAENOTSOCK);
  assert_memory_equal(&info, &untouched, sizeof info);
  fake_base.error = 0;
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, &info, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAENETDOWN);
  fake_base.error = WSAEINVAL; /* the process is what is wrong first */
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, NULL, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAEINVAL);
  assert_int_equal(table.lpWSPDuplicateSocket(50, 1, NULL, NULL), SOCKET_ERROR);
  session_end(&table);
}

static int option(const WSPPROC_TABLE *table, int name, void *value, INT *length, INT *error)
{
  return table->lpWSPGetSockOpt(50, SOL_SOCKET, name, value, length, error);
}

/* ws2_32 asks the first IFS provider it has about a handle the process inherited: a UDP socket, asked of the
 * TCP table, is still UDP. */
static void an_inherited_handle_of_any_protocol(void **state)
{
  static const DWORD pairs[][2] = {
      {ID_TCP4, ID_OUR_TCP4}, {ID_UDP4, ID_OUR_UDP4}, {ID_RAW4, ID_OUR_RAW4}, {ID_TCP6, ID_OUR_TCP6}};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    WSAPROTOCOL_INFOW info;
    INT length = sizeof info, error = 12345;

    fake_base.answer = *fake_catalog_info(pairs[i][0]);
    assert_int_equal(option(&table, SO_PROTOCOL_INFOW, &info, &length, &error), 0);
    assert_memory_equal(&info, fake_catalog_info(pairs[i][1]), sizeof info);
    assert_int_equal(length, sizeof info);
    assert_int_equal(error, 12345);
  }
  session_end(&table);
}

/* No chain of ours lies over it: the answer is the lower provider's. */
static void a_handle_of_a_transport_that_is_not_ours(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info;
  INT length = sizeof info, error = 0;

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_UDP6);
  assert_int_equal(option(&table, SO_PROTOCOL_INFOW, &info, &length, &error), 0);
  assert_memory_equal(&info, fake_catalog_info(ID_UDP6), sizeof info);
  session_end(&table);
}

/* What the answer says otherwise than its entry, it says of the socket. */
static void what_is_said_of_the_socket_itself(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_RAW4);
  WSAPROTOCOL_INFOW info;
  INT length = sizeof info, error = 0;

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_RAW4);
  fake_base.answer.iProtocol = IPPROTO_ICMP;
  fake_base.answer.dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
  fake_base.answer.dwProviderReserved = 77;
  assert_int_equal(option(&table, SO_PROTOCOL_INFOW, &info, &length, &error), 0);
  assert_int_equal(info.dwCatalogEntryId, ID_OUR_RAW4);
  assert_int_equal(info.iProtocol, IPPROTO_ICMP);
  assert_int_equal(info.dwServiceFlags1, 0x66);
  assert_int_equal(info.dwProviderReserved, 0); /* nobody may open the socket again with it */
  session_end(&table);
}

static void the_narrow_structure(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_UDP4);
  WSAPROTOCOL_INFOA info;
  INT length = sizeof info + 10, error = 0;

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_UDP4);
  assert_int_equal(option(&table, SO_PROTOCOL_INFOA, &info, &length, &error), 0);
  assert_int_equal(length, sizeof info);
  assert_memory_equal(&info, fake_catalog_info(ID_OUR_UDP4), offsetof(WSAPROTOCOL_INFOA, szProtocol));
  assert_string_equal(info.szProtocol, "entry 1022");
  session_end(&table);
}

static void buffers_too_small(void **state)
{
  static const struct {
    int name;
    INT size;
  } cases[] = {{SO_PROTOCOL_INFOW, sizeof(WSAPROTOCOL_INFOW)},
               {SO_PROTOCOL_INFOA, sizeof(WSAPROTOCOL_INFOA)}};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  char buffer[sizeof(WSAPROTOCOL_INFOW)], untouched[sizeof buffer];

  (void)state;
  fake_base.answer = *fake_catalog_info(ID_TCP4);
  memset(buffer, 0xAA, sizeof buffer);
  memset(untouched, 0xAA, sizeof untouched);
  for (size_t i = 0; i < 2; i++) {
    const INT lengths[] = {cases[i].size - 1, 4, 0, -1};

    for (size_t j = 0; j < 4; j++) {
      INT length = lengths[j], error = 0;

      assert_int_equal(option(&table, cases[i].name, buffer, &length, &error), SOCKET_ERROR);
      assert_int_equal(error, WSAEFAULT);
      assert_int_equal(length, cases[i].size);
      assert_memory_equal(buffer, untouched, sizeof buffer);
    }
    INT length = sizeof buffer, error = 0;
    assert_int_equal(option(&table, cases[i].name, NULL, &length, &error), SOCKET_ERROR);
    assert_int_equal(error, WSAEFAULT);
    assert_int_equal(option(&table, cases[i].name, buffer, NULL, &error), SOCKET_ERROR);
    assert_int_equal(error, WSAEFAULT);
  }
  session_end(&table);
}

static void not_a_socket(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info;
  INT length = sizeof info, error = 0;

  (void)state;
  fake_base.fails = true;
  fake_base.error = WSAENOTSOCK;
  assert_int_equal(option(&table, SO_PROTOCOL_INFOW, &info, &length, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAENOTSOCK);
  fake_base.error = 0;
  assert_int_equal(option(&table, SO_PROTOCOL_INFOW, &info, &length, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAENETDOWN);
  session_end(&table);
}

static void other_options_go_straight_down(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  char value[8];
  INT length = sizeof value, error = 12345;

  (void)state;
  assert_int_equal(option(&table, SO_TYPE, value, &length, &error), 0);
  assert_int_equal(table.lpWSPGetSockOpt(50, IPPROTO_TCP, SO_PROTOCOL_INFOW, value, &length, &error), 0);
  assert_int_equal(fake_base.options, 2);
  assert_int_equal(length, sizeof value);
  session_end(&table);
}

static void addresses_obey_the_propagation_rule(void **state)
{
  INT error = 12345;

  (void)state;
  add_layers();
  WSPPROC_TABLE base = session_started(ID_OUR_TCP4), layered = session_started(ID_OUR_LAYERED);
  WSAPROTOCOL_INFOW *infos[] = {fake_catalog_info(ID_OUR_TCP4), NULL};
  for (size_t i = 0; i < 2; i++) {
    memset(&fake_base.call.info, 0, sizeof fake_base.call.info);
    assert_int_equal(base.lpWSPAddressToString(NULL, 0, infos[i], NULL, NULL, &error), 0);
    assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof(WSAPROTOCOL_INFOW));
    memset(&fake_base.call.info, 0, sizeof fake_base.call.info);
    assert_int_equal(base.lpWSPStringToAddress(NULL, AF_INET, infos[i], NULL, NULL, &error), 0);
    assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof(WSAPROTOCOL_INFOW));
  }
  WSAPROTOCOL_INFOW own = *fake_catalog_info(ID_OUR_LAYERED);
  assert_int_equal(layered.lpWSPAddressToString(NULL, 0, &own, NULL, NULL, &error), 0);
  assert_ptr_equal(fake_layer.call.info_pointer, &own);
  fake_layer.call.info_pointer = NULL;
  assert_int_equal(layered.lpWSPStringToAddress(NULL, AF_INET, &own, NULL, NULL, &error), 0);
  assert_ptr_equal(fake_layer.call.info_pointer, &own);
  assert_int_equal(error, 12345);

  fake_base.fails = true;
  fake_base.error = WSAEFAULT;
  assert_int_equal(base.lpWSPAddressToString(NULL, 0, NULL, NULL, NULL, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAEFAULT);
  fake_base.error = 0;
  assert_int_equal(base.lpWSPStringToAddress(NULL, AF_INET, NULL, NULL, NULL, &error), SOCKET_ERROR);
  assert_int_equal(error, WSAENETDOWN);
  session_end(&base);
  session_end(&layered);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(an_accepted_socket_is_labelled),
      SESSION_TEST(nothing_was_accepted),
      SESSION_TEST(an_accepted_handle_is_refused),
      SESSION_TEST(the_same_socket_comes_back),
      SESSION_TEST(every_made_handle_that_is_no_ifs_handle),
      SESSION_TEST(what_is_said_over_a_non_ifs_layer),
      SESSION_TEST(a_duplicate_names_our_chain),
      SESSION_TEST(a_duplicate_of_another_protocol),
      SESSION_TEST(a_duplicate_over_a_layer),
      SESSION_TEST(a_duplicate_under_a_layer),
      SESSION_TEST(a_duplicate_fails),
      SESSION_TEST(an_inherited_handle_of_any_protocol),
      SESSION_TEST(a_handle_of_a_transport_that_is_not_ours),
      SESSION_TEST(what_is_said_of_the_socket_itself),
      SESSION_TEST(the_narrow_structure),
      SESSION_TEST(buffers_too_small),
      SESSION_TEST(not_a_socket),
      SESSION_TEST(other_options_go_straight_down),
      SESSION_TEST(addresses_obey_the_propagation_rule),
  };

  return cmocka_run_group_tests_name("lsp: handles and infos", tests, NULL, NULL);
}
