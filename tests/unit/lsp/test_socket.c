/* WSPSocket: docs/winsock-notes.md 2 and 5; LPWSPSocket. */
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

static SOCKET create(const WSPPROC_TABLE *table, int af, int type, int protocol, WSAPROTOCOL_INFOW *info,
                     INT *error)
{
  return table->lpWSPSocket(af, type, protocol, info, 0, WSA_FLAG_OVERLAPPED, error);
}

static void reject(int32_t error)
{
  fake_policy.action = POLICY_REJECT;
  fake_policy.error = error;
}

static void rewrite(int af, int type, int protocol)
{
  fake_policy.action = POLICY_REWRITE;
  fake_policy.triple = (policy_triple_t){af, type, protocol};
}

static void assert_triple(policy_triple_t triple, int af, int type, int protocol)
{
  assert_int_equal(triple.af, af);
  assert_int_equal(triple.type, type);
  assert_int_equal(triple.protocol, protocol);
}

static void assert_call(const fake_provider_t *provider, int af, int type, int protocol)
{
  assert_int_equal(provider->call.af, af);
  assert_int_equal(provider->call.type, type);
  assert_int_equal(provider->call.protocol, protocol);
}

static void allowed_over_the_base(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 12345;

  (void)state;
  fake_host.modify_adds = 4;
  SOCKET s = table.lpWSPSocket(AF_INET, SOCK_STREAM, IPPROTO_TCP, fake_catalog_info(ID_OUR_TCP4), 7,
                               WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF,
                               &error);
  assert_int_equal(s, 104); /* only the handle WPUModifyIFSHandle gave */
  assert_int_equal(fake_host.modified, 100);
  assert_int_equal(fake_host.modified_id, ID_OUR_TCP4);
  assert_int_equal(error, 12345); /* untouched on success */
  assert_call(&fake_base, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_int_equal(fake_base.call.g, 7);
  assert_int_equal(fake_base.call.flags,
                   WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof(WSAPROTOCOL_INFOW));
  session_end(&table);
}

static void what_the_policies_are_asked(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_RAW4);
  INT error = 0;

  (void)state;
  wcscpy(fake_catalog_info(ID_RAW4)->szProtocol, L"unused: the catalog was read");
  create(&table, 0, -1, IPPROTO_ICMP, fake_catalog_info(ID_OUR_RAW4), &error);
  assert_triple(fake_policy.request.requested, 0, -1, IPPROTO_ICMP);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_RAW, IPPROTO_ICMP);
  assert_int_equal(fake_policy.request.flags, WSA_FLAG_OVERLAPPED);
  assert_false(fake_policy.request.shared);
  assert_string_equal(fake_policy.provider, "entry 1003");
  assert_int_equal(fake_policy.request.catalog_id, ID_RAW4);
  session_end(&table);
}

/* policy.h: a number never stands for two names. An instance that is used again may have another. */
static void numbers_of_providers(void **state)
{
  static const DWORD entries[] = {ID_OUR_TCP4, ID_OUR_RAW4, ID_OUR_TCP4};
  uint64_t numbers[3];
  INT error = 0;

  (void)state;
  for (int i = 0; i < 3; i++) {
    WSPPROC_TABLE table = session_started(entries[i]);

    create(&table, 0, 0, 0, NULL, &error);
    numbers[i] = fake_policy.request.provider_number;
    create(&table, 0, 0, 0, NULL, &error);
    assert_int_equal(fake_policy.request.provider_number, numbers[i]);
    session_end(&table);
  }
  assert_true(numbers[0] && numbers[1] && numbers[2]);
  assert_true(numbers[0] != numbers[1] && numbers[1] != numbers[2] && numbers[0] != numbers[2]);
}

static void a_provider_name_beyond_ascii(void **state)
{
  INT error = 0;

  (void)state;
  for (int i = 0; i < WSAPROTOCOL_LEN; i++)
    fake_catalog_info(ID_TCP4)->szProtocol[i] = 0x20AC;
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error);
  assert_int_equal(strlen(fake_policy.provider), 3 * WSAPROTOCOL_LEN);
  session_end(&table);
}

/* {explicit, 0, -1} each, with and without an info: the base provider is told in full what the policies saw.
 */
