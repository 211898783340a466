/* Which chain instance serves a call and what it asks for: each clause of call_route.h. What becomes of it in
 * WSPSocket: test_socket.c. docs/winsock-notes.md 1 and 2. */
#include "call_route.h"

#include "session.h"

static const policy_triple_t wildcards = {AF_UNSPEC, FROM_PROTOCOL_INFO, 0};

static call_route_t resolved(const WSAPROTOCOL_INFOW *given)
{
  call_route_t route;

  call_route_resolve(chain_instance_at(0), given, wildcards, &route);
  return route;
}

static void assert_triple(policy_triple_t triple, int af, int type, int protocol)
{
  assert_int_equal(triple.af, af);
  assert_int_equal(triple.type, type);
  assert_int_equal(triple.protocol, protocol);
}

/* Served by the instance that was called, by its own chain. */
static void assert_own(const call_route_t *route)
{
  assert_ptr_equal(route->instance, chain_instance_at(0));
  assert_ptr_equal(route->entry, chain_instance_at(0)->place.chain);
  assert_triple(route->effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
}

static void add_layer_above(void)
{
  fake_catalog_add(ID_UPPER, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_UPPER_TCP4, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_UPPER, ID_OUR_TCP4, ID_TCP4, 0});
}

static void without_an_info(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  call_route_t route = resolved(NULL);

  (void)state;
  assert_own(&route);
  assert_true(route.on_top);
  assert_false(route.shared);
  assert_triple(route.requested, AF_UNSPEC, FROM_PROTOCOL_INFO, 0);
  session_end(&table);
}

/* It names our chain; what else it says is the application's word. */
static void our_own_chain(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4);

  (void)state;
  info.iAddressFamily = AF_INET6;
  info.iSocketType = SOCK_RAW;
  info.iProtocol = IPPROTO_ICMP;
  info.ProtocolChain.ChainLen = 0x7FFFFFFF;
  call_route_t route = resolved(&info);
  assert_own(&route);
  assert_true(route.on_top);
  session_end(&table);
}

/* Ids that no entry has, and a hidden entry, which describes no transport. */
static void no_transport(void **state)
{
  static const DWORD ids[] = {0, 4711, 0xFFFFFFFF, ID_OURS};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
    WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_UDP4);

    info.dwCatalogEntryId = ids[i];
    call_route_t route = resolved(&info);
    assert_own(&route);
    assert_int_equal(route.on_top, ids[i] == ID_OURS); /* an entry of ours at least */
  }
  session_end(&table);
}

