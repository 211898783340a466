/* WSPStartup and WSPCleanup: docs/winsock-notes.md 1 and 5; Microsoft, WSPStartup and LPWSPCleanup. */
#include "chain_instance.h"

#include <string.h>
#include "session.h"

static void add_layered_chain(void)
{
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_LAYER_TCP4, PATH_LAYER, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_LAYER, ID_TCP4, 0});
  fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_OURS, ID_LAYER_TCP4, ID_TCP4, 0});
}

static void the_base_gets_its_own_info(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_UDP4);
  WSPUPCALLTABLE upcalls = fake_host_upcalls();

  (void)state;
  assert_memory_equal(&fake_base.startup_info, fake_catalog_info(ID_UDP4), sizeof(WSAPROTOCOL_INFOW));
  assert_memory_equal(&fake_base.upcalls, &upcalls, sizeof upcalls);
  assert_int_equal(fake_base.requested, MAKEWORD(2, 2));
  session_end(&table);
}

static void a_layer_gets_the_same_info(void **state)
{
  (void)state;
  add_layered_chain();
  fake_catalog_info(ID_OUR_LAYERED)->dwMessageSize = 77;
  WSPPROC_TABLE table = session_started(ID_OUR_LAYERED);
  assert_memory_equal(&fake_layer.startup_info, fake_catalog_info(ID_OUR_LAYERED), sizeof(WSAPROTOCOL_INFOW));
  assert_int_equal(fake_base.started, 0); /* the layer starts what is below it */
  session_end(&table);
}

/* What the lower provider does with the info it is handed does not change ours (the double spoils it). */
static void the_catalog_survives_the_lower_provider(void **state)
{
  WSPPROC_TABLE first = session_started(ID_OUR_TCP4), second = session_started(ID_OUR_TCP4);

  (void)state;
  assert_memory_equal(&fake_base.startup_info, fake_catalog_info(ID_TCP4), sizeof(WSAPROTOCOL_INFOW));
  session_end(&first);
  session_end(&second);
}

static void the_table(void **state)
{
  static const size_t ours[] = {
      offsetof(WSPPROC_TABLE, lpWSPSocket),          offsetof(WSPPROC_TABLE, lpWSPAccept),
      offsetof(WSPPROC_TABLE, lpWSPJoinLeaf),        offsetof(WSPPROC_TABLE, lpWSPDuplicateSocket),
      offsetof(WSPPROC_TABLE, lpWSPAddressToString), offsetof(WSPPROC_TABLE, lpWSPStringToAddress),
      offsetof(WSPPROC_TABLE, lpWSPGetSockOpt),      offsetof(WSPPROC_TABLE, lpWSPCleanup)};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  void *const *entries = (void *const *)&table;
  const chain_instance_t *instance = chain_instance_at(0);
  void *const *lower = (void *const *)&instance->lower;
  int replaced = 0;

  (void)state;
  for (size_t i = 0; i < 30; i++) {
    bool is_ours = false;

    for (size_t j = 0; j < sizeof ours / sizeof ours[0]; j++)
      is_ours = is_ours || ours[j] == i * sizeof(void *);
    assert_non_null(entries[i]);
    if (is_ours)
      assert_ptr_not_equal(entries[i], lower[i]);
    else
      assert_ptr_equal(entries[i],
                       lower[i]); /* send, receive, select, ioctl: the lower provider's own pointers */
    replaced += is_ours;
  }
  assert_int_equal(replaced, 8);
  assert_ptr_equal(table.lpWSPSend, FAKE_POINTER(offsetof(WSPPROC_TABLE, lpWSPSend) / sizeof(void *)));
  assert_ptr_equal(table.lpWSPIoctl, FAKE_POINTER(offsetof(WSPPROC_TABLE, lpWSPIoctl) / sizeof(void *)));
  session_end(&table);
}

static void version_negotiation(void **state)
{
  static const struct {
    WORD requested;
    INT error;
  } cases[] = {{MAKEWORD(1, 0), WSAVERNOTSUPPORTED},
               {MAKEWORD(1, 9), WSAVERNOTSUPPORTED},
               {MAKEWORD(2, 0), WSAVERNOTSUPPORTED},
               {MAKEWORD(2, 1), WSAVERNOTSUPPORTED},
               {MAKEWORD(2, 2), 0},
               {MAKEWORD(2, 3), 0},
               {MAKEWORD(3, 0), 0}};
  WSPPROC_TABLE table;

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    WSPDATA data = {0};

    assert_int_equal(
        WSPStartup(cases[i].requested, &data, fake_catalog_info(ID_OUR_TCP4), fake_host_upcalls(), &table),
        cases[i].error);
    if (cases[i].error != 0)
      continue;
    assert_int_equal(data.wVersion, MAKEWORD(2, 2));
    assert_int_equal(data.wHighVersion, MAKEWORD(2, 2));
    assert_int_equal(wcscmp(data.szDescription, L"Sockwarden"), 0);
    session_end(&table);
  }
}

