/*
 * policy_set_parts.h - what a policy set is made of, for the files that build it, decide by it and destroy
 * it.
 */
#ifndef SOCKWARDEN_POLICY_SET_PARTS_H
#define SOCKWARDEN_POLICY_SET_PARTS_H

#include "attributes.h"
#include "entry.h"
#include "set_findings.h"
#include "lua_states.h"
#include "match_cache.h"
#include "policy_set.h"
#include "quarantine.h"

struct policy_set {
  const policy_host_t *host;
  memory_t memory;
  arena_t arena;
  policy_settings_t settings;
  folder_t *folder;
  uint32_t generation;
  uint64_t hash; /* the folder's */
  bool unpruned; /* entries that cannot concern this process are kept */
  bool linted;   /* built for policy_engine_check: nothing that functions do is reported */
  bool starved;  /* memory was short while it was built */

  attributes_t attributes;
  policy_file_t *files;
  entry_t *entries;
  size_t entry_count, entry_room;
  size_t registered; /* entries before pruning */
  bool by_provider;  /* a rule looks at the name of the provider */
  char *rejects_all; /* why every socket is rejected; NULL while policies decide */

  set_findings_t findings;
  lua_states_t states;
  match_cache_t matches;
  quarantine_t quarantine;
};

#endif