/* A base entry says what wildcards mean, but nobody who names one chose us. */
static void a_base_entry(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  call_route_t route = resolved(fake_catalog_info(ID_UDP4));

  (void)state;
  assert_ptr_equal(route.instance, chain_instance_at(0));
  assert_int_equal(route.entry->info.dwCatalogEntryId, ID_UDP4);
  assert_triple(route.effective, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_false(route.on_top);
  assert_false(route.shared);
  session_end(&table);
}

/* An installer that gave all our chains one GUID: the chain that the info names is started and serves the
 * call. */
static void another_chain_of_ours(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  call_route_t route = resolved(fake_catalog_info(ID_OUR_UDP4));

  (void)state;
  assert_ptr_equal(route.instance, chain_instance_at(1));
  assert_int_equal(route.instance->place.own_id, ID_OUR_UDP4);
  assert_int_equal(route.entry->info.dwCatalogEntryId, ID_OUR_UDP4);
  assert_triple(route.effective, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_true(route.on_top);
  assert_int_equal(fake_base.started, 2);
  route = resolved(fake_catalog_info(ID_OUR_UDP4)); /* started once */
  assert_ptr_equal(route.instance, chain_instance_at(1));
  assert_int_equal(fake_base.started, 2);
  session_end(&table);
}

static void another_chain_that_does_not_start(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  fake_base.startup_error = WSAEPROCLIM;
  call_route_t route = resolved(fake_catalog_info(ID_OUR_UDP4));
  assert_ptr_equal(route.instance, chain_instance_at(0)); /* better than no socket */
  assert_triple(route.effective, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  session_end(&table);
}

/* Another vendor's chain over the same lower provider needs no other instance. */
static void a_chain_of_the_layer_above(void **state)
{
  (void)state;
  add_layer_above();
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  call_route_t route = resolved(fake_catalog_info(ID_UPPER_TCP4));
  assert_ptr_equal(route.instance, chain_instance_at(0));
  assert_int_equal(route.entry->info.dwCatalogEntryId, ID_UPPER_TCP4);
  assert_false(route.on_top);
  session_end(&table);
}

/* Started by a layer above: it owns the handle, whatever info it uses. */
static void under_a_layer(void **state)
{
  static const DWORD ids[] = {ID_UPPER_TCP4, ID_OUR_TCP4, ID_OUR_UDP4};

  (void)state;
  add_layer_above();
  WSPPROC_TABLE table = session_started(ID_UPPER_TCP4);
  assert_false(resolved(NULL).on_top);
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
    assert_false(resolved(fake_catalog_info(ids[i])).on_top);
  session_end(&table);
}

/* {explicit, 0, -1} each; only what is no wildcard stands. */
static void every_wildcard(void **state)
{
  static const int afs[] = {AF_INET6, 0, -1}, types[] = {SOCK_DGRAM, 0, -1}, protocols[] = {99, 0, -1};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (int i = 0; i < 27; i++) {
    policy_triple_t asked = {afs[i % 3], types[i / 3 % 3], protocols[i / 9 % 3]};
    call_route_t route;

    call_route_resolve(chain_instance_at(0), NULL, asked, &route);
    assert_triple(route.requested, asked.af, asked.type, asked.protocol);
    assert_triple(route.effective, i % 3 == 0 ? AF_INET6 : AF_INET, i / 3 % 3 == 0 ? SOCK_DGRAM : SOCK_STREAM,
                  i / 9 % 3 == 0 ? 99 : IPPROTO_TCP);
  }
  session_end(&table);
}

/* dwProviderReserved, or flags other than those of the entry that the info names. */
static void a_duplicated_socket(void **state)
{
  (void)state;
  fake_catalog_info(ID_OUR_UDP4)->dwServiceFlags3 = 7;
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW tcp = *fake_catalog_info(ID_OUR_TCP4), udp = *fake_catalog_info(ID_OUR_UDP4);
  assert_false(resolved(&tcp).shared);
  assert_false(resolved(&udp).shared); /* as in its catalog entry */
  tcp.dwProviderReserved = 1;
  assert_true(resolved(&tcp).shared);
  udp.dwServiceFlags3 = 0;
  assert_true(resolved(&udp).shared);
  udp.dwServiceFlags3 = 7;
  udp.dwServiceFlags4 = 1;
  assert_true(resolved(&udp).shared);
  session_end(&table);
}

static INT rewrite_to(const call_route_t *route, int af, int type, int protocol, chain_instance_t **instance)
{
  return call_route_rewrite(route, &(policy_triple_t){af, type, protocol}, instance);
}

static void a_rewritten_triple(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_RAW4);
  call_route_t route = resolved(fake_catalog_info(ID_OUR_RAW4));
  chain_instance_t *instance;

  (void)state;
  assert_int_equal(rewrite_to(&route, AF_INET, SOCK_RAW, 250, &instance), 0);
  assert_ptr_equal(instance, chain_instance_at(0));
  assert_int_equal(rewrite_to(&route, AF_INET, SOCK_DGRAM, IPPROTO_UDP, &instance), 0);
  assert_int_equal(instance->place.own_id, ID_OUR_UDP4);
  assert_int_equal(rewrite_to(&route, AF_IPX, SOCK_DGRAM, 0, &instance), WSAEAFNOSUPPORT);
  assert_null(instance);
  fake_base.startup_error = WSAEPROCLIM;
  assert_int_equal(rewrite_to(&route, AF_INET6, SOCK_STREAM, IPPROTO_TCP, &instance), WSAEPROCLIM);
  fake_base.startup_error = 0;

  call_route_t shared = route, under = route;
  shared.shared = true;
  under.on_top = false;
  assert_int_equal(rewrite_to(&shared, AF_INET, SOCK_RAW, 250, &instance), WSAEACCES);
  assert_int_equal(rewrite_to(&under, AF_INET, SOCK_RAW, 250, &instance), WSAEACCES);
  assert_null(instance);
  session_end(&table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(without_an_info),
      SESSION_TEST(our_own_chain),
      SESSION_TEST(no_transport),
      SESSION_TEST(a_base_entry),
      SESSION_TEST(another_chain_of_ours),
      SESSION_TEST(another_chain_that_does_not_start),
      SESSION_TEST(a_chain_of_the_layer_above),
      SESSION_TEST(under_a_layer),
      SESSION_TEST(every_wildcard),
      SESSION_TEST(a_duplicated_socket),
      SESSION_TEST(a_rewritten_triple),
  };

  return cmocka_run_group_tests_name("lsp: the route of a call", tests, NULL, NULL);
}