static void every_wildcard_over_the_base(void **state)
{
  static const int afs[] = {AF_INET, 0, -1}, types[] = {SOCK_DGRAM, 0, -1},
                   protocols[] = {IPPROTO_UDP, 0, -1};
  WSPPROC_TABLE table = session_started(ID_OUR_UDP4);

  (void)state;
  for (int i = 0; i < 54; i++) {
    int af = afs[i % 3], type = types[i / 3 % 3], protocol = protocols[i / 9 % 3];
    INT error = 0;

    assert_int_equal(
        create(&table, af, type, protocol, i < 27 ? fake_catalog_info(ID_OUR_UDP4) : NULL, &error), 100);
    assert_triple(fake_policy.request.requested, af, type, protocol);
    assert_triple(fake_policy.request.effective, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    assert_call(&fake_base, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  }
  session_end(&table);
}

/* What 0 and -1 mean is the catalog's to say, not the application's structure's. */
static void an_info_that_lies(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW lie = *fake_catalog_info(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  lie.iSocketType = SOCK_RAW;
  lie.iProtocol = IPPROTO_ICMP;
  lie.iAddressFamily = AF_INET6;
  lie.ProtocolChain.ChainLen = 0x7FFFFFFF;
  create(&table, -1, -1, -1, &lie, &error);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_call(&fake_base, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof lie);
  lie.dwCatalogEntryId = ID_OURS; /* names no transport */
  create(&table, -1, -1, -1, &lie, &error);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  lie.dwCatalogEntryId = 4711; /* no such entry */
  create(&table, -1, -1, -1, &lie, &error);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  session_end(&table);
}

static void a_layer_below_gets_the_call_unchanged(void **state)
{
  INT error = 0;

  (void)state;
  add_layers();
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_LAYERED);
  assert_int_equal(create(&table, -1, 0, -1, &info, &error), 100);
  assert_ptr_equal(fake_layer.call.info_pointer, &info);
  assert_call(&fake_layer, -1, 0, -1);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_int_equal(fake_policy.request.catalog_id, ID_LAYER_TCP4);
  assert_int_equal(fake_host.modified_id, ID_OUR_LAYERED);
  memset(&fake_layer.call.info, 0, sizeof info);
  create(&table, -1, 0, -1, NULL, &error); /* no info: the one of WSPStartup */
  assert_memory_equal(&fake_layer.call.info, fake_catalog_info(ID_OUR_LAYERED), sizeof info);
  session_end(&table);
}

/* A layer resolves -1 and 0 from the info it is handed: what it makes of a made-up one must be what the
 * policies saw. */
static void a_layer_below_is_not_lied_to(void **state)
{
  INT error = 0;

  (void)state;
  add_layers();
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  WSAPROTOCOL_INFOW lie = *fake_catalog_info(ID_OUR_LAYERED);
  lie.iSocketType = SOCK_RAW;
  create(&table, -1, -1, -1, &lie, &error);
  assert_triple(fake_policy.request.effective, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_call(&fake_layer, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert_ptr_equal(fake_layer.call.info_pointer, &lie);
  session_end(&table);
}

/* A chain [above, ours]: the layer below us finds itself only in ours. */
static void a_layer_below_that_the_info_does_not_name(void **state)
{
  INT error = 0;

  (void)state;
  add_layers();
  WSAPROTOCOL_INFOW *upper = fake_catalog_info(ID_UPPER_TCP4);
  upper->ProtocolChain.ChainLen = 2;
  upper->ProtocolChain.ChainEntries[1] = ID_OUR_LAYERED;
  WSPPROC_TABLE table = session_started(ID_UPPER_TCP4);
  assert_memory_equal(&fake_layer.startup_info, fake_catalog_info(ID_OUR_LAYERED), sizeof *upper);
  create(&table, AF_INET, SOCK_STREAM, 0, upper, &error);
  assert_memory_equal(&fake_layer.call.info, fake_catalog_info(ID_OUR_LAYERED), sizeof *upper);
  session_end(&table);
}

static void shared_state_survives_the_substitution(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4), expected = *fake_catalog_info(ID_TCP4);
  INT error = 0;

  (void)state;
  info.dwProviderReserved = expected.dwProviderReserved = 0xABCD;
  create(&table, -1, -1, -1, &info, &error);
  assert_true(fake_policy.request.shared);
  assert_memory_equal(&fake_base.call.info, &expected, sizeof expected);
  info.dwProviderReserved = expected.dwProviderReserved = 0; /* ReactOS keeps it elsewhere */
  info.dwServiceFlags3 = expected.dwServiceFlags3 = 0x44;
  info.dwServiceFlags4 = expected.dwServiceFlags4 = 0x48;
  create(&table, -1, -1, -1, &info, &error);
  assert_true(fake_policy.request.shared);
  assert_memory_equal(&fake_base.call.info, &expected, sizeof expected);
  create(&table, -1, -1, -1, fake_catalog_info(ID_OUR_TCP4), &error); /* and is gone with the next call */
  assert_false(fake_policy.request.shared);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof expected);
  session_end(&table);
}

static void rejected(void **state)
{
  static const struct {
    int32_t said;
    INT seen;
  } cases[] = {{WSAEACCES, WSAEACCES},      {WSAEPROTONOSUPPORT, WSAEPROTONOSUPPORT},
               {WSAENETDOWN, WSAENETDOWN},  {WSAEMFILE, WSAEMFILE},
               {WSAEINPROGRESS, WSAEACCES}, /* ws2_32 would go on to the base provider */
               {WSA_IO_PENDING, WSAEACCES}, {0, WSAEACCES}};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    INT error = 0;

    reject(cases[i].said);
    assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
    assert_int_equal(error, cases[i].seen);
    assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, NULL) == INVALID_SOCKET);
  }
  assert_int_equal(fake_base.sockets, 0);
  assert_int_equal(fake_host.modifies, 0);
  session_end(&table);
}

