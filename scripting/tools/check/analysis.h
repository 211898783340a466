/*
 * analysis.h - what surprises in a policy set that has no mistakes: rules that never match or are never
 * reached, rejections that break programs, rewrites that cannot work.
 */
#ifndef SOCKWARDEN_ANALYSIS_H
#define SOCKWARDEN_ANALYSIS_H

#include "policy_set.h"
#include "policy_tools.h"

/* Add warnings to the findings of a complete set. False where memory is short. */
bool analysis_run(policy_set_t *set, const policy_base_entry_t *entries, size_t entry_count);

#endif
