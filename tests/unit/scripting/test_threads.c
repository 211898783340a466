/* docs/operations.md, "Loading and reloading": many threads decide while sets are swapped; each verdict
 * belongs to exactly one set. The preset native-tsan runs this program under ThreadSanitizer. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#if defined(_WIN32)
#include <windows.h>
typedef HANDLE thread_t;
#else
#include <pthread.h>
#include <time.h>
typedef pthread_t thread_t;
#endif

enum { THREADS = 16, MANY_THREADS = 80 }; /* more than the engine has reader slots */

/* At least so many, where nothing slows them down. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { DECISIONS = 30000, SWAPS = 30 };
#elif defined(_WIN32)
enum { DECISIONS = 200000, SWAPS = 50 };
#else
enum { DECISIONS = 1000000, SWAPS = 100 };
#endif

/* However slow the machine: a swap every ten milliseconds comes to less. */
enum { GENERATIONS = 1000000 };

typedef struct crowd {
  fixture_t *fixture;
  void (*work)(struct crowd *crowd);
  atomic_bool stop;
  atomic_int wrong;
  atomic_long decisions;
  atomic_int number_of[GENERATIONS]; /* which policy it had, from 1 */
  char first_wrong[200];             /* the first wrong verdict */
} crowd_t;

#if defined(_WIN32)
static DWORD WINAPI run(void *context)
#else
static void *run(void *context)
#endif
{
  crowd_t *crowd = context;

  crowd->work(crowd);
  return 0;
}

static void start(thread_t *thread, crowd_t *crowd)
{
#if defined(_WIN32)
  *thread = CreateThread(NULL, 0, run, crowd, 0, NULL);
  assert_non_null(*thread);
#else
  assert_int_equal(pthread_create(thread, NULL, run, crowd), 0);
#endif
}

static void join(thread_t thread)
{
#if defined(_WIN32)
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
#else
  pthread_join(thread, NULL);
#endif
}

static void nap(void)
{
#if defined(_WIN32)
  Sleep(10);
#else
  nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
#endif
}

/* Put the policy in place in one move: a half-written file is another test. */
static void swap_policy(fixture_t *fixture, int number)
{
  char policy[400], from[600], to[600];

  snprintf(policy, sizeof policy,
           "local n = '%d'\non_socket(function(r) log(n) end)\n"
           "rule { name = n, type = SOCK_RAW, verdict = reject(WSAEMFILE, n) }\n"
           "rule { type = SOCK_STREAM, verdict = rewrite { type = SOCK_DGRAM, reason = n } }\n"
           "on_socket(function(r) log(n) return reject(WSAEINVAL, n) end)",
           number);
  fixture_write(fixture, "new.tmp", policy);
  snprintf(from, sizeof from, "%s/new.tmp", fixture->folder);
  snprintf(to, sizeof to, "%s/10-test.lua", fixture->folder);
#if defined(_WIN32)
  /* Windows does not replace a file while anybody has it open, and a thread of the engine may be reading it.
   */
  int tries = 0;
  while (!MoveFileExA(from, to, MOVEFILE_REPLACE_EXISTING) && tries++ < 5000)
    Sleep(1);
  assert_true(tries < 5000);
#else
  assert_int_equal(rename(from, to), 0);
#endif
}

static bool is_of_one_set(crowd_t *crowd, const policy_verdict_t *verdict, bool raw)
{
  int number = 0, none = 0;
  char log[80];

  if (sscanf(verdict->reason, "%d", &number) != 1 || verdict->generation < 1 ||
      verdict->generation >= GENERATIONS)
    return false;
  snprintf(log, sizeof log, raw ? "%d" : "%d\n%d", number, number);
  bool known = !atomic_compare_exchange_strong(&crowd->number_of[verdict->generation], &none, number);
  return strcmp(log, verdict->log) == 0 && verdict->error == (raw ? 10024 : 10022) &&
         (!raw || strcmp(verdict->rule, verdict->reason) == 0) && verdict->action == POLICY_REJECT &&
         !verdict->failed && (!known || none == number);
}

