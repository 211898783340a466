#include "policy_tools.h"

#include "analysis.h"
#include "engine.h"
#include "unknown_names.h"

size_t policy_engine_check(policy_engine_t *engine, const policy_base_entry_t *entries, size_t entry_count,
                           size_t *policies, size_t *count)
{
  size_t errors = 1;
  const load_hooks_t hooks = {.compiled = unknown_names_find};
  policy_set_t *set = engine_build_linted(engine, &hooks);

  if (set != NULL && analysis_run(set, entries, entry_count)) {
    policy_set_report(set);
    errors = policy_set_errors(set);
    if (policies != NULL)
      *policies = policy_set_files(set);
    if (count != NULL)
      *count = policy_set_steps(set);
  }
  policy_set_destroy(set);
  return errors;
}
