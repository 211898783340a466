#include "policy_tools.h"

#include "analysis.h"
#include "engine.h"
#include "never_matches.h"
#include "never_reached.h"
#include "rejects.h"
#include "rewrites.h"
#include "trial.h"
#include "unknown_names.h"

static void check__look_at_entry(analysis_t *analysis, const never_reached_t *earlier)
{
  if (analysis->rule != NULL && never_matches_check(analysis))
    return;
  never_reached_check(earlier, analysis);
  if (analysis->rule == NULL)
    trial_check(analysis);
  else if (analysis->rule->verdict->action == POLICY_REJECT)
    rejects_check(analysis);
  else if (analysis->rule->verdict->action == POLICY_REWRITE)
    rewrites_check(analysis);
}

/* Add what surprises to the findings of a set. False where memory is short. */
static bool check__look_at_set(policy_set_t *set, const policy_base_entry_t *base, size_t base_count)
{
  analysis_t analysis = {.set = set, .base = base, .base_count = base_count};
  never_reached_t *earlier = never_reached_create(set);

  if (earlier == NULL)
    return false;
  for (size_t i = 0; i < policy_set_count(set) && !analysis.memory_short; i++) {
    analysis.index = i;
    analysis.entry = policy_set_entry(set, i, &analysis.rule);
    check__look_at_entry(&analysis, earlier);
    never_reached_add(earlier, &analysis);
  }
  never_reached_destroy(earlier);
  return !analysis.memory_short;
}

size_t policy_engine_check(policy_engine_t *engine, const policy_base_entry_t *entries, size_t entry_count,
                           size_t *policies, size_t *count)
{
  size_t errors = 1;
  const load_hooks_t hooks = {.compiled = unknown_names_find};
  policy_set_t *set = engine_build_linted(engine, &hooks);

  if (set != NULL && check__look_at_set(set, entries, entry_count)) {
    policy_set_report(set);
    errors = policy_set_errors(set);
    if (policies != NULL)
      *policies = policy_set_files(set);
    if (count != NULL)
      *count = policy_set_registered(set);
  }
  policy_set_destroy(set);
  return errors;
}
