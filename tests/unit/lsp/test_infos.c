/* WSAPROTOCOL_INFOs that are not a catalog's: layers above that load everything at once
 * (docs/winsock-notes.md 1; Microsoft's sample LSP, provider.cpp), and what an application made up. */
#include "chain_instance.h"

#include <limits.h>
#include <string.h>
#include "session.h"

enum { ID_LAYER_UDP6 = 1012, ID_UPPER_UDP4 = 1017, ID_UPPER_UDP6 = 1018, ID_OUR_LAYERED_UDP6 = 1031 };

static void add_layers(void)
{
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, NULL);
  fake_catalog_add(ID_LAYER_UDP6, PATH_LAYER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_LAYER, ID_UDP6, 0});
  fake_catalog_add(ID_OUR_LAYERED_UDP6, PATH_OURS, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_OURS, ID_LAYER_UDP6, ID_UDP6, 0});
  fake_catalog_add(ID_UPPER, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_UPPER_TCP4, PATH_UPPER, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_UPPER, ID_OUR_TCP4, ID_TCP4, 0});
  fake_catalog_add(ID_UPPER_UDP4, PATH_UPPER, AF_INET, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_UPPER, ID_OUR_UDP4, ID_UDP4, 0});
  fake_catalog_add(ID_UPPER_UDP6, PATH_UPPER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_UPPER, ID_OUR_LAYERED_UDP6, ID_LAYER_UDP6, ID_UDP6, 0});
}

static INT start_with(const WSAPROTOCOL_INFOW *info, WSPPROC_TABLE *table)
{
  WSAPROTOCOL_INFOW handed = *info;
  WSPDATA data;

  return WSPStartup(MAKEWORD(2, 2), &data, &handed, fake_host_upcalls(), table);
}

static void assert_served(const WSPPROC_TABLE *table, DWORD upper, DWORD labelled,
                          const fake_provider_t *below, const WSAPROTOCOL_INFOW *told)
{
  WSAPROTOCOL_INFOW info = *fake_catalog_info(upper);
  INT error = 0;

  assert_int_equal(
      table->lpWSPSocket(info.iAddressFamily, info.iSocketType, info.iProtocol, &info, 0, 0, &error), 100);
  assert_int_equal(fake_host.modified_id, labelled);
  assert_memory_equal(&below->call.info, told, sizeof *told);
  if (told->dwCatalogEntryId == upper)
    assert_ptr_equal(below->call.info_pointer, &info);
}

/* The three chains of a layer above, by whatever table each was given. */
static void assert_all_served(const WSPPROC_TABLE *tcp4, const WSPPROC_TABLE *udp4, const WSPPROC_TABLE *udp6)
{
  assert_served(tcp4, ID_UPPER_TCP4, ID_OUR_TCP4, &fake_base, fake_catalog_info(ID_TCP4));
  assert_served(udp4, ID_UPPER_UDP4, ID_OUR_UDP4, &fake_base, fake_catalog_info(ID_UDP4));
  assert_served(udp6, ID_UPPER_UDP6, ID_OUR_LAYERED_UDP6, &fake_layer, fake_catalog_info(ID_UPPER_UDP6));
}

/* All chains started with the info of the one that ws2_32 started first. */
static void all_chains_started_with_the_first_ones_info(void **state)
{
  WSPPROC_TABLE tables[3];

  (void)state;
  add_layers();
  for (int i = 0; i < 3; i++)
    assert_int_equal(start_with(fake_catalog_info(ID_UPPER_TCP4), &tables[i]), 0);
  assert_all_served(&tables[0], &tables[1], &tables[2]);
  for (int i = 0; i < 3; i++)
    session_end(&tables[i]);
}

/* "an info that holds none of our ids": a chain of the layer above and the base provider. */
static void started_with_infos_that_name_none_of_our_ids(void **state)
{
  static const DWORD uppers[] = {ID_UPPER_TCP4, ID_UPPER_UDP4, ID_UPPER_UDP6};
  WSPPROC_TABLE tables[3];

  (void)state;
  add_layers();
  for (int i = 0; i < 3; i++) {
    WSAPROTOCOL_INFOW info = *fake_catalog_info(uppers[i]);

    info.ProtocolChain.ChainEntries[1] = info.ProtocolChain.ChainEntries[info.ProtocolChain.ChainLen - 1];
    info.ProtocolChain.ChainLen = 2;
    assert_int_equal(start_with(&info, &tables[i]), 0);
  }
  assert_memory_equal(&fake_layer.startup_info, fake_catalog_info(ID_OUR_LAYERED_UDP6),
                      sizeof(WSAPROTOCOL_INFOW)); /* it would not find itself in the other */
  assert_all_served(&tables[0], &tables[1], &tables[2]);
  for (int i = 0; i < 3; i++)
    session_end(&tables[i]);
}

