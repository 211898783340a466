#include "lua_states.h"

#include "script_call.h"
#include "text_cut.h"

static recorder_kept_t lua_states__count_function(void *context, int32_t line)
{
  (void)context, (void)line;
  return RECORDER_KEPT;
}

static void lua_states__ignore_mistake(void *context, const policy_report_t *mistake)
{
  (void)context, (void)mistake;
}

/* Load the files that have functions once more. NULL, or why that failed: a file that does not do the same
 * things twice has functions that cannot be matched. */
static const char *lua_states__load(const lua_states_t *states, script_t *script, bool *starved)
{
  recorder_t recorder = {.add_function = lua_states__count_function, .diagnose = lua_states__ignore_mistake};

  for (size_t i = 0; i < folder_count(states->folder); i++) {
    script_result_t result;
    size_t before = recorder.functions;

    if (!states->files[i].functions)
      continue;
    policy_state_load(script, folder_file(states->folder, i), states->attributes, states->settings, &recorder,
                      &result);
    *starved = result.outcome == SCRIPT_STARVED;
    if (*starved)
      return "no Lua state for the policy: out of memory";
    if (result.outcome != SCRIPT_OK || recorder.functions - before != states->files[i].functions)
      return "no Lua state for the policy: a file does not register the same functions each time it is "
             "loaded";
  }
  script_settle(script, true);
  return NULL;
}

/* Give the slot a state. NULL, or why there is none. */
static const char *lua_states__make(const lua_states_t *states, pooled_state_t *state, bool *starved)
{
  script_t *script = policy_state_create(&states->memory, states->hooks);

  *starved = script == NULL;
  const char *failure = script != NULL ? lua_states__load(states, script, starved)
                                       : "no Lua state for the policy: out of memory";
  if (failure != NULL)
    script_destroy(script);
  else
    *state = (pooled_state_t){script, false};
  return failure;
}

/* Make sure that there is a state. False where there can be none, as *result then says. */
static __attribute__((noinline)) bool lua_states__ensure(const lua_states_t *states, pooled_state_t *state,
                                                         script_result_t *result)
{
  bool starved;
  const char *failure = lua_states__make(states, state, &starved);

  if (failure == NULL)
    return true;
  result->outcome = starved ? SCRIPT_STARVED : SCRIPT_ERROR;
  result->cost = 0;
  result->line = 0;
  script_clear_hint(&result->hint);
  text_copy(result->message, sizeof result->message, failure);
  return false;
}

/* After a call that the state is not kept for. */
static void lua_states__drop(pooled_state_t *state, policy_call_t *call)
{
  script_destroy(state->script);
  *state = (pooled_state_t){NULL, false};
  call->request_number = 0;
}

void lua_states_call_first(lua_states_t *states, size_t slot, policy_call_t *call, script_result_t *result)
{
  pooled_state_t *state = &states->slots[slot];

  if (state->script == NULL && !lua_states__ensure(states, state, result))
    return;
  state->used = true;
  policy_state_call(state->script, states->attributes, &states->limits, call, result);
  if (result->outcome == SCRIPT_MEMORY)
    lua_states__drop(state, call);
}

void lua_states_call_again(lua_states_t *states, size_t slot, policy_call_t *call, script_result_t *result)
{
  uint64_t cost = result->cost;

  lua_states__drop(&states->slots[slot], call);
  lua_states_call_first(states, slot, call, result);
  result->cost += cost;
}

void lua_states_close(lua_states_t *states)
{
  for (size_t i = 0; i < READER_SLOTS; i++)
    script_destroy(states->slots[i].script);
}