static void null_arguments(void **state)
{
  WSPDATA data;
  WSPPROC_TABLE table;
  WSAPROTOCOL_INFOW *info = fake_catalog_info(ID_OUR_TCP4);

  (void)state;
  assert_int_equal(WSPStartup(MAKEWORD(2, 2), NULL, info, fake_host_upcalls(), &table), WSAEFAULT);
  assert_int_equal(WSPStartup(MAKEWORD(2, 2), &data, NULL, fake_host_upcalls(), &table), WSAEFAULT);
  assert_int_equal(WSPStartup(MAKEWORD(2, 2), &data, info, fake_host_upcalls(), NULL), WSAEFAULT);
}

static void missing(void)
{
  fake_base.missing = true;
}

static void old_version(void)
{
  fake_base.version = MAKEWORD(2, 1);
}

static void refuses(void)
{
  fake_base.startup_error = WSASYSNOTREADY;
}

static void refuses_sloppily(void)
{
  fake_base.startup_error = WSAEPROCLIM;
  fake_base.sloppy = true;
}

static void first_entry_null(void)
{
  fake_base.hole = 0;
}

static void last_entry_null(void)
{
  fake_base.hole = 29;
}

static void no_catalog(void)
{
  fake_catalog_fails = true;
}

static void no_chains(void)
{
  fake_catalog_clear();
  fake_catalog_add(ID_OUR_UDP4, PATH_OURS, AF_INET, SOCK_DGRAM, IPPROTO_UDP, (DWORD[]){ID_OURS, ID_UDP4, 0});
}

static const struct failure {
  void (*arrange)(void);
  INT error;
  int cleaned; /* lower WSPCleanup calls: only where its WSPStartup succeeded */
} failures[] = {
    {missing, WSAEPROVIDERFAILEDINIT, 0},
    {old_version, WSAEINVALIDPROVIDER, 1},
    {refuses, WSASYSNOTREADY, 0},
    {refuses_sloppily, WSAEPROCLIM, 0},
    {first_entry_null, WSAEINVALIDPROCTABLE, 1},
    {last_entry_null, WSAEINVALIDPROCTABLE, 1},
    {no_catalog, WSASYSNOTREADY, 0},
    {no_chains, WSAEPROVIDERFAILEDINIT, 0},
};

/* Each step may fail; nothing stays loaded, started or written. The teardown counts. */
static void clean_failure_at_every_step(void **state)
{
  for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
    WSPPROC_TABLE table, untouched;

    memset(&table, 0, sizeof table);
    memset(&untouched, 0, sizeof untouched);
    session_setup(state);
    failures[i].arrange();
    assert_int_equal(session_start(ID_OUR_UDP4, &table), failures[i].error);
    assert_memory_equal(&table, &untouched,
                        sizeof table); /* ReactOS would call a WSPCleanup it finds there */
    assert_int_equal(fake_base.cleaned, failures[i].cleaned);
    assert_int_equal(fake_base.loaded, fake_base.unloaded);
    session_teardown(state);
  }
}

