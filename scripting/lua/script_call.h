/*
 * script_call.h - running something in a script: under limits, and inside one protected call, argument
 * building included. script_call is the path of every decision, and inline for that reason.
 */
#ifndef SOCKWARDEN_SCRIPT_CALL_H
#define SOCKWARDEN_SCRIPT_CALL_H

#include <limits.h>

#include "host.h"
#include <lua.h>

#include "script.h"
#include "script_limits.h"

/*
 * Run body(L, argument) under limits, protected: whatever it raises ends up in *result, and the Lua stack is
 * as before. What script_call left there is taken off; the body finds it at the bottom. Does not nest.
 * `chunk` is the chunk name whose position errors carry ("10-base.lua"), to find the line by; may be NULL.
 */
void script_run(script_t *script, const script_limits_t *limits, const char *chunk,
                void (*body)(lua_State *L, void *argument), void *argument, script_result_t *result);

/* Take what the state holds now as the base of memory limits, having thrown away the garbage if
 * `collect_garbage`. A base that stays where it is also bounds what a policy can pile up in its globals from
 * call to call. Outside of script_run. */
void script_settle(script_t *script, bool collect_garbage);

/* Describe in *result how a protected call failed whose error is on top of the stack, and take that off.
 * `left` is what is left of its instructions. */
void script_fail(script_t *script, const script_limits_t *limits, const char *chunk, int status, int64_t left,
                 script_result_t *result);

/* Before a protected call: what holds while it lasts. */
static inline void script_begin(script_t *script, const script_limits_t *limits, int64_t instructions,
                                script_result_t *result)
{
  result->line = 0;
  result->message[0] = 0;
  script->denied = script->starved = false;
  if (__builtin_add_overflow(script->base, limits->memory, &script->limit))
    script->limit = SIZE_MAX;
  *luai_budget(script->L) = instructions;
  if (limits->calls != script->calls) { /* Lua itself puts it back after each call */
    script->calls = limits->calls;
    luai_allowcalls(script->L, limits->calls ? limits->calls : UINT_MAX);
  }
}

/* After it. */
static inline void script_end(script_t *script, const script_limits_t *limits, const char *chunk, int status,
                              script_result_t *result)
{
  int64_t left = *luai_budget(script->L);

  *luai_budget(script->L) = LUAI_UNLIMITED;
  script->limit = SIZE_MAX;
  result->cost = (uint64_t)(limits->instructions - left);
  result->outcome = SCRIPT_OK;
  if (status != LUA_OK)
    script_fail(script, limits, chunk, status, left, result);
}

/*
 * As script_run, but without a body: call a function with one argument, both given by their places in the
 * pinned tables. It costs what a body costs that does nothing but make that call. True where it returned a
 * value that is not nil: that one is then on top of the stack, and script_take takes it off.
 */
static inline bool script_call(script_t *script, const script_limits_t *limits, const char *chunk,
                               size_t function, int argument, script_result_t *result)
{
  bool returned;

  /* What script_run's own call would have spent; where not even that is left, the first charge raises. */
  script_begin(script, limits, limits->instructions - LUAI_CALLCOST, result);
  int status = luai_callelement(script->L, SCRIPT_FUNCTIONS, function, SCRIPT_ARGUMENTS, argument, &returned);
  script_end(script, limits, chunk, status, result);
  return returned;
}

#endif
