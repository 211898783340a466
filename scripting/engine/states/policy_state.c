#include "policy_state.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "chunk.h"
#include "mistake.h"
#include "request_shown.h"
#include "request_value.h"
#include "sandbox.h"
#include "script_call.h"
#include "text_cut.h"

static void policy_state__open_sandbox(lua_State *L, void *argument)
{
  (void)argument;
  sandbox_open(L);
}

script_t *policy_state_create(const memory_t *memory, const load_hooks_t *hooks)
{
  static const script_limits_t unlimited = {SCRIPT_UNLIMITED_INSTRUCTIONS, SIZE_MAX, SCRIPT_UNLIMITED_CALLS};
  script_result_t result;
  script_t *script = script_create(memory);

  if (script == NULL)
    return NULL;
  script_run(script, &unlimited, NULL, policy_state__open_sandbox, NULL, &result);
  if (result.outcome != SCRIPT_OK) {
    script_destroy(script);
    return NULL;
  }
  sandbox_push_pinned(script->L);
  script_pin(script);
  script->hooks = hooks;
  if (hooks != NULL && hooks->opened != NULL)
    hooks->opened(hooks->context, script);
  return script;
}

/* Whether a text has the environment's own name in it. */
static bool policy_state__names_environment(const char *text, size_t size)
{
  static const char name[] = "_ENV";
  const char *end = text + size;

  for (const char *at = text; (at = memchr(at, name[0], (size_t)(end - at))) != NULL; at++)
    if ((size_t)(end - at) >= sizeof name - 1 && memcmp(at, name, sizeof name - 1) == 0)
      return true;
  return false;
}

/* Push the function that a text compiles to, or what is wrong with it. Its name is at stack index 1, the
 * constants that stand for their numbers at `names`, if any (lua/host.h). Returns luaL_loadbufferx's status.
 * [-0, +1]
 */
static int policy_state__compile(lua_State *L, const char *text, size_t size, int names)
{
  luai_foldnames(L, names);
  /* "t": text only. A precompiled chunk could do what no compiler emits. */
  return luaL_loadbufferx(L, text, size, lua_tostring(L, 1), "t");
}

/* The same: SOCK_RAW and its like are taken for the numbers they are, so that no decision need look them up.
 * Where the file gives one another meaning, the text is compiled once more, without. */
static int policy_state__compile_with_numbers(lua_State *L, const char *text, size_t size)
{
  sandbox_push_names(L);
  int status = policy_state__compile(L, text, size, policy_state__names_environment(text, size) ? 0 : -1);
  if (status == LUA_ERRSYNTAX || (status == LUA_OK && !luai_allfolded(L))) {
    lua_pop(L, 1);
    status = policy_state__compile(L, text, size, 0);
  }
  lua_remove(L, -2);
  return status;
}

void policy_state_load_file(lua_State *L, void *argument)
{
  const folder_file_t *file = argument;
  const load_hooks_t *hooks = script_of(L)->hooks;
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  const char *text = file->text;
  size_t size = file->size;

  if (size >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
    script_advise(L, NULL, "save it as UTF-8");
    luaL_error(L, "the file is UTF-16 text");
  }
  if (size >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
    text += 3;
    size -= 3;
  }
  luai_charge(L, size);
  lua_pushfstring(L, "=%s", file->name);
  if (policy_state__compile_with_numbers(L, text, size) != LUA_OK) {
    mistake_name_token(L);
    lua_error(L);
  }
  if (hooks != NULL && hooks->compiled != NULL)
    hooks->compiled(hooks->context, L);
  sandbox_push_environment(L);
  chunk_bind(L);
  lua_setupvalue(L, -2, 1);
  luai_allowcalls(L, SCRIPT_CALLS_LOADING); /* only now: the parser's levels are cheap */
  lua_call(L, 0, 0);
}

void policy_state_load(script_t *script, const folder_file_t *file, const attributes_t *attributes,
                       const policy_settings_t *settings, recorder_t *recorder, script_result_t *result)
{
  builtins_context_t context = {.attributes = attributes, .recorder = recorder};
  script_limits_t limits = {(int64_t)settings->instruction_limit * LOAD_ALLOWANCE,
                            (size_t)settings->memory_limit_kib * 1024 * LOAD_ALLOWANCE,
                            SCRIPT_UNLIMITED_CALLS};

  script->context = &context;
  script_settle(script, false);
  script_run(script, &limits, file->name, policy_state_load_file, (void *)file, result);
  script->context = NULL;
}

typedef struct showing {
  const policy_call_t *call;
  int request; /* its number */
} showing_t;

static void policy_state__show_request(lua_State *L, void *argument)
{
  showing_t *showing = argument;

  showing->request = request_value_show(L, showing->call->request, showing->call->triple);
}

/* The number of a request that shows the call, or 0 where memory is short. Writing it is our work, which some
 * calls need and others do not: the policy pays for the memory, but not in instructions. */
static int policy_state__show(script_t *script, const policy_call_t *call, size_t memory,
                              script_result_t *result)
{
  if (call->request_number)
    return call->request_number;
  showing_t showing = {call, request_shown_find(script, call->request, call->triple)};
  if (showing.request)
    return showing.request;
  script_limits_t limits = {SCRIPT_UNLIMITED_INSTRUCTIONS, memory, SCRIPT_UNLIMITED_CALLS};
  script_run(script, &limits, call->file, policy_state__show_request, &showing, result);
  result->cost = 0;
  return result->outcome == SCRIPT_OK ? showing.request : 0;
}

/* What the function returned is at the bottom. */
static void policy_state__refuse_result(lua_State *L, void *argument)
{
  (void)argument;
  verdict_value_hint(L, 1);
  luaL_error(L,
             "the function returned a %s; it must return allow(), reject(code), rewrite { ... } or nothing",
             luaL_typename(L, 1));
}

/* Take what the function returned off the stack. */
static void policy_state__take_result(script_t *script, const script_limits_t *limits, policy_call_t *call,
                                      script_result_t *result)
{
  const verdict_value_t *verdict = verdict_value_on_top(script->L);

  if (verdict != NULL) {
    call->returned_verdict = true;
    memcpy(&call->verdict, verdict, sizeof call->verdict);
    text_copy(call->reason, sizeof call->reason, verdict->reason);
    script_take(script);
  } else {
    uint64_t cost = result->cost;
    script_limits_t unlimited = {SCRIPT_UNLIMITED_INSTRUCTIONS, limits->memory, SCRIPT_CALLS_DECIDING};

    script_run(script, &unlimited, call->file, policy_state__refuse_result, NULL, result);
    result->cost = cost;
  }
}

void policy_state_call(script_t *script, const attributes_t *attributes, const script_limits_t *limits,
                       policy_call_t *call, script_result_t *result)
{
  builtins_context_t context = {.attributes = attributes, .log = call->log, .log_size = call->log_size};

  call->returned_verdict = false;
  script->context = &context;
  call->request_number = policy_state__show(script, call, limits->memory, result);
  if (call->request_number &&
      script_call(script, limits, call->file, call->function, call->request_number, result))
    policy_state__take_result(script, limits, call, result);
  script->context = NULL;
}
