/* The pure rules of protocol chains: docs/winsock-notes.md 1 and 2. */
#include "chain.h"

#include <string.h>
#include "chain_search.h"
#include "fake_catalog.h"
#include "protocol_info.h"
#include "testing.h"

static int setup(void **state)
{
  (void)state;
  fake_catalog_usual();
  return 0;
}

static chain_place_t locate(const WSAPROTOCOL_INFOW *info)
{
  chain_place_t place;

  assert_true(chain_locate(fake_catalog(), info, &place));
  return place;
}

static DWORD next_of(const WSAPROTOCOL_INFOW *info)
{
  return locate(info).lower->info.dwCatalogEntryId;
}

/* A layer below ours in one chain, one above ours in another. */
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

static void directly_over_the_base(void **state)
{
  const WSAPROTOCOL_INFOW *info = fake_catalog_info(ID_OUR_UDP4);
  chain_place_t place = locate(info);

  (void)state;
  assert_int_equal(place.chain->info.dwCatalogEntryId, ID_OUR_UDP4);
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_UDP4);
  assert_true(place.lower_is_base);
  assert_true(place.on_top);
  assert_int_equal(place.own_id, ID_OUR_UDP4);
}

/* Not "the last element of the chain": the one after us. */
static void over_a_layer_named_by_its_chain_id(void **state)
{
  add_layers();
  const WSAPROTOCOL_INFOW *info = fake_catalog_info(ID_OUR_LAYERED);
  chain_place_t place = locate(info);

  (void)state;
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_LAYER_TCP4);
  assert_false(place.lower_is_base);
  assert_ptr_equal(place.lower_info, info);
  assert_int_equal(place.own_id, ID_OUR_LAYERED);
}

static void over_a_layer_named_by_its_hidden_id(void **state)
{
  (void)state;
  add_layers();
  fake_catalog_info(ID_OUR_LAYERED)->ProtocolChain.ChainEntries[1] = ID_LAYER;
  chain_place_t place = locate(fake_catalog_info(ID_OUR_LAYERED));
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_LAYER);
  assert_false(place.lower_is_base);
}

static void below_a_layer_that_names_our_chain(void **state)
{
  (void)state;
  add_layers();
  chain_place_t place = locate(fake_catalog_info(ID_UPPER_TCP4));
  assert_int_equal(place.chain->info.dwCatalogEntryId, ID_UPPER_TCP4);
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_TCP4);
  assert_true(place.lower_is_base);
  assert_false(place.on_top);
  assert_int_equal(place.own_id, ID_OUR_TCP4);
}

static void below_a_layer_that_names_our_hidden_entry(void **state)
{
  (void)state;
  add_layers();
  fake_catalog_info(ID_UPPER_TCP4)->ProtocolChain.ChainEntries[1] = ID_OURS;
  chain_place_t place = locate(fake_catalog_info(ID_UPPER_TCP4));
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_TCP4);
  assert_false(place.on_top);
  assert_int_equal(place.own_id, ID_OUR_TCP4); /* the chain of ours over the same provider */
}

/* A chain of [above, ours]: what is below follows in ours, and a layer below finds itself only there. */
static void below_a_layer_whose_chain_ends_with_ours(void **state)
{
  (void)state;
  add_layers();
  WSAPROTOCOL_INFOW *upper = fake_catalog_info(ID_UPPER_TCP4);
  upper->ProtocolChain.ChainLen = 2;
  upper->ProtocolChain.ChainEntries[1] = ID_OUR_LAYERED;
  chain_place_t place = locate(upper);
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_LAYER_TCP4);
  assert_ptr_equal(place.lower_info, fake_catalog_info(ID_OUR_LAYERED));
}

static void between_two_layers(void **state)
{
  (void)state;
  add_layers();
  WSAPROTOCOL_INFOW *upper = fake_catalog_info(ID_UPPER_TCP4);
  const DWORD chain[] = {ID_UPPER, ID_OUR_LAYERED, ID_LAYER_TCP4, ID_TCP4};
  upper->ProtocolChain.ChainLen = 4;
  memcpy(upper->ProtocolChain.ChainEntries, chain, sizeof chain);
  chain_place_t place = locate(upper);
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_LAYER_TCP4);
  assert_ptr_equal(place.lower_info, upper);
  assert_int_equal(place.own_id, ID_OUR_LAYERED);
}