/* "All state freed on one failed startup while others live." */
static void others_live_while_one_fails(void **state)
{
  INT error = 0;

  (void)state;
  WSPPROC_TABLE tcp = session_started(ID_OUR_TCP4);
  assert_int_equal(tcp.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
  for (size_t i = 0; i < 6; i++) {
    WSPPROC_TABLE table;

    fake_base.hole = -1;
    fake_base.version = MAKEWORD(2, 2);
    fake_base.startup_error = 0;
    fake_base.missing = false;
    failures[i].arrange();
    assert_int_equal(session_start(ID_OUR_UDP4, &table), failures[i].error);
    assert_int_equal(tcp.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
    assert_int_equal(fake_policy.destroyed, 0);
  }
  assert_int_equal(fake_policy.created, 1);
  session_end(&tcp);
}

/* The lower provider fails its second start; the first goes on, so ours does. */
static void a_started_chain_is_never_refused(void **state)
{
  WSPPROC_TABLE first = session_started(ID_OUR_TCP4), second;
  INT error = 0;

  (void)state;
  fake_base.startup_error = WSAEPROCLIM;
  assert_int_equal(session_start(ID_OUR_TCP4, &second), 0);
  assert_memory_equal(&first, &second, sizeof first);
  session_end(&first);
  assert_int_equal(fake_base.cleaned, 0);
  assert_int_equal(second.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
  session_end(&second);
}

static void cleanup_counts(void **state)
{
  WSPPROC_TABLE first = session_started(ID_OUR_TCP4), second = session_started(ID_OUR_TCP4),
                udp = session_started(ID_OUR_UDP4);
  INT error = 0;

  (void)state;
  assert_ptr_equal(first.lpWSPSocket, second.lpWSPSocket);
  assert_ptr_not_equal(first.lpWSPSocket, udp.lpWSPSocket);
  assert_int_equal(fake_base.started, 3);
  session_end(&second);
  assert_int_equal(fake_base.cleaned, 1);
  session_end(&first);
  assert_int_equal(first.lpWSPCleanup(&error), SOCKET_ERROR); /* one too many */
  assert_int_equal(error, WSANOTINITIALISED);
  assert_int_equal(first.lpWSPCleanup(NULL), SOCKET_ERROR);
  assert_int_equal(udp.lpWSPSocket(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0, &error), 100); /* and harmless */
  session_end(&udp);
  assert_int_equal(fake_base.cleaned, 3);
}

/* "must be left in a state where it can be immediately reinitialized by a call to WSPStartup" */
static void startable_again(void **state)
{
  INT error = 0;

  (void)state;
  for (int i = 0; i < 200; i++) {
    WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

    assert_int_equal(table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
    session_end(&table);
    assert_int_equal(heap_blocks(), 0);
  }
  assert_int_equal(fake_policy.created, 200);
  assert_int_equal(fake_catalog_reads, 200);
}

static void startup_makes_no_engine(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  assert_int_equal(fake_policy.created, 0);
  session_end(&table);
}

/* "the service provider must use only the most recently supplied upcall dispatch table" */
static void the_latest_upcall_table(void **state)
{
  WSPPROC_TABLE first = session_started(ID_OUR_TCP4), second;
  WSPUPCALLTABLE newer = fake_host_second_upcalls();
  WSPDATA data;
  INT error = 0;

  (void)state;
  first.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
  assert_int_equal(fake_host.modifies, 1);
  assert_int_equal(WSPStartup(MAKEWORD(2, 2), &data, fake_catalog_info(ID_OUR_UDP4), newer, &second), 0);
  assert_memory_equal(&fake_base.upcalls, &newer, sizeof newer);
  first.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
  second.lpWSPSocket(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0, &error);
  assert_int_equal(fake_host.modifies, 1);
  assert_int_equal(fake_host.modifies_second, 2);
  session_end(&first);
  session_end(&second);
}

/* A failed start brought a table along: it is nobody's. */
static void a_failed_start_leaves_the_upcall_table(void **state)
{
  WSPPROC_TABLE first = session_started(ID_OUR_TCP4), second;
  WSPDATA data;
  INT error = 0;

  (void)state;
  fake_base.missing = true;
  assert_int_not_equal(
      WSPStartup(MAKEWORD(2, 2), &data, fake_catalog_info(ID_OUR_UDP4), fake_host_second_upcalls(), &second),
      0);
  first.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
  assert_int_equal(fake_host.modifies_second, 0);
  session_end(&first);
}

static void one_catalog_read_serves_all(void **state)
{
  WSPPROC_TABLE tcp = session_started(ID_OUR_TCP4), udp = session_started(ID_OUR_UDP4),
                raw = session_started(ID_OUR_RAW4);

  (void)state;
  assert_int_equal(fake_catalog_reads, 1);
  session_end(&tcp);
  session_end(&udp);
  session_end(&raw);
}

static void an_entry_of_a_newer_catalog(void **state)
{
  WSPPROC_TABLE tcp = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  add_layered_chain();
  WSPPROC_TABLE layered = session_started(ID_OUR_LAYERED);
  assert_int_equal(fake_catalog_reads, 2);
  assert_int_equal(layered.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error), 100);
  assert_int_equal(fake_layer.sockets, 1);
  session_end(&tcp);
  session_end(&layered);
}

static void all_instances_at_once_and_one_more(void **state)
{
  WSPPROC_TABLE tables[CHAIN_INSTANCE_COUNT], more;
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4);
  WSPDATA data;
  INT error = 0;

  (void)state;
  for (DWORD i = 0; i < CHAIN_INSTANCE_COUNT; i++) {
    info.dwCatalogEntryId = 5000 + i;
    assert_int_equal(WSPStartup(MAKEWORD(2, 2), &data, &info, fake_host_upcalls(), &tables[i]), 0);
  }
  info.dwCatalogEntryId = 4999;
  assert_int_equal(WSPStartup(MAKEWORD(2, 2), &data, &info, fake_host_upcalls(), &more), WSAEPROCLIM);
  for (DWORD i = 0; i < CHAIN_INSTANCE_COUNT; i++) {
    for (DWORD j = 0; j < i; j++)
      assert_ptr_not_equal(tables[i].lpWSPSocket, tables[j].lpWSPSocket);
    tables[i].lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error);
  }
  assert_int_equal(fake_base.sockets, CHAIN_INSTANCE_COUNT);
  for (DWORD i = 0; i < CHAIN_INSTANCE_COUNT; i++)
    session_end(&tables[i]);
}

static void memory_short_at_every_step(void **state)
{
  INT error = WSAENOBUFS;
  WSPPROC_TABLE table;

  for (long i = 0; error != 0; i++) {
    session_setup(state);
    heap_fail_after(i);
    error = session_start(ID_OUR_TCP4, &table);
    heap_fail_after(-1);
    if (error == 0)
      session_end(&table);
    session_teardown(state);
    assert_true(i < 20);
  }
}

/* Other threads are gone, perhaps inside a lock: nothing is touched. */
static void cleanup_at_the_end_of_the_process(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 12345;

  (void)state;
  fake_host.exiting = true;
  assert_int_equal(table.lpWSPCleanup(&error), 0);
  assert_int_equal(fake_base.cleaned, 0);
  fake_host.exiting = false;
  session_end(&table);
}

static DWORD WINAPI start_and_end(void *unused)
{
  (void)unused;
  for (int i = 0; i < 300; i++) {
    WSPPROC_TABLE table;
    INT error = 0;

    if (session_start(i % 2 == 0 ? ID_OUR_TCP4 : ID_OUR_UDP4, &table) != 0)
      return 1;
    if (table.lpWSPCleanup(&error) != 0)
      return 2;
  }
  return 0;
}

static void many_threads(void **state)
{
  HANDLE threads[6];

  (void)state;
  for (int i = 0; i < 6; i++)
    threads[i] = CreateThread(NULL, 0, start_and_end, NULL, 0, NULL);
  WaitForMultipleObjects(6, threads, TRUE, 60000);
  for (int i = 0; i < 6; i++) {
    DWORD code = 99;

    assert_true(GetExitCodeThread(threads[i], &code));
    assert_int_equal(code, 0);
    CloseHandle(threads[i]);
  }
  /* The doubles' counters are no atomics; the instances are what must add up. */
  for (size_t i = 0; i < CHAIN_INSTANCE_COUNT; i++)
    assert_int_equal(chain_instance_at(i)->starts, 0);
  fake_providers_reset();
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(the_base_gets_its_own_info),
      SESSION_TEST(a_layer_gets_the_same_info),
      SESSION_TEST(the_catalog_survives_the_lower_provider),
      SESSION_TEST(the_table),
      SESSION_TEST(version_negotiation),
      SESSION_TEST(null_arguments),
      SESSION_TEST(clean_failure_at_every_step),
      SESSION_TEST(others_live_while_one_fails),
      SESSION_TEST(a_started_chain_is_never_refused),
      SESSION_TEST(cleanup_counts),
      SESSION_TEST(startable_again),
      SESSION_TEST(startup_makes_no_engine),
      SESSION_TEST(the_latest_upcall_table),
      SESSION_TEST(a_failed_start_leaves_the_upcall_table),
      SESSION_TEST(one_catalog_read_serves_all),
      SESSION_TEST(an_entry_of_a_newer_catalog),
      SESSION_TEST(all_instances_at_once_and_one_more),
      SESSION_TEST(memory_short_at_every_step),
      SESSION_TEST(cleanup_at_the_end_of_the_process),
      SESSION_TEST(many_threads),
  };

  return cmocka_run_group_tests_name("lsp: startup and cleanup", tests, NULL, NULL);
}
