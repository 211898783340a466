#include "policy_set_parts.h"

#include <string.h>

#include "text_match.h"

static step_kept_t lua_states__count_rule(void *context, int32_t line, rule_t *rule)
{
  (void)context, (void)line, (void)rule;
  return STEP_KEPT;
}

static step_kept_t lua_states__count_function(void *context, int32_t line)
{
  (void)context, (void)line;
  return STEP_KEPT;
}

static void lua_states__ignore_diagnosis(void *context, int32_t line, const char *message,
                                         const char *suggestion)
{
  (void)context, (void)line, (void)message, (void)suggestion;
}

/* Load the files that have functions once more. NULL, or why that failed: a file that does not do the same
 * things twice has functions that cannot be told apart. */
static const char *lua_states__load_again(policy_set_t *set, script_t *script, bool *starved)
{
  step_recorder_t recorder = {.add_rule = lua_states__count_rule,
                              .add_function = lua_states__count_function,
                              .diagnose = lua_states__ignore_diagnosis};

  for (size_t i = 0; i < folder_count(set->folder); i++) {
    script_result_t result;
    size_t before = recorder.functions;

    if (!set->files[i].functions)
      continue;
    policy_state_load(script, folder_file(set->folder, i), &set->facts, &set->settings, &recorder, &result);
    *starved = result.outcome == SCRIPT_STARVED;
    if (*starved)
      return "no Lua state for the policy: out of memory";
    if (result.outcome != SCRIPT_OK || recorder.functions - before != set->files[i].functions)
      return "no Lua state for the policy: a file does not register the same steps each time it is loaded";
  }
  script_settle(script, true);
  return NULL;
}

/* Give the state a script. NULL, or why there is none. */
static const char *lua_states__fill_state(policy_set_t *set, state_t *state, bool *starved)
{
  script_t *script = policy_state_create(&set->memory, set->hooks);

  *starved = script == NULL;
  const char *trouble = script != NULL ? lua_states__load_again(set, script, starved)
                                       : "no Lua state for the policy: out of memory";
  if (trouble != NULL)
    script_destroy(script);
  else
    *state = (state_t){script, false};
  return trouble;
}

/* After a call that the state is not kept for. */
static void lua_states__empty_state(state_t *state, policy_call_t *call)
{
  script_destroy(state->script);
  *state = (state_t){NULL, false};
  call->request_number = 0;
}

/* Make sure that there is a script. False where there can be none, as *result then tells. */
static __attribute__((noinline)) bool lua_states__fill_or_tell(policy_set_t *set, state_t *state,
                                                               script_result_t *result)
{
  bool starved;
  const char *trouble = lua_states__fill_state(set, state, &starved);

  if (trouble == NULL)
    return true;
  result->outcome = starved ? SCRIPT_STARVED : SCRIPT_ERROR;
  result->cost = 0;
  result->line = 0;
  result->suggestion[0] = 0;
  text_copy(result->message, sizeof result->message, trouble);
  return false;
}

void set_states_call_first(policy_set_t *set, size_t seat, policy_call_t *call, script_result_t *result)
{
  state_t *state = &set->states[seat];

  if (state->script == NULL && !lua_states__fill_or_tell(set, state, result))
    return;
  state->used = true;
  policy_state_call(state->script, &set->facts, &set->limits, call, result);
  if (result->outcome == SCRIPT_MEMORY)
    lua_states__empty_state(state, call);
}

void set_states_call_again(policy_set_t *set, size_t seat, policy_call_t *call, script_result_t *result)
{
  uint64_t cost = result->cost;

  lua_states__empty_state(&set->states[seat], call);
  set_states_call_first(set, seat, call, result);
  result->cost += cost;
}
