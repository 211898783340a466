/*
 * policy_set_build.h - loading the files of a folder into a policy set.
 */
#ifndef SOCKWARDEN_POLICY_SET_BUILD_H
#define SOCKWARDEN_POLICY_SET_BUILD_H

#include "load_hooks.h"
#include "policy_set.h"

typedef struct policy_set_plan {
  const policy_host_t *host; /* borrowed, outlives the set */
  const memory_t *memory;
  const policy_settings_t *settings; /* copied */
  folder_t *folder;                  /* a reference of its own is taken */
  const load_hooks_t *hooks;         /* borrowed, outlives the set; NULL: there are none */
  uint32_t generation;
  bool unpruned; /* keep rules that cannot concern this process, for policy_explain */
  bool lint;     /* go on after mistakes, for policy_engine_check */
  bool first;    /* no earlier set stands: leave out broken files, or reject everything, as OnError says */
} policy_set_plan_t;

/* Build a set, with all that was found in it (policy_set_report, policy_set_errors). NULL where memory is
 * short. The caller destroys it. */
policy_set_t *policy_set_build(const policy_set_plan_t *plan);

#endif