static void a_shared_socket_may_be_rejected(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  info.dwProviderReserved = 1;
  reject(WSAEMFILE);
  assert_true(create(&table, -1, -1, -1, &info, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEMFILE);
  session_end(&table);
}

static void failures_below(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_base.socket = INVALID_SOCKET;
  fake_base.error = WSAENOBUFS;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAENOBUFS);
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, NULL) == INVALID_SOCKET);
  fake_base.error = 0; /* names none */
  error = 12345;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAENETDOWN);
  assert_int_equal(fake_host.modifies, 0);
  fake_base.error = WSAEINPROGRESS; /* nothing was rewritten: ws2_32 may well look for another provider */
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEINPROGRESS);
  session_end(&table);
}

/* "The lower socket leaked when our own bookkeeping fails"; "lpErrno clobbered" by closing it. */
static void the_handle_is_refused(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_host.modify_error = WSAEINVAL;
  fake_base.close_error = WSAENOTSOCK;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEINVAL);
  assert_int_equal(fake_base.closes, 1);
  assert_int_equal(fake_base.closed, 100);
  fake_host.modify_error_unset = true;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAENETDOWN);
  assert_int_equal(fake_base.closes, 2);
  session_end(&table);
}

/* Over a layer without IFS handles: its handle stays its own, whatever our chain's flags claim. */
static void a_handle_that_is_no_ifs_handle(void **state)
{
  INT error = 0;

  (void)state;
  add_layers();
  fake_catalog_info(ID_LAYER_TCP4)->dwServiceFlags1 &= ~XP1_IFS_HANDLES;
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
  assert_int_equal(fake_host.modifies, 0);
  reject(WSAEACCES);
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  session_end(&table);
}

static void under_a_layer(void **state)
{
  INT error = 0;

  (void)state;
  add_layers();
  WSPPROC_TABLE table = session_started(ID_UPPER_TCP4);
  assert_int_equal(create(&table, 0, 0, 0, fake_catalog_info(ID_UPPER_TCP4), &error), 100);
  assert_int_equal(fake_host.modified_id, ID_OUR_TCP4); /* an id of ours */
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof(WSAPROTOCOL_INFOW));
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_true(create(&table, 0, 0, 0, fake_catalog_info(ID_UPPER_TCP4), &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  assert_true(create(&table, 0, 0, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  assert_int_equal(fake_base.sockets, 1);
  session_end(&table);
}

/* "Layers above that load everything at once": one table for all their chains. */
static void one_table_used_for_every_chain(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OURS);
  INT error = 0;

  (void)state;
  create(&table, AF_INET, SOCK_DGRAM, IPPROTO_UDP, fake_catalog_info(ID_OUR_UDP4), &error);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_UDP4), sizeof(WSAPROTOCOL_INFOW));
  assert_int_equal(fake_policy.request.catalog_id, ID_UDP4);
  create(&table, AF_INET6, SOCK_STREAM, IPPROTO_TCP, fake_catalog_info(ID_OUR_TCP6), &error);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP6), sizeof(WSAPROTOCOL_INFOW));
  rewrite(AF_INET, SOCK_STREAM, IPPROTO_TCP); /* the table of a layer above, whatever info it uses */
  assert_true(create(&table, AF_INET, SOCK_DGRAM, IPPROTO_UDP, fake_catalog_info(ID_OUR_UDP4), &error) ==
              INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  session_end(&table);
}

