/*
 * Hazard pointers, step by step: a whole reload, which replaces the set in force and destroys it where no
 * slot holds it, falls before each atomic operation of a decision in turn, and before each two. Chance
 * (test_threads.c) finds such windows rarely; here each is entered for certain. What is freed is overwritten
 * (fixture.c), so that using it shows.
 */
#include <stdatomic.h>

static void operation(void);

#undef atomic_load
#undef atomic_store
#undef atomic_compare_exchange_strong
#define atomic_load(object) (operation(), atomic_load_explicit((object), memory_order_seq_cst))
#define atomic_store(object, value)                                                                          \
  (operation(), atomic_store_explicit((object), (value), memory_order_seq_cst))
#define atomic_compare_exchange_strong(object, expected, value)                                              \
  (operation(), atomic_compare_exchange_strong_explicit((object), (expected), (value), memory_order_seq_cst, \
                                                        memory_order_seq_cst))
#include "engine.c"
#undef atomic_load
#undef atomic_store
#define atomic_load(object)         atomic_load_explicit((object), memory_order_seq_cst)
#define atomic_store(object, value) atomic_store_explicit((object), (value), memory_order_seq_cst)

#include "fixture.h"

static fixture_t *watched; /* the fixture whose decision is under way; NULL: no reloads now */
static int operations;     /* of that decision so far */
static int first, second;  /* before which ones a reload falls */
static int version, reloads;

static void write_version(fixture_t *fixture)
{
  char policy[200];

  version++;
  snprintf(policy, sizeof policy,
           "rule { name = '%d', type = SOCK_RAW, verdict = rewrite { type = SOCK_DGRAM } }\n"
           "on_socket(function(r) return reject(WSAEMFILE, '%d') end)",
           version, version);
  fixture_write(fixture, "10-test.lua", policy);
}

static void operation(void)
{
  fixture_t *fixture = watched;

  if (fixture == NULL)
    return;
  operations++;
  if (operations != first && operations != second)
    return;
  watched = NULL;
  write_version(fixture);
  assert_int_equal(fixture_load(fixture), 0);
  reloads++;
  watched = fixture;
}

static void a_reload_before_each_operation_of_a_decision(void **state)
{
  fixture_t *fixture = *state;
  policy_request_t request = fixture_request(INET, RAW, ICMP);
  policy_verdict_t verdict;
  int cases = 0;

  write_version(fixture);
  fixture_load(fixture);
  for (first = 1;; first++) {
    for (second = first;; second++) {
      int before = version, found;

      operations = 0;
      watched = fixture;
      policy_decide(fixture->engine, &request, &verdict);
      watched = NULL;
      if (operations < second)
        break;
      cases++;
      if (sscanf(verdict.reason, "%d", &found) != 1 || found < before || found > version ||
          verdict.error != 10024 || verdict.failed)
        fail_msg("reloads before operations %d and %d: version %d to %d, reason \"%s\", error %d", first,
                 second, before, version, verdict.reason, (int)verdict.error);
    }
    if (operations < first)
      break;
  }
  assert_true(cases >= 6);
  assert_true(reloads > cases);
  print_message("%d cases, %d reloads\n", cases, reloads);
}

int main(void)
{
  const struct CMUnitTest tests[] = {fixture_test(a_reload_before_each_operation_of_a_decision)};

  return cmocka_run_group_tests_name("reader_slots", tests, NULL, NULL);
}
