#include "policy_state.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "chunk.h"
#include "lua/host.h"
#include "text_match.h"

static void open_sandbox(lua_State *L, void *argument)
{
  (void)argument;
  sandbox_open(L);
}

script_t *policy_state_create(const memory_t *memory, const policy_watch_t *watch)
{
  static const script_limits_t unlimited = {UINT64_MAX, SIZE_MAX, 0};
  script_result_t result;
  script_t *script = script_create(memory);
  if (!script)
    return NULL;
  script_run(script, &unlimited, NULL, open_sandbox, NULL, &result);
  if (result.outcome != SCRIPT_OK) {
    script_destroy(script);
    return NULL;
  }
  sandbox_push_pinned(script->L);
  script_pin(script);
  if (watch)
    chunk_watch(script, watch);
  return script;
}

void policy_state_load_file(lua_State *L, void *argument)
{
  const folder_file_t *file = argument;
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  const char *text = file->text;
  size_t size = file->size;
  if (size >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
    script_suggest(L, "save it as UTF-8");
    luaL_error(L, "the file is UTF-16 text");
  }
  if (size >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
    text += 3;
    size -= 3;
  }
  luai_charge(L, size);
  lua_pushfstring(L, "=%s", file->name);
  /* "t": text only. A precompiled chunk could do what no compiler emits. */
  if (luaL_loadbufferx(L, text, size, lua_tostring(L, 1), "t") != LUA_OK)
    lua_error(L);
  chunk_loaded(L);
  sandbox_push_environment(L);
  chunk_bind_words(L);
  lua_setupvalue(L, -2, 1);
  luai_allowcalls(L, SCRIPT_CALLS_LOADING); /* only now: the parser's levels are cheap */
  lua_call(L, 0, 0);
}

void policy_state_load(script_t *script, const folder_file_t *file, const facts_t *facts,
                       const policy_settings_t *settings, step_recorder_t *recorder, script_result_t *result)
{
  language_context_t context = {.facts = facts, .recorder = recorder};
  script_limits_t limits = {(uint64_t)settings->instruction_limit * LOAD_ALLOWANCE,
                            (size_t)settings->memory_limit_kib * 1024 * LOAD_ALLOWANCE, 0};
  script->context = &context;
  script_settle(script, false);
  script_run(script, &limits, file->name, policy_state_load_file, (void *)file, result);
  script->context = NULL;
}

typedef struct showing {
  const policy_call_t *call;
  int request; /* its number */
} showing_t;

static void show_request(lua_State *L, void *argument)
{
  showing_t *showing = argument;
  showing->request = request_show(L, showing->call->request, showing->call->triple);
}

/* The number of a request that shows the call, or 0 where memory is short. Writing it is our work, which some
 * calls need and others do not: the policy pays for the memory, but not in steps. */
static int show(script_t *script, const policy_call_t *call, size_t memory, script_result_t *result)
{
  if (call->request_number)
    return call->request_number;
  showing_t showing = {call, request_find(script, call->request, call->triple)};
  if (showing.request)
    return showing.request;
  script_limits_t limits = {UINT64_MAX, memory, 0};
  script_run(script, &limits, call->file, show_request, &showing, result);
  result->cost = 0;
  return result->outcome == SCRIPT_OK ? showing.request : 0;
}

static int refuse_answer(lua_State *L) /* the answer [-0, +0] */
{
  verdict_at(L, 1); /* suggests what was meant */
  return luaL_error(
      L, "the function returned a %s; it must return allow(), reject(code), rewrite { ... } or nothing",
      luaL_typename(L, 1));
}

/* Take what the function said off the stack. */
static void take_answer(script_t *script, const script_limits_t *limits, policy_call_t *call,
                        script_result_t *result)
{
  lua_State *L = script->L;
  const verdict_value_t *verdict;
  if (lua_isnil(L, -1)) {
    lua_settop(L, script->pinned);
  } else if ((verdict = verdict_on_top(L))) {
    call->answer = ANSWER_VERDICT;
    memcpy(&call->verdict, verdict, sizeof call->verdict);
    text_copy(call->reason, sizeof call->reason, verdict->reason);
    lua_settop(L, script->pinned);
  } else {
    uint64_t cost = result->cost;
    script_limits_t unlimited = {UINT64_MAX, limits->memory, SCRIPT_CALLS_DECIDING};
    lua_pushcfunction(L, refuse_answer);
    lua_insert(L, -2);
    script_call(script, &unlimited, call->file, 1, result); /* never returns */
    result->cost = cost;
  }
}

void policy_state_call(script_t *script, const facts_t *facts, const policy_settings_t *settings,
                       policy_call_t *call, script_result_t *result)
{
  language_context_t context = {.facts = facts, .log = call->log, .log_size = call->log_size};
  script_limits_t limits = {settings->instruction_limit, (size_t)settings->memory_limit_kib * 1024,
                            SCRIPT_CALLS_DECIDING};
  call->answer = ANSWER_NOTHING;
  script->context = &context;
  call->request_number = show(script, call, limits.memory, result);
  if (call->request_number) {
    lua_rawgeti(script->L, PINNED_FUNCTIONS, (lua_Integer)call->function);
    lua_rawgeti(script->L, PINNED_REQUESTS, call->request_number);
    if (script_call(script, &limits, call->file, 1, result))
      take_answer(script, &limits, call, result);
  }
  script->context = NULL;
}
