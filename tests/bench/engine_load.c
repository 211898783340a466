#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "engine_bench.h"

#include <stdatomic.h>
#include <stdio.h>

#include "policies.h"
#include "threads.h"

/* ---- the first decision ---- */

enum { LOAD_SAMPLES = 15 };

/* A folder of that many files, each with a rule and every tenth with a function too. */
static const char *folder_of_files(size_t count)
{
  const char *folder = policies_folder();

  for (size_t i = 0; i < count; i++) {
    char name[64], text[1024];

    snprintf(name, sizeof name, "%04zu-policy.lua", i);
    policies_rule(text, sizeof text / 2, i);
    if (i % 10 == 0) {
      size_t used = 0;

      while (text[used])
        used++;
      policies_function(text + used, sizeof text - used, i + 1);
    }
    policies_write(folder, name, text);
  }
  return folder;
}

static double first_decision(const char *folder, size_t *bytes, size_t *most)
{
  policy_verdict_t verdict;
  size_t before = policies_bytes();

  policies_forget_most();
  double start = bench_now();
  policy_engine_t *engine = policies_engine(folder);
  policy_decide(engine, &policies_requests[0], &verdict);
  double took = bench_now() - start;
  *bytes = policies_bytes() - before;
  *most = policies_most_bytes() - before;
  policy_engine_destroy(engine);
  return took;
}

static void bench_first(const bench_options_t *options)
{
  static const size_t counts[] = {0, 10, 100, 1000};
  enum { COUNTS = sizeof counts / sizeof counts[0] };
  static const char group[] = "load";
  static double samples[COUNTS][LOAD_SAMPLES], ratios[LOAD_SAMPLES];
  const char *folders[COUNTS];
  size_t bytes[COUNTS], most[COUNTS], sizes = options->smoke ? 2 : COUNTS;

  for (size_t i = 0; i < sizes; i++)
    folders[i] = folder_of_files(counts[i]);
  for (size_t round = 0; round < LOAD_SAMPLES; round++)
    for (size_t i = 0; i < sizes; i++)
      samples[i][round] = first_decision(folders[i], &bytes[i], &most[i]);
  for (size_t i = 0; i < sizes; i++) {
    for (size_t round = 0; round < LOAD_SAMPLES; round++)
      ratios[round] = samples[i][round] / samples[0][round];
    double ratio = i ? bench_median(ratios, LOAD_SAMPLES) : 0;
    double kib = (double)bytes[i] / 1024, most_kib = (double)most[i] / 1024;
    const char *name = bench_name("first decision, %zu policy files", counts[i]);
    const char *first = i ? "first decision, 0 policy files" : NULL;
    if (i) /* samples[0] must keep its order until the last ratio */
      bench_print(options, group, name, bench_median(samples[i], LOAD_SAMPLES), "ns", first, ratio);
    bench_print(options, group, bench_name("memory, %zu policy files", counts[i]), kib, "KiB",
                i ? "memory, 0 policy files" : NULL, i ? kib / ((double)bytes[0] / 1024) : 0);
    bench_print(options, group, bench_name("most memory while loading, %zu policy files", counts[i]),
                most_kib, "KiB", NULL, 0);
  }
  bench_print(options, group, "first decision, 0 policy files", bench_median(samples[0], LOAD_SAMPLES), "ns",
              NULL, 0);
}

/* ---- reload ---- */

/* A thread that decides without a break and notes the longest time that a decision took. */
typedef struct decider {
  policy_engine_t *engine;
  atomic_bool stop;
  double longest, typical;
} decider_t;

static void decide_on(void *context)
{
  decider_t *decider = context;
  policy_verdict_t verdict;
  double total = 0;
  size_t count = 0;

  while (!atomic_load_explicit(&decider->stop, memory_order_relaxed)) {
    double start = bench_now();

    policy_decide(decider->engine, &policies_requests[count % REQUESTS], &verdict);
    double took = bench_now() - start;
    if (took > decider->longest)
      decider->longest = took;
    total += took;
    count++;
  }
  decider->typical = count ? total / (double)count : 0;
}

/* The longest decision of a thread while another one does `load` so many times. */
static double longest_meanwhile(policy_engine_t *engine, const char *folder, size_t loads, double *each)
{
  decider_t decider = {.engine = engine};
  double total = 0;
  thread_t thread = thread_start(decide_on, &decider);

  thread_sleep(20);
  for (size_t i = 0; i < loads; i++) {
    char text[512];

    policies_rule(text, sizeof text, i);
    if (folder != NULL)
      policies_write(folder, "zz-changed.lua", text);
    double start = bench_now();
    if (folder != NULL)
      policy_engine_load(engine, NULL, NULL);
    total += bench_now() - start;
    thread_sleep(20);
  }
  atomic_store(&decider.stop, true);
  thread_join(thread);
  *each = total / (double)loads;
  return decider.longest;
}

static void bench_reload(const bench_options_t *options)
{
  static const size_t counts[] = {0, 100, 1000, 10000};
  enum { SAMPLES = 9, LOADS = 3 };
  static const char group[] = "reload";
  double loads[SAMPLES], with[SAMPLES], without[SAMPLES], ignored;

  for (size_t i = 0; i < (options->smoke ? 1 : 4); i++) {
    const char *folder = policies_of_rules(counts[i], counts[i], MATCH_NEVER);
    policy_engine_t *engine = policies_engine(folder);

    policy_engine_load(engine, NULL, NULL);
    for (size_t round = 0; round < SAMPLES; round++) {
      without[round] = longest_meanwhile(engine, NULL, LOADS, &ignored);
      with[round] = longest_meanwhile(engine, folder, LOADS, &loads[round]);
    }
    policy_engine_destroy(engine);
    const char *quiet =
        bench_name("longest decision of a thread with nothing to reload, %zu rules", counts[i]);
    double still = bench_median(without, SAMPLES), pause = bench_median(with, SAMPLES);
    bench_print(options, group, bench_name("reload, %zu rules", counts[i]), bench_median(loads, SAMPLES),
                "ns", NULL, 0);
    bench_print(options, group, quiet, still, "ns", NULL, 0);
    bench_print(options, group,
                bench_name("longest decision while another thread reloads, %zu rules", counts[i]), pause,
                "ns", quiet, pause / still);
  }
}

void bench_load(const bench_options_t *options)
{
  if (bench_wanted(options, "load"))
    bench_first(options);
  if (bench_wanted(options, "reload"))
    bench_reload(options);
}
