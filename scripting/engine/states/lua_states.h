/*
 * lua_states.h - the Lua states of a policy set: one for each reader slot that has called a function, made
 * when it is first needed. The thread that holds the slot uses it alone.
 */
#ifndef SOCKWARDEN_LUA_STATES_H
#define SOCKWARDEN_LUA_STATES_H

#include <string.h>

#include "entry.h"
#include "folder.h"
#include "policy_state.h"
#include "reader_slots.h"

typedef struct pooled_state {
  script_t *script; /* NULL: there is none yet */
  bool used;        /* functions ran in it: its globals may have grown */
} pooled_state_t;

typedef struct lua_states {
  /* What states are loaded from; all borrowed from the set. */
  const folder_t *folder;
  const policy_file_t *files;
  const attributes_t *attributes;
  const policy_settings_t *settings;
  const load_hooks_t *hooks;
  memory_t memory;

  script_limits_t limits; /* of one call of a function */
  pooled_state_t slots[READER_SLOTS];
} lua_states_t;

void lua_states_close(lua_states_t *states);

/* The two cases of lua_states_call that are not the usual one. */
void lua_states_call_first(lua_states_t *states, size_t slot, policy_call_t *call, script_result_t *result);
void lua_states_call_again(lua_states_t *states, size_t slot, policy_call_t *call, script_result_t *result);

/*
 * Call a function in a slot's state, loading the state where there is none. What earlier calls left in the
 * globals of a state must not make this one fail: where the memory limit is reached in a state that was used
 * before, the function has another try in a new one. A state that reached it is not kept. The caller holds
 * the slot.
 */
static inline void lua_states_call(lua_states_t *states, size_t slot, policy_call_t *call,
                                   script_result_t *result)
{
  const pooled_state_t *state = &states->slots[slot];

  if (!state->used) {
    lua_states_call_first(states, slot, call, result);
    return;
  }
  size_t logged = call->log[0] ? strlen(call->log) : 0;
  policy_state_call(state->script, states->attributes, &states->limits, call, result);
  if (result->outcome == SCRIPT_MEMORY) {
    call->log[logged] = 0;
    lua_states_call_again(states, slot, call, result);
  }
}

#endif