static void decide_and_compare(crowd_t *crowd)
{
  policy_verdict_t verdict;
  policy_request_t raw = fixture_request(INET, RAW, ICMP), stream = fixture_request(INET, STREAM, TCP);

  for (long i = 0; !atomic_load(&crowd->stop); i++) {
    policy_decide(crowd->fixture->engine, i % 2 ? &raw : &stream, &verdict);
    atomic_fetch_add(&crowd->decisions, 1);
    if (!is_of_one_set(crowd, &verdict, i % 2) && atomic_fetch_add(&crowd->wrong, 1) == 0)
      snprintf(crowd->first_wrong, sizeof crowd->first_wrong,
               "generation %u, error %d, rule %.20s, reason %.60s, log %.60s", (unsigned)verdict.generation,
               (int)verdict.error, verdict.rule, verdict.reason, verdict.log);
  }
}

static void start_all(crowd_t *crowd, fixture_t *fixture, void (*work)(crowd_t *crowd), thread_t *threads,
                      int count)
{
  memset(crowd, 0, sizeof *crowd);
  crowd->fixture = fixture;
  crowd->work = work;
  fixture_engine(fixture);
  for (int i = 0; i < count; i++)
    start(&threads[i], crowd);
}

static void join_all(const thread_t *threads, int count)
{
  for (int i = 0; i < count; i++)
    join(threads[i]);
}

static void verdicts_while_policies_are_swapped(void **state)
{
  static crowd_t crowd;
  fixture_t *fixture = *state;
  thread_t threads[THREADS];

  swap_policy(fixture, 1);
  start_all(&crowd, fixture, decide_and_compare, threads, THREADS);
  int number = 1;
  while (atomic_load(&crowd.decisions) < DECISIONS || number < SWAPS) {
    nap();
    swap_policy(fixture, ++number);
    fixture_load(fixture);
  }
  atomic_store(&crowd.stop, true);
  join_all(threads, THREADS);
  if (atomic_load(&crowd.wrong))
    fail_msg("%d wrong verdicts of %ld; the first: %s", atomic_load(&crowd.wrong),
             atomic_load(&crowd.decisions), crowd.first_wrong);
  assert_int_equal(fixture->report_count, 0);
  uint32_t generation = fixture_decide(fixture, INET, STREAM, TCP)->generation;
  assert_true(generation > (uint32_t)number / 2); /* most swaps were taken up */
  print_message("%ld decisions on %d threads, %d swaps, %u sets\n", atomic_load(&crowd.decisions), THREADS,
                number - 1, (unsigned)generation);
}

static void decide_a_little(crowd_t *crowd)
{
  policy_verdict_t verdict;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  for (int i = 0; i < 50; i++) {
    policy_decide(crowd->fixture->engine, &request, &verdict);
    if (verdict.error != 10022 || strcmp(verdict.reason, "1") != 0)
      atomic_fetch_add(&crowd->wrong, 1);
  }
}

static void more_threads_than_seats_from_the_first_decision_on(void **state)
{
  static crowd_t crowd;
  thread_t threads[MANY_THREADS];

  swap_policy(*state, 1);
  start_all(&crowd, *state, decide_a_little, threads, MANY_THREADS);
  join_all(threads, MANY_THREADS);
  assert_int_equal(atomic_load(&crowd.wrong), 0);
}

static void fail_and_be_quarantined(crowd_t *crowd)
{
  policy_verdict_t verdict;
  policy_request_t request = fixture_request(INET, STREAM, TCP);

  for (int i = 0; i < 20; i++) {
    policy_decide(crowd->fixture->engine, &request, &verdict);
    if (!verdict.failed || verdict.action != POLICY_ALLOW)
      atomic_fetch_add(&crowd->wrong, 1);
  }
}

static void failures_on_many_threads_are_told_once(void **state)
{
  static crowd_t crowd;
  fixture_t *fixture = *state;
  thread_t threads[THREADS];

  fixture_policy(fixture, "on_socket(function() error('boom') end)");
  start_all(&crowd, fixture, fail_and_be_quarantined, threads, THREADS);
  join_all(threads, THREADS);
  assert_int_equal(atomic_load(&crowd.wrong), 0);
  assert_int_equal(fixture_count_reports(fixture, "boom"), 1);
  assert_int_equal(fixture_count_reports(fixture, "quarantined"), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      fixture_test(verdicts_while_policies_are_swapped),
      fixture_test(more_threads_than_seats_from_the_first_decision_on),
      fixture_test(failures_on_many_threads_are_told_once),
  };

  return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
