/*
 * script_call.h - calling one function of a script: the path of every decision, and inline for that reason.
 * script.h says what a script is.
 */
#ifndef SOCKWARDEN_SCRIPT_CALL_H
#define SOCKWARDEN_SCRIPT_CALL_H

#include <limits.h>

#include "host.h"
#include <lua.h>

#include "script.h"

/* Before a protected call: what holds while it lasts. */
static inline void script_begin(script_t *script, const script_limits_t *limits, int64_t steps,
                                script_result_t *result)
{
  result->line = 0;
  result->message[0] = 0;
  script->denied = script->starved = false;
  if (__builtin_add_overflow(script->base, limits->memory, &script->limit))
    script->limit = SIZE_MAX;
  *luai_budget(script->L) = steps;
  if (limits->calls != script->calls) { /* Lua itself puts it back after each call */
    script->calls = limits->calls;
    luai_allowcalls(script->L, limits->calls ? limits->calls : UINT_MAX);
  }
}

/* Tell how a protected call failed whose error is on top of the stack, and take that off. `left`: of its
 * steps. */
void script_fail(script_t *script, const script_limits_t *limits, const char *chunk, int status, int64_t left,
                 script_result_t *result);

/* After it. */
static inline void script_end(script_t *script, const script_limits_t *limits, const char *chunk, int status,
                              script_result_t *result)
{
  int64_t left = *luai_budget(script->L);

  *luai_budget(script->L) = LUAI_UNLIMITED;
  script->limit = SIZE_MAX;
  result->cost = (uint64_t)(limits->steps - left);
  result->outcome = SCRIPT_OK;
  if (status != LUA_OK)
    script_fail(script, limits, chunk, status, left, result);
}

/*
 * As script_run, but without a body: call a function with one argument, both given by their places in those
 * tables. It costs what a body costs that does nothing but make that call. True where it said something: one
 * result, not nil, is then on top of the stack, and script_take takes it off.
 */
static inline bool script_call(script_t *script, const script_limits_t *limits, const char *chunk,
                               size_t function, int argument, script_result_t *result)
{
  bool answered;

  /* What run_body's own call would have spent; where not even that is left, the first charge raises. */
  script_begin(script, limits, limits->steps - LUAI_CALLCOST, result);
  int status = luai_callelement(script->L, SCRIPT_FUNCTIONS, function, SCRIPT_ARGUMENTS, argument, &answered);
  script_end(script, limits, chunk, status, result);
  return answered;
}

#endif