/* An installer that gave all our chains one GUID: ws2_32 starts us once, for the first of them. */
static void one_guid_for_all_our_chains(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  assert_int_equal(create(&table, 0, 0, 0, fake_catalog_info(ID_OUR_UDP4), &error), 100);
  assert_call(&fake_base, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_int_equal(fake_host.modified_id, ID_OUR_UDP4);
  rewrite(AF_INET, SOCK_RAW, 250);
  assert_int_equal(create(&table, 0, 0, 0, fake_catalog_info(ID_OUR_UDP4), &error), 100);
  assert_int_equal(fake_host.modified_id, ID_OUR_RAW4);
  session_end(&table);
}

static void rewritten_into_another_chain(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_RAW4);
  INT error = 12345;

  (void)state;
  fake_host.modify_adds = 4;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_int_equal(create(&table, -1, -1, IPPROTO_ICMP, fake_catalog_info(ID_OUR_RAW4), &error), 104);
  assert_int_equal(error, 12345);
  assert_call(&fake_base, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_UDP4), sizeof(WSAPROTOCOL_INFOW));
  assert_int_equal(fake_host.modified_id, ID_OUR_UDP4);
  assert_int_equal(fake_base.call.flags, WSA_FLAG_OVERLAPPED);
  assert_int_equal(fake_base.started, 2); /* the sibling, by ourselves, once */
  create(&table, -1, -1, IPPROTO_ICMP, NULL, &error);
  assert_int_equal(fake_base.started, 2);
  session_end(&table);
  assert_int_equal(fake_base.cleaned, 2);
}

/* The other chain may lie over a layer: that one gets the chain's own entry, with an explicit triple. */
static void rewritten_into_a_chain_over_a_layer(void **state)
{
  INT error = 0;

  (void)state;
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, NULL);
  fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_OURS, ID_LAYER, ID_UDP6, 0});
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  rewrite(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
  assert_int_equal(create(&table, -1, -1, -1, fake_catalog_info(ID_OUR_TCP4), &error), 100);
  assert_call(&fake_layer, AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
  assert_memory_equal(&fake_layer.call.info, fake_catalog_info(ID_OUR_LAYERED), sizeof(WSAPROTOCOL_INFOW));
  assert_memory_equal(&fake_layer.startup_info, fake_catalog_info(ID_OUR_LAYERED), sizeof(WSAPROTOCOL_INFOW));
  assert_int_equal(fake_host.modified_id, ID_OUR_LAYERED);
  session_end(&table);
}

/* From a chain over the base provider into one over a layer without IFS handles: what counts is who made the
 * handle. */
static void rewritten_into_a_chain_over_a_non_ifs_layer(void **state)
{
  INT error = 0;

  (void)state;
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, NULL)->dwServiceFlags1 &=
      ~(DWORD)XP1_IFS_HANDLES;
  fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_OURS, ID_LAYER, ID_UDP6, 0});
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  rewrite(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
  fake_host.modify_error = WSAEINVAL; /* what ws2_32 says of a handle it made itself */
  assert_int_equal(create(&table, -1, -1, -1, fake_catalog_info(ID_OUR_TCP4), &error), 100);
  assert_int_equal(fake_host.modifies, 0);
  assert_int_equal(fake_layer.closes, 0);
  session_end(&table);
}

/* A new protocol in the same RAW chain needs no sibling. */
static void rewritten_within_the_chain(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_RAW4);
  INT error = 0;

  (void)state;
  rewrite(AF_INET, SOCK_RAW, 250);
  assert_int_equal(create(&table, AF_INET, SOCK_RAW, IPPROTO_ICMP, fake_catalog_info(ID_OUR_RAW4), &error),
                   100);
  assert_call(&fake_base, AF_INET, SOCK_RAW, 250);
  assert_int_equal(fake_host.modified_id, ID_OUR_RAW4);
  assert_int_equal(fake_base.started, 1);
  session_end(&table);
}