/* An installer that ran twice: we never become our own lower provider. */
static void never_our_own_lower_provider(void **state)
{
  (void)state;
  WSAPROTOCOL_INFOW *twice = fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                                              (DWORD[]){ID_OURS, ID_OUR_TCP4, ID_TCP4, 0});
  assert_int_equal(next_of(twice), ID_TCP4);
}

static void an_info_with_only_the_hidden_entry(void **state)
{
  WSAPROTOCOL_INFOW hidden = *fake_catalog_info(ID_OURS);

  (void)state;
  hidden.iAddressFamily = AF_INET;
  hidden.iSocketType = SOCK_DGRAM;
  hidden.iProtocol = IPPROTO_UDP;
  assert_int_equal(next_of(&hidden), ID_UDP4);
  assert_false(locate(&hidden).on_top);
  memset(&hidden, 0, sizeof hidden);
  chain_place_t place =
      locate(&hidden); /* like nothing at all: some chain of ours is better than no sockets */
  assert_int_equal(place.lower->info.dwCatalogEntryId, ID_TCP4);
}

static void an_info_that_does_not_hold_us(void **state)
{
  WSAPROTOCOL_INFOW foreign = *fake_catalog_info(ID_TCP6);

  (void)state;
  assert_int_equal(next_of(&foreign), ID_TCP6);
  foreign.ProtocolChain.ChainLen = 2;
  foreign.ProtocolChain.ChainEntries[0] = 77;
  foreign.ProtocolChain.ChainEntries[1] = 78;
  assert_int_equal(next_of(&foreign), ID_TCP6);
  assert_int_equal(locate(&foreign).own_id, ID_OUR_TCP6);
}

/* Flags tell equal triples apart. */
static void the_likeliest_chain_has_the_same_flags(void **state)
{
  (void)state;
  fake_catalog_add(ID_OUR_LAYERED, PATH_OURS, AF_INET, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_OURS, ID_UDP6, 0})
      ->dwServiceFlags1 = 0x20066 | XP1_SUPPORT_MULTIPOINT;
  WSAPROTOCOL_INFOW foreign = *fake_catalog_info(ID_TCP4);
  foreign.dwServiceFlags1 = 0x20066 | XP1_SUPPORT_MULTIPOINT;
  assert_int_equal(next_of(&foreign), ID_UDP6);
}

static void untrusted_lengths_and_ids(void **state)
{
  static const int lengths[] = {-1, 0, 1, 8, 9, 1000, 0x7FFFFFFF, (int)0x80000000};
  WSAPROTOCOL_INFOW info = *fake_catalog_info(ID_OUR_UDP4);

  (void)state;
  for (int i = 0; i < MAX_PROTOCOL_CHAIN; i++)
    info.ProtocolChain.ChainEntries[i] = 0xFFFFFFFF - (DWORD)i;
  info.iVersion = ID_OURS; /* what lies behind the elements */
  info.iMaxSockAddr = ID_TCP6;
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
    info.ProtocolChain.ChainLen = lengths[i];
    assert_int_equal(next_of(&info), ID_UDP4); /* found by likeness, without reading the elements */
  }
  info.ProtocolChain.ChainLen = 7;
  info.ProtocolChain.ChainEntries[6] = ID_OURS; /* we are the last: nothing below */
  assert_int_equal(next_of(&info), ID_UDP4);
}

static void a_missing_lower_entry_is_not_skipped(void **state)
{
  (void)state;
  add_layers();
  WSAPROTOCOL_INFOW *layered = fake_catalog_info(ID_OUR_LAYERED);
  layered->ProtocolChain.ChainEntries[1] = 4711; /* another vendor's layer, removed carelessly */
  chain_place_t place = locate(layered);
  assert_int_equal(place.chain->info.dwCatalogEntryId,
                   ID_OUR_TCP4); /* another chain of ours serves the same */
  wcscpy(fake_catalog_entry(ID_TCP4)->path, L"");
  assert_int_not_equal(next_of(layered), ID_TCP4);
}

static void no_chain_of_ours(void **state)
{
  chain_place_t place;

  (void)state;
  fake_catalog_clear();
  fake_catalog_add(ID_OURS, PATH_OURS, 0, 0, 0, NULL);
  fake_catalog_add(ID_TCP4, PATH_BASE, AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL)->ProtocolChain.ChainLen = 1;
  assert_false(chain_locate(fake_catalog(), fake_catalog_info(ID_TCP4), &place));
}

