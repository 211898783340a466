#include "engine_bench.h"
#include "policies.h"

/* Decide for the six requests in turn. */
static void decide_all(void *context, size_t count)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++)
    policy_decide(context, &policies_requests[i % REQUESTS], &verdict);
}

/* Decide for raw ICMP, which the matching rule is about. */
static void decide_icmp(void *context, size_t count)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++)
    policy_decide(context, &policies_requests[REQUEST_ICMP], &verdict);
}

/* Calls that nobody made before, so that nothing is remembered about them: each has flags of its own. */
static void decide_unseen(void *context, size_t count)
{
  static uint32_t flags;
  policy_verdict_t verdict;

  for (size_t i = 0; i < count; i++) {
    policy_request_t request = policies_requests[i % REQUESTS];

    request.flags = flags += 256;
    policy_decide(context, &request, &verdict);
  }
}

static const char none[] = "no policies";

static policy_engine_t *loaded(const char *folder)
{
  policy_engine_t *engine = policies_engine(folder);
  policy_verdict_t verdict;

  policy_decide(engine, &policies_requests[0], &verdict);
  return engine;
}

void bench_rules(const bench_options_t *options)
{
  static const size_t counts[] = {1, 10, 100, 1000, 10000};
  policy_engine_t *engines[32];
  size_t made = 0;

  if (!bench_wanted(options, "rules"))
    return;

  engines[made] = loaded(policies_folder());
  bench_add("rules", none, NULL, decide_all, engines[made++]);
  for (size_t i = 0; i < (options->smoke ? 2 : 5); i++) {
    size_t count = counts[i];

    engines[made] = loaded(policies_of_rules(count, count, MATCH_NEVER));
    bench_add("rules", bench_name("%zu rules, all concern the process, none matches", count), none,
              decide_all, engines[made]);
    bench_add("rules",
              bench_name("%zu rules, all concern the process, none matches, calls never seen before", count),
              none, decide_unseen, engines[made++]);
    engines[made] = loaded(policies_of_rules(count, count, MATCH_FIRST));
    bench_add("rules", bench_name("%zu rules, all concern the process, the first matches", count), none,
              decide_icmp, engines[made++]);
    engines[made] = loaded(policies_of_rules(count, count, MATCH_LAST));
    bench_add("rules", bench_name("%zu rules, all concern the process, the last matches", count), none,
              decide_icmp, engines[made++]);
  }
  for (size_t i = 2; i < 5 && !options->smoke; i++) {
    engines[made] = loaded(policies_of_rules(counts[i], 10, MATCH_NEVER));
    bench_add("rules", bench_name("%zu rules, 10 concern the process, none matches", counts[i]),
              i > 2 ? "100 rules, 10 concern the process, none matches" : none, decide_all, engines[made]);
    bench_add(
        "rules",
        bench_name("%zu rules, 10 concern the process, none matches, calls never seen before", counts[i]),
        i > 2 ? "100 rules, 10 concern the process, none matches, calls never seen before" : none,
        decide_unseen, engines[made++]);
    engines[made] = loaded(policies_of_rules(counts[i], 10, MATCH_FIRST));
    bench_add("rules", bench_name("%zu rules, 10 concern the process, the first matches", counts[i]),
              i > 2 ? "100 rules, 10 concern the process, the first matches" : none, decide_icmp,
              engines[made++]);
    engines[made] = loaded(policies_of_rules(counts[i], 10, MATCH_LAST));
    bench_add("rules", bench_name("%zu rules, 10 concern the process, the last matches", counts[i]),
              i > 2 ? "100 rules, 10 concern the process, the last matches" : none, decide_icmp,
              engines[made++]);
  }
  bench_run(options);
  while (made)
    policy_engine_destroy(engines[--made]);
}