/* "or only the hidden one": it says nothing of the transport. */
static void started_with_the_hidden_entry_alone(void **state)
{
  WSPPROC_TABLE tables[3];

  (void)state;
  add_layers();
  for (int i = 0; i < 3; i++)
    assert_int_equal(start_with(fake_catalog_info(ID_OURS), &tables[i]), 0);
  assert_all_served(&tables[2], &tables[0], &tables[1]);
  for (int i = 0; i < 3; i++)
    session_end(&tables[i]);
}

static const int lengths[] = {INT_MIN, -1, 0, 1, 2, MAX_PROTOCOL_CHAIN, MAX_PROTOCOL_CHAIN + 1, INT_MAX};
static const DWORD dangling[] = {0, 4711, 0xFFFFFFFF};

/* ChainLen 0, 8, negative, ids that no entry has. What counts is the entry that the info names. */
static void made_up_chains(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
    for (size_t j = 0; j < sizeof dangling / sizeof dangling[0]; j++) {
      WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_TCP4);
      INT error = 12345;

      info.ProtocolChain.ChainLen = lengths[i];
      for (int k = 0; k < MAX_PROTOCOL_CHAIN; k++)
        info.ProtocolChain.ChainEntries[k] = dangling[j];
      assert_int_equal(table.lpWSPSocket(-1, -1, -1, &info, 0, 0, &error), 100);
      assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof info);
      assert_int_equal(fake_base.call.type, SOCK_STREAM);
      assert_int_equal(fake_host.modified_id, ID_OUR_TCP4);
      assert_int_equal(table.lpWSPAddressToString(NULL, 0, &info, NULL, NULL, &error), 0);
      assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof info);
      assert_int_equal(table.lpWSPStringToAddress(NULL, AF_INET, &info, NULL, NULL, &error), 0);
      assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof info);
      assert_int_equal(error, 12345);
    }
  session_end(&table);
}

/* An id that is no entry's, or an entry's that is no chain: the chain we were started for serves the call. */
static void made_up_catalog_ids(void **state)
{
  static const DWORD ids[] = {0, 4711, 0xFFFFFFFF, ID_OURS};
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

  (void)state;
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
    WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_UDP4);
    INT error = 0;

    info.dwCatalogEntryId = ids[i];
    assert_int_equal(table.lpWSPSocket(-1, -1, -1, &info, 0, 0, &error), 100);
    assert_int_equal(fake_policy.request.effective.type, SOCK_STREAM);
    assert_memory_equal(&fake_base.call.info, fake_catalog_info(ID_TCP4), sizeof info);
    assert_int_equal(fake_host.modified_id, ID_OUR_TCP4);
  }
  session_end(&table);
}

/* A chain that is none may be started: nothing is read past its end, and the likeliest chain of ours serves
 * it. */
static void started_with_made_up_infos(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
    for (size_t j = 0; j < sizeof dangling / sizeof dangling[0]; j++) {
      WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_UDP4);
      WSPPROC_TABLE table;

      info.ProtocolChain.ChainLen = lengths[i];
      info.dwCatalogEntryId = dangling[j];
      for (int k = 0; k < MAX_PROTOCOL_CHAIN; k++)
        info.ProtocolChain.ChainEntries[k] = dangling[j];
      assert_int_equal(start_with(&info, &table), 0);
      assert_memory_equal(&fake_base.startup_info, fake_catalog_info(ID_UDP4), sizeof info);
      session_end(&table);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(all_chains_started_with_the_first_ones_info),
      SESSION_TEST(started_with_infos_that_name_none_of_our_ids),
      SESSION_TEST(started_with_the_hidden_entry_alone),
      SESSION_TEST(made_up_chains),
      SESSION_TEST(made_up_catalog_ids),
      SESSION_TEST(started_with_made_up_infos),
  };

  return cmocka_run_group_tests_name("lsp: infos", tests, NULL, NULL);
}
