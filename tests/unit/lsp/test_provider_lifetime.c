/* The first and the last user of the provider: what is process-wide begins with one and ends with the other.
 * WSPStartup's and WSPCleanup's own contract: test_startup.c. docs/winsock-notes.md 1 and 5. */
#include "provider_lifetime.h"

#include <string.h>
#include "session.h"
#include "upcalls.h"

static SOCKET create(const WSPPROC_TABLE *table, INT *error)
{
  return table->lpWSPSocket(AF_INET, SOCK_STREAM, 0, fake_catalog_info(ID_OUR_TCP4), 0, 0, error);
}

static void rewrite_to_udp(void)
{
  fake_policy.action = POLICY_REWRITE;
  fake_policy.triple = (policy_triple_t){AF_INET, SOCK_DGRAM, IPPROTO_UDP};
}

/* A chain that we started for a rewrite stays for all users and ends with the last one. */
static void starts_of_our_own_end_with_the_last_user(void **state)
{
  WSPPROC_TABLE tcp = session_started(ID_OUR_TCP4), raw = session_started(ID_OUR_RAW4);
  INT error = 0;

  (void)state;
  rewrite_to_udp();
  assert_int_equal(create(&tcp, &error), 100);
  assert_int_equal(fake_base.started, 3);
  session_end(&tcp);
  assert_int_equal(fake_base.cleaned, 1);
  assert_int_equal(chain_instance_at(2)->own_starts, 1);
  session_end(&raw);
  assert_int_equal(fake_base.cleaned, 3);
  assert_int_equal(chain_instance_at(2)->starts, 0);
}

/* The next first user finds nothing of the time before. */
static void the_next_life_is_a_new_one(void **state)
{
  INT error = 0;

  (void)state;
  for (int life = 1; life <= 3; life++) {
    WSPPROC_TABLE table = session_started(ID_OUR_TCP4);

    assert_non_null(upcalls_modify_ifs_handle());
    rewrite_to_udp();
    assert_int_equal(create(&table, &error), 100);
    assert_int_equal(fake_base.started, 2 * life); /* the sibling too is started anew */
    assert_int_equal(fake_catalog_reads, life);
    assert_int_equal(fake_policy.created, life);
    session_end(&table);
    assert_int_equal(fake_policy.destroyed, life);
    assert_null(upcalls_modify_ifs_handle());
  }
}

/* A user whose start fails leaves, and is not the last where another one is there. */
static void a_failed_start_is_no_user(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4), failed;
  INT error = 0;

  (void)state;
  assert_int_equal(create(&table, &error), 100);
  fake_base.missing = true;
  for (int i = 0; i < 3; i++)
    assert_int_equal(session_start(ID_OUR_UDP4, &failed), WSAEPROVIDERFAILEDINIT);
  fake_base.missing = false;
  assert_int_equal(fake_policy.destroyed, 0);
  assert_int_equal(create(&table, &error), 100);
  session_end(&table);
  assert_int_equal(fake_policy.destroyed, 1);
}

static const WSPPROC_TABLE *ending;

static void end_while_deciding(const policy_host_t *host)
{
  (void)host;
  session_end(ending);
  assert_int_equal(fake_policy.destroyed, 0); /* this thread is inside it */
}

/* A program that cleans up while another call of its own is decided: the engine waits for the next user. */
static void the_last_user_leaves_while_a_thread_decides(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  INT error = 0;

  (void)state;
  ending = &table;
  fake_policy.inside = end_while_deciding;
  fake_policy.action = POLICY_REJECT;
  fake_policy.error = WSAEACCES;
  assert_true(create(&table, &error) == INVALID_SOCKET);
  assert_int_equal(error, WSAEACCES);
  assert_int_equal(fake_policy.destroyed, 0);
  fake_policy.inside = NULL;

  table = session_started(ID_OUR_TCP4);
  assert_true(create(&table, &error) == INVALID_SOCKET);
  assert_int_equal(fake_policy.created, 1); /* the same engine */
  session_end(&table);
  assert_int_equal(fake_policy.destroyed, 1);
}

static void one_cleanup_too_many(void **state)
{
  WSPPROC_TABLE table = session_started(ID_OUR_TCP4);
  chain_instance_t *instance = chain_instance_at(0);
  INT error = 0;

  (void)state;
  assert_int_equal(provider_lifetime_cleanup(instance, &error), 0);
  for (int i = 0; i < 2; i++)
    assert_int_equal(provider_lifetime_cleanup(instance, &error), SOCKET_ERROR);
  assert_int_equal(error, WSANOTINITIALISED);
  table = session_started(ID_OUR_TCP4); /* counted right after that */
  assert_int_equal(create(&table, &error), 100);
  session_end(&table);
  assert_int_equal(fake_policy.destroyed, 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      SESSION_TEST(starts_of_our_own_end_with_the_last_user),
      SESSION_TEST(the_next_life_is_a_new_one),
      SESSION_TEST(a_failed_start_is_no_user),
      SESSION_TEST(the_last_user_leaves_while_a_thread_decides),
      SESSION_TEST(one_cleanup_too_many),
  };

  return cmocka_run_group_tests_name("lsp: the provider's life", tests, NULL, NULL);
}