static void rewritten_to_what_nobody_serves(void **state)
{
  static const struct {
    int af, type, protocol;
    INT error;
  } cases[] = {{AF_IPX, SOCK_DGRAM, 0, WSAEAFNOSUPPORT},
               {AF_INET6, SOCK_DGRAM, IPPROTO_UDP, WSAESOCKTNOSUPPORT},
               {AF_INET, SOCK_STREAM, IPPROTO_UDP, WSAEPROTONOSUPPORT}};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    INT error = 0;

    rewrite(cases[i].af, cases[i].type, cases[i].protocol);
    assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
    assert_int_equal(error, cases[i].error);
  }
  assert_int_equal(fake_base.sockets, 0); /* never the new triple with the old chain */
  session_end(&table);
}

static void a_shared_socket_is_never_rewritten(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  info.dwProviderReserved = 1;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_true(create(&table, -1, -1, -1, &info, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  assert_int_equal(fake_base.sockets, 0);
  session_end(&table);
}

/* On WSAEINPROGRESS ws2_32 would try the next provider with the program's own triple. */
static void in_progress_after_a_rewrite(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  fake_base.socket = INVALID_SOCKET;
  fake_base.error = WSAEINPROGRESS;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEPROTONOSUPPORT);
  fake_base.socket = 100;
  fake_host.modify_error = WSAEINPROGRESS;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEPROTONOSUPPORT);
  assert_int_equal(fake_base.closes, 1);
  session_end(&table);
}

static void the_sibling_does_not_start(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  fake_base.startup_error = WSAEPROCLIM;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEPROCLIM);
  fake_base.startup_error = WSAEINPROGRESS;
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEPROTONOSUPPORT);
  assert_int_equal(fake_base.sockets, 0); /* started before the socket is made */
  fake_base.startup_error = 0;
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100); /* and tried again */
  session_end(&table);
}

static WSPPROC_TABLE from_modify;
static int startups_in_modify;

static void start_the_labelled_chain(void)
{
  if (startups_in_modify++ == 0)
    from_modify = session_started(fake_host.modified_id);
}

/* ws2_32 starts a chain when it first labels a handle with it: our WSPStartup, inside our WSPSocket. */
static void ws2_32_starts_the_sibling_inside_modify(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  startups_in_modify = 0;
  fake_host.in_modify = start_the_labelled_chain;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
  assert_int_equal(fake_host.modified_id, ID_OUR_UDP4);
  fake_host.in_modify = NULL;
  fake_policy.action = POLICY_ALLOW;
  assert_int_equal(from_modify.lpWSPSocket(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0, &error), 100);
  session_end(&from_modify);
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error),
                   100);                                            /* still started by ourselves */
  assert_int_equal(from_modify.lpWSPCleanup(&error), SOCKET_ERROR); /* which is not the caller's to end */
  assert_int_equal(error, WSANOTINITIALISED);
  session_end(&table);
}

static const WSPPROC_TABLE *nested_table, *nested_other;
static int nested_depth;

static void want_the_sibling_too(void)
{
  INT error = 0;

  fake_base.in_startup = NULL;
  assert_int_equal(create(nested_table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
}

/* Two calls find the sibling not started and start it, the second faster: one start of our own remains. */
static void two_start_the_sibling_at_once(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  nested_table = &table;
  rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  fake_base.in_startup = want_the_sibling_too;
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
  assert_int_equal(fake_base.started, 3);
  assert_int_equal(fake_base.cleaned, 1);
  assert_int_equal(chain_instance_at(1)->own_starts, 1);
  session_end(&table);
}

static void socket_while_deciding(const policy_host_t *host)
{
  INT error = 0;

  (void)host;
  assert_int_equal(++nested_depth, 1); /* not decided again */
  assert_int_equal(create(nested_table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
  assert_int_equal(create(nested_other, AF_INET, SOCK_DGRAM, 0, NULL, &error), 100);
}

/* An attribute may need RPC, and RPC a socket, of whatever kind. */
static void a_call_made_while_deciding_passes(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4), other = session_started(ID_OUR_UDP4);
  INT error = 0;

  (void)state;
  nested_table = &table;
  nested_other = &other;
  nested_depth = 0;
  fake_policy.inside = socket_while_deciding;
  reject(WSAEACCES);
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  assert_int_equal(fake_policy.decisions, 1);
  assert_int_equal(fake_base.sockets, 2);
  fake_policy.inside = NULL;
  create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error); /* and the next one is decided */
  assert_int_equal(fake_policy.decisions, 2);
  session_end(&other);
  session_end(&table);
}

static void no_engine(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_policy.no_engine = true; /* OnError is allow where nobody set it */
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error), 100);
  fake_policy.no_engine = false;
  reject(WSAEACCES);
  assert_true(create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET);
  session_end(&table);
}