static void the_chain_for_a_triple(void **state)
{
  static const struct {
    policy_triple_t triple;
    DWORD id;
    INT error;
  } cases[] = {
      {{AF_INET, SOCK_STREAM, IPPROTO_TCP}, ID_OUR_TCP4, 0},
      {{AF_INET, SOCK_STREAM, 0}, ID_OUR_TCP4, 0},
      {{AF_INET, SOCK_DGRAM, IPPROTO_UDP}, ID_OUR_UDP4, 0},
      {{AF_INET6, SOCK_STREAM, IPPROTO_TCP}, ID_OUR_TCP6, 0},
      {{AF_INET, SOCK_RAW, 0}, ID_OUR_RAW4, 0},
      {{AF_INET, SOCK_RAW, IPPROTO_ICMP}, ID_OUR_RAW4, 0},
      {{AF_INET, SOCK_RAW, 255}, ID_OUR_RAW4, 0},
      {{AF_INET, SOCK_RAW, 256}, 0, WSAEPROTONOSUPPORT},
      {{AF_INET, SOCK_RAW, -1}, 0, WSAEPROTONOSUPPORT},
      {{AF_INET, SOCK_STREAM, IPPROTO_UDP}, 0, WSAEPROTONOSUPPORT},
      {{AF_INET, SOCK_RDM, 0}, 0, WSAESOCKTNOSUPPORT},
      {{AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
       0,
       WSAESOCKTNOSUPPORT}, /* there is a base entry, but no chain of ours */
      {{AF_INET6, SOCK_RAW, 0}, 0, WSAESOCKTNOSUPPORT},
      {{AF_IPX, SOCK_DGRAM, 0}, 0, WSAEAFNOSUPPORT},
  };

  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    INT error = 0;
    const catalog_entry_t *entry = chain_search_triple(fake_catalog(), &cases[i].triple, &error);

    assert_int_equal(entry == NULL ? 0 : entry->info.dwCatalogEntryId, cases[i].id);
    assert_int_equal(error, cases[i].error);
  }
}

static void zero_needs_the_flag(void **state)
{
  INT error = 0;
  policy_triple_t triple = {AF_INET, SOCK_STREAM, 0};

  (void)state;
  fake_catalog_info(ID_OUR_TCP4)->dwProviderFlags = 0;
  assert_null(chain_search_triple(fake_catalog(), &triple, &error));
  assert_int_equal(error, WSAEPROTONOSUPPORT);
}

static void a_range_near_the_largest_number(void **state)
{
  INT error = 0;
  policy_triple_t triple = {AF_INET, SOCK_STREAM, 0x7FFFFFFF};

  (void)state;
  fake_catalog_info(ID_OUR_TCP4)->iProtocol = 0x7FFFFFF0;
  fake_catalog_info(ID_OUR_TCP4)->iProtocolMaxOffset = 255;
  assert_non_null(chain_search_triple(fake_catalog(), &triple, &error));
}

static void another_vendors_chain_is_no_sibling(void **state)
{
  INT error = 0;
  policy_triple_t triple = {AF_INET6, SOCK_DGRAM, IPPROTO_UDP};

  (void)state;
  fake_catalog_add(ID_UPPER_TCP4, PATH_UPPER, AF_INET6, SOCK_DGRAM, IPPROTO_UDP,
                   (DWORD[]){ID_UPPER, ID_OURS, ID_UDP6, 0});
  assert_null(chain_search_triple(fake_catalog(), &triple, &error));
}

static void answers_from_below(void **state)
{
  (void)state;
  add_layers();
  const catalog_t *catalog = fake_catalog();
  const catalog_entry_t *tcp = fake_catalog_entry(ID_OUR_TCP4), *layered = fake_catalog_entry(ID_OUR_LAYERED);

  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_UDP4), tcp),
                   fake_catalog_entry(ID_OUR_UDP4));
  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_TCP6), tcp),
                   fake_catalog_entry(ID_OUR_TCP6));
  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_TCP4), NULL), tcp);
  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_TCP4), layered),
                   layered); /* the layer passed the call on */
  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_LAYER_TCP4), tcp), layered);
  assert_null(chain_search_over(catalog, catalog_find(catalog, ID_UDP6), tcp));
  assert_null(chain_search_over(catalog, catalog_find(catalog, 4711), tcp));
  assert_ptr_equal(
      chain_search_over(catalog, catalog_find(catalog, ID_TCP4), fake_catalog_entry(ID_UPPER_TCP4)), tcp);

  /* Our chain spells out the elements of the one below instead of naming it. */
  fake_catalog_info(ID_OUR_LAYERED)->ProtocolChain.ChainEntries[1] = ID_LAYER;
  assert_ptr_equal(chain_search_over(catalog, catalog_find(catalog, ID_LAYER_TCP4), tcp), layered);
}

