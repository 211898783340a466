/*
 * policy_set_parts.h - what a policy set is made of, for the three files that work on it: policy_set.c builds
 * it, set_states.c keeps its Lua states, walk.c decides.
 */
#ifndef SOCKWARDEN_POLICY_SET_PARTS_H
#define SOCKWARDEN_POLICY_SET_PARTS_H

#include <stdatomic.h>
#include <string.h>

#include "policy_set.h"
#include "policy_state.h"

typedef struct policy_file {
  const char *name;
  size_t functions; /* on_socket functions in it */
  bool broken;
  atomic_bool set_aside;
} policy_file_t;

/* How an on_socket function has fared. */
typedef struct record {
  atomic_uint failures; /* in a row */
  atomic_bool reported; /* its first failure was told */
} record_t;

/* A Lua state, and whether functions ran in it: then its globals may have grown. */
typedef struct state {
  script_t *script;
  bool used;
} state_t;

/* From one step on, so many are rules that do not match a call like this. */
typedef struct memo {
  policy_triple_t triple;
  uint32_t flags;
  bool shared;
  uint64_t provider_number; /* 0 in a set whose rules do not look at it */
  uint32_t from, count;     /* 0: nothing is remembered */
} memo_t;

typedef struct step {
  uint32_t file;
  int32_t line;
  size_t function;     /* from 1; 0 for a rule */
  const rule_t *rule;  /* NULL for a function */
  const char *unknown; /* a fact the rule needs and the host cannot tell */
} step_t;

typedef struct finding {
  struct finding *next;
  policy_report_t report;
} finding_t;

struct policy_set {
  const policy_host_t *host;
  attributes_t facts;
  memory_t memory;
  arena_t arena;
  policy_settings_t settings;
  folder_t *folder;
  uint32_t generation;
  uint64_t hash; /* the folder's */
  bool complete;
  bool thorough;
  bool quiet; /* steps are only tried: failures are not reported */
  const load_hooks_t *hooks;
  bool out_of_memory;
  char *rejects_all; /* why every socket is rejected; NULL while policies decide */

  policy_file_t *files;
  step_t *steps; /* that concern this process; the others too in a complete set */
  size_t step_count, step_room;
  size_t registered; /* steps before folding */
  bool *concerns;    /* of a complete set: beside each step */
  size_t concerns_room;
  size_t errors;
  finding_t *findings, **findings_end;

  record_t *records;      /* of functions, by their number */
  atomic_bool troubled;   /* a function has failed: only now the records mean anything */
  script_limits_t limits; /* of one call of a function */
  state_t states[POLICY_SET_READER_SLOTS];
  memo_t *memos[POLICY_SET_READER_SLOTS]; /* of each seat, NULL before they are needed (walk.c) */
  bool by_provider;                       /* a rule looks at the name of the provider */
};

/* The two cases of set_states_call that are not the usual one. */
void set_states_call_first(policy_set_t *set, size_t seat, policy_call_t *call, script_result_t *result);
void set_states_call_again(policy_set_t *set, size_t seat, policy_call_t *call, script_result_t *result);

/*
 * Call a function in a seat's state, loading the state where there is none. What earlier calls left in the
 * globals of a state must not make this one fail: where the memory limit is reached in a state that was used
 * before, the function has another try in a new one. A state that reached it is not kept. The caller holds
 * the seat.
 */
static inline void set_states_call(policy_set_t *set, size_t seat, policy_call_t *call,
                                   script_result_t *result)
{
  const state_t *state = &set->states[seat];

  if (!state->used) {
    set_states_call_first(set, seat, call, result);
    return;
  }
  size_t logged = call->log[0] ? strlen(call->log) : 0;
  policy_state_call(state->script, &set->facts, &set->limits, call, result);
  if (result->outcome == SCRIPT_MEMORY) {
    call->log[logged] = 0;
    set_states_call_again(set, seat, call, result);
  }
}

#endif