static DWORD seen_last_error;

static void note_last_error(void)
{
  seen_last_error = GetLastError();
}

static void the_last_error_is_the_hosts(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_policy.last_error = ERROR_FILE_NOT_FOUND;
  fake_base.in_socket = note_last_error;
  SetLastError(4711);
  create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error);
  assert_int_equal(seen_last_error, 4711);
  SetLastError(4711);
  reject(WSAEACCES);
  create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error);
  assert_int_equal(GetLastError(), 4711);
  session_end(&table);
}

static void no_memory_is_taken_on_the_way(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  create(&table, AF_INET, SOCK_STREAM, 0, NULL, &error); /* makes the engine */
  heap_fail_after(0);
  assert_int_equal(create(&table, AF_INET, SOCK_STREAM, 0, fake_catalog_info(ID_OUR_TCP4), &error), 100);
  heap_fail_after(-1);
  session_end(&table);
}

static DWORD WINAPI rewrite_on_a_thread(void *table)
{
  for (int i = 0; i < 50; i++) {
    INT error = 0;

    if (create(table, AF_INET, SOCK_STREAM, 0, NULL, &error) == INVALID_SOCKET)
      return 1;
  }
  return 0;
}

static void many_threads_want_the_sibling(void **state)
{
  HANDLE threads[6];

  (void)state;
  for (int round = 0; round < 50; round++) {
    WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

    rewrite(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    for (int i = 0; i < 6; i++)
      threads[i] = CreateThread(NULL, 0, rewrite_on_a_thread, &table, 0, NULL);
    WaitForMultipleObjects(6, threads, TRUE, 60000);
    for (int i = 0; i < 6; i++) {
      DWORD code = 99;

      assert_true(GetExitCodeThread(threads[i], &code));
      assert_int_equal(code, 0);
      CloseHandle(threads[i]);
    }
    assert_int_equal(chain_instance_at(1)->own_starts, 1);
    session_end(&table);
    for (size_t i = 0; i < CHAIN_INSTANCE_COUNT; i++)
      assert_int_equal(chain_instance_at(i)->starts, 0);
  }
  fake_providers_reset(); /* the doubles' counters are no atomics */
  fake_policy_reset();
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(allowed_over_the_base),
      SESSION_TEST(what_the_policies_are_asked),
      SESSION_TEST(numbers_of_providers),
      SESSION_TEST(a_provider_name_beyond_ascii),
      SESSION_TEST(every_wildcard_over_the_base),
      SESSION_TEST(an_info_that_lies),
      SESSION_TEST(a_layer_below_gets_the_call_unchanged),
      SESSION_TEST(a_layer_below_is_not_lied_to),
      SESSION_TEST(a_layer_below_that_the_info_does_not_name),
      SESSION_TEST(shared_state_survives_the_substitution),
      SESSION_TEST(rejected),
      SESSION_TEST(a_shared_socket_may_be_rejected),
      SESSION_TEST(failures_below),
      SESSION_TEST(the_handle_is_refused),
      SESSION_TEST(a_handle_that_is_no_ifs_handle),
      SESSION_TEST(under_a_layer),
      SESSION_TEST(one_table_used_for_every_chain),
      SESSION_TEST(one_guid_for_all_our_chains),
      SESSION_TEST(rewritten_into_another_chain),
      SESSION_TEST(rewritten_into_a_chain_over_a_layer),
      SESSION_TEST(rewritten_into_a_chain_over_a_non_ifs_layer),
      SESSION_TEST(rewritten_within_the_chain),
      SESSION_TEST(rewritten_to_what_nobody_serves),
      SESSION_TEST(a_shared_socket_is_never_rewritten),
      SESSION_TEST(in_progress_after_a_rewrite),
      SESSION_TEST(the_sibling_does_not_start),
      SESSION_TEST(ws2_32_starts_the_sibling_inside_modify),
      SESSION_TEST(two_start_the_sibling_at_once),
      SESSION_TEST(a_call_made_while_deciding_passes),
      SESSION_TEST(no_engine),
      SESSION_TEST(the_last_error_is_the_hosts),
      SESSION_TEST(no_memory_is_taken_on_the_way),
      SESSION_TEST(many_threads_want_the_sibling),
  };

  return cmocka_run_group_tests_name("lsp: WSPSocket", tests, NULL, NULL);
}
