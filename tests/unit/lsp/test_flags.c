/* dwFlags and g are the caller's: by default a socket has no overlapped attribute, and which multipoint flags
 * go together is the base provider's to say (LPWSPSocket, Remarks). */
#include "session.h"

enum { ID_LAYER_TCP6 = 1012, ID_OUR_LAYERED_TCP6 = 1031, ALL_FLAGS = 0x3FF };

/* Every combination goes down as it came, with any g, and what comes back is the provider's. */
static void assert_passed_on(DWORD id, const fake_provider_t *below)
{
  WSPPROC_TABLE table = session_started(id);
  WSAPROTOCOL_INFOW *info = fake_catalog_info(id);

  for (DWORD flags = 0; flags <= ALL_FLAGS; flags++) {
    INT error = 0;
    GROUP g = flags % 3;

    assert_int_equal(table.lpWSPSocket(-1, -1, -1, info, g, flags, &error), 100);
    assert_int_equal(below->call.flags, flags);
    assert_int_equal(below->call.g, g);
    assert_int_equal(fake_policy.request.flags, flags);
  }
  session_end(&table);
}

static void to_the_base(void **state)
{
  (void)state;
  assert_passed_on(ID_OUR_TCP4, &fake_base);
}

static void to_a_layer(void **state)
{
  (void)state;
  fake_catalog_add(ID_LAYER, PATH_LAYER, AF_INET6, SOCK_STREAM, IPPROTO_TCP, NULL);
  fake_catalog_add(ID_LAYER_TCP6, PATH_LAYER, AF_INET6, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_LAYER, ID_TCP6, 0});
  fake_catalog_add(ID_OUR_LAYERED_TCP6, PATH_OURS, AF_INET6, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_OURS, ID_LAYER_TCP6, ID_TCP6, 0});
  assert_passed_on(ID_OUR_LAYERED_TCP6, &fake_layer);
}

static void after_a_rewrite(void **state)
{
  (void)state;
  fake_policy.action = POLICY_REWRITE;
  fake_policy.triple = (policy_triple_t){AF_INET, SOCK_DGRAM, IPPROTO_UDP};
  assert_passed_on(ID_OUR_TCP4, &fake_base);
  assert_int_equal(fake_base.call.type, SOCK_DGRAM);
}

/* Flags that contradict each other, and a g that is none: the provider below says so, not we. */
static void refused_below(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  fake_base.socket = INVALID_SOCKET;
  fake_base.error = WSAEINVAL;
  assert_true(table.lpWSPSocket(AF_INET, SOCK_STREAM, 0, NULL, 4711,
                                WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_C_LEAF,
                                &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEINVAL);
  assert_int_equal(fake_base.sockets, 1);
  session_end(&table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(to_the_base),
      SESSION_TEST(to_a_layer),
      SESSION_TEST(after_a_rewrite),
      SESSION_TEST(refused_below),
  };

  return cmocka_run_group_tests_name("lsp: flags", tests, NULL, NULL);
}