static void effective_triples(void **state)
{
  static const int any[] = {0, -1};
  const WSAPROTOCOL_INFOW *tcp = fake_catalog_info(ID_OUR_TCP4), *raw = fake_catalog_info(ID_OUR_RAW4);

  (void)state;
  for (size_t i = 0; i < 8; i++) {
    policy_triple_t triple =
        protocol_info_effective(tcp, (policy_triple_t){any[i & 1], any[i >> 1 & 1], any[i >> 2]});

    assert_int_equal(triple.af, AF_INET);
    assert_int_equal(triple.type, SOCK_STREAM);
    assert_int_equal(triple.protocol, IPPROTO_TCP);
    assert_int_equal(
        protocol_info_effective(raw, (policy_triple_t){any[i & 1], any[i >> 1 & 1], any[i >> 2]}).protocol,
        0);
  }
  assert_int_equal(protocol_info_effective(raw, (policy_triple_t){AF_INET, SOCK_RAW, IPPROTO_ICMP}).protocol,
                   IPPROTO_ICMP);
  policy_triple_t odd = protocol_info_effective(
      tcp, (policy_triple_t){AF_INET6, SOCK_DGRAM, 99}); /* ws2_32 lets an info override: reported as it is */
  assert_int_equal(odd.af, AF_INET6);
  assert_int_equal(odd.type, SOCK_DGRAM);
  assert_int_equal(odd.protocol, 99);
}

static void shared_state(void **state)
{
  WSAPROTOCOL_INFOW entry = *fake_catalog_info(ID_OUR_TCP4), info, base = *fake_catalog_info(ID_TCP4);

  (void)state;
  entry.dwServiceFlags3 = 3;
  info = entry;
  assert_false(protocol_info_is_shared(&info, &entry));
  info.dwProviderReserved = 9;
  assert_true(protocol_info_is_shared(&info, &entry));
  protocol_info_copy_shared(&base, &info, &entry);
  assert_int_equal(base.dwProviderReserved, 9);
  assert_int_equal(base.dwServiceFlags3, 0); /* the entry's own flags stay */
  info = entry;
  info.dwServiceFlags3 = 0x44;
  assert_true(protocol_info_is_shared(&info, &entry));
  info = entry;
  info.dwServiceFlags4 = 0x48;
  assert_true(protocol_info_is_shared(&info, &entry));
  protocol_info_copy_shared(&base, &info, &entry);
  assert_int_equal(base.dwServiceFlags4, 0x48);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(directly_over_the_base, setup),
      cmocka_unit_test_setup(over_a_layer_named_by_its_chain_id, setup),
      cmocka_unit_test_setup(over_a_layer_named_by_its_hidden_id, setup),
      cmocka_unit_test_setup(below_a_layer_that_names_our_chain, setup),
      cmocka_unit_test_setup(below_a_layer_that_names_our_hidden_entry, setup),
      cmocka_unit_test_setup(below_a_layer_whose_chain_ends_with_ours, setup),
      cmocka_unit_test_setup(between_two_layers, setup),
      cmocka_unit_test_setup(never_our_own_lower_provider, setup),
      cmocka_unit_test_setup(an_info_with_only_the_hidden_entry, setup),
      cmocka_unit_test_setup(an_info_that_does_not_hold_us, setup),
      cmocka_unit_test_setup(the_likeliest_chain_has_the_same_flags, setup),
      cmocka_unit_test_setup(untrusted_lengths_and_ids, setup),
      cmocka_unit_test_setup(a_missing_lower_entry_is_not_skipped, setup),
      cmocka_unit_test_setup(no_chain_of_ours, setup),
      cmocka_unit_test_setup(the_chain_for_a_triple, setup),
      cmocka_unit_test_setup(zero_needs_the_flag, setup),
      cmocka_unit_test_setup(a_range_near_the_largest_number, setup),
      cmocka_unit_test_setup(another_vendors_chain_is_no_sibling, setup),
      cmocka_unit_test_setup(answers_from_below, setup),
      cmocka_unit_test_setup(effective_triples, setup),
      cmocka_unit_test_setup(shared_state, setup),
  };

  return cmocka_run_group_tests_name("lsp: chains", tests, NULL, NULL);
}
