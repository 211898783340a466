#include "engine_bench.h"

#include <stdatomic.h>

#include "policies.h"
#include "threads.h"

/*
 * Several threads decide with one engine. What the machine gives to so many threads is measured beside it, by
 * threads that share nothing: other programs take their part of the cores too.
 */
enum { MOST_THREADS = 8, SAMPLES = 15 };

typedef struct crew {
  policy_engine_t *engine; /* NULL: each thread only counts */
  atomic_bool go, stop;
} crew_t;

typedef struct worker {
  crew_t *crew;
  size_t done;
  char padding[64];
} worker_t;

static void spin(void)
{
  for (volatile int i = 0; i < 100; i++) {
  }
}

static void work(void *context)
{
  worker_t *worker = context;
  crew_t *crew = worker->crew;
  policy_verdict_t verdict;
  size_t done = 0;

  while (!atomic_load_explicit(&crew->go, memory_order_acquire)) {
  }
  for (; !atomic_load_explicit(&crew->stop, memory_order_relaxed); done++) {
    if (crew->engine != NULL)
      policy_decide(crew->engine, &policies_requests[done % REQUESTS], &verdict);
    else
      spin();
  }
  worker->done = done;
}

/* Rounds a second, all threads together. */
static double rate(policy_engine_t *engine, int threads, int milliseconds)
{
  crew_t crew = {.engine = engine};
  worker_t workers[MOST_THREADS] = {{0}};
  thread_t running[MOST_THREADS];
  size_t done = 0;

  for (int i = 0; i < threads; i++) {
    workers[i].crew = &crew;
    running[i] = thread_start(work, &workers[i]);
  }
  double start = bench_now();
  atomic_store(&crew.go, true);
  thread_sleep(milliseconds);
  atomic_store(&crew.stop, true);
  double took = bench_now() - start;
  for (int i = 0; i < threads; i++) {
    thread_join(running[i]);
    done += workers[i].done;
  }
  return (double)done * 1e9 / took;
}

static void bench_crew(const bench_options_t *options, const char *folder, const char *what)
{
  static double decided[MOST_THREADS + 1][SAMPLES], counted[MOST_THREADS + 1][SAMPLES], ratios[SAMPLES],
      sorted[SAMPLES];
  int rounds = options->smoke ? 1 : SAMPLES, most = options->smoke ? 2 : MOST_THREADS;
  int milliseconds = options->smoke ? 5 : 60;
  policy_engine_t *engine = policies_engine(folder);

  rate(engine, most, milliseconds); /* a Lua state for every seat */
  for (int round = 0; round < rounds; round++)
    for (int threads = 1; threads <= most; threads *= 2) {
      decided[threads][round] = rate(engine, threads, milliseconds);
      counted[threads][round] = rate(NULL, threads, milliseconds);
    }
  for (int threads = 1; threads <= most; threads *= 2) {
    for (int round = 0; round < rounds; round++) {
      sorted[round] = decided[threads][round] / 1e6;
      ratios[round] =
          decided[threads][round] / decided[1][round] / (counted[threads][round] / counted[1][round]);
    }
    double ratio = bench_median(ratios, (size_t)rounds);
    bench_print(options, "threads", bench_name("%d threads, %s", threads, what),
                bench_median(sorted, (size_t)rounds), "M/s",
                "as many threads that share nothing (1: scales as they do)", ratio);
  }
  policy_engine_destroy(engine);
}

void bench_threads(const bench_options_t *options)
{
  if (!bench_wanted(options, "threads"))
    return;
  bench_crew(options, policies_of_rules(100, 100, MATCH_NEVER), "100 rules");
  bench_crew(options, policies_of_functions(1), "1 on_socket function");
}
