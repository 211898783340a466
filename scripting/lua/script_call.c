#include "script_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_cut.h"

typedef struct run {
  void (*body)(lua_State *L, void *argument);
  void *argument;
} run_t;

static int script_call__run_body(lua_State *L)
{
  run_t *run = lua_touserdata(L, -1);

  lua_settop(L, -2);
  run->body(L, run->argument);
  return 0;
}

/* "chunk:12: text" -> 12 and "text". */
static void script_call__split_position(const char *message, const char *chunk, script_result_t *result)
{
  enum { SHOWN = LUA_IDSIZE - 1 }; /* Lua cuts longer chunk names */
  size_t length = chunk != NULL ? strlen(chunk) : 0;

  if (length > SHOWN)
    length = SHOWN;
  const char *text = message;
  if (length && strncmp(message, chunk, length) == 0 && message[length] == ':') {
    char *end;
    long line = strtol(message + length + 1, &end, 10);

    if (end > message + length + 1 && end[0] == ':' && end[1] == ' ') {
      result->line = (int32_t)line;
      text = end + 2;
    }
  }
  text_copy(result->message, sizeof result->message, text);
}

static void script_call__describe_error(lua_State *L, script_t *script, const char *chunk,
                                        script_result_t *result)
{
  /* Only what needs no memory and raises nothing: we are outside of the protected call. */
  if (lua_type(L, -1) == LUA_TSTRING)
    script_call__split_position(lua_tostring(L, -1), chunk, result);
  else
    snprintf(result->message, sizeof result->message, "the policy raised an error that is a %s, not a string",
             lua_typename(L, lua_type(L, -1)));
  result->hint = script->hint;
  script_clear_hint(&script->hint);
}

void script_fail(script_t *script, const script_limits_t *limits, const char *chunk, int status, int64_t left,
                 script_result_t *result)
{
  bool spent = left > LUAI_UNLIMITED; /* luai_overbudget's mark */

  if (spent)
    result->cost = (uint64_t)limits->instructions;
  script_call__describe_error(script->L, script, chunk, result);
  if (spent) {
    result->outcome = SCRIPT_BUDGET;
    script_clear_hint(&result->hint);
    snprintf(result->message, sizeof result->message, "instruction limit reached (%lld instructions)",
             (long long)limits->instructions);
  } else if (status == LUA_ERRMEM || (script->denied && status == LUA_ERRERR)) {
    result->outcome = script->starved ? SCRIPT_STARVED : SCRIPT_MEMORY;
    script_clear_hint(&result->hint);
    result->line = *luai_memoryline(script->L);
    if (script->starved)
      snprintf(result->message, sizeof result->message, "out of memory");
    else
      snprintf(result->message, sizeof result->message, "memory limit reached (%llu KiB)",
               (unsigned long long)(limits->memory / 1024));
  } else {
    result->outcome = SCRIPT_ERROR;
  }
  lua_settop(script->L, script->pinned);
}

void script_run(script_t *script, const script_limits_t *limits, const char *chunk,
                void (*body)(lua_State *L, void *argument), void *argument, script_result_t *result)
{
  lua_State *L = script->L;
  run_t run = {body, argument};

  script_begin(script, limits, limits->instructions, result);
  /* Neither needs memory: a light function, and a fresh stack has room. */
  lua_pushcfunction(L, script_call__run_body);
  lua_insert(L, script->pinned + 1);
  lua_pushlightuserdata(L, &run);
  script_end(script, limits, chunk, lua_pcall(L, lua_gettop(L) - script->pinned - 1, 0, 0), result);
}

static void script_call__collect(lua_State *L, void *argument)
{
  (void)argument;
  lua_gc(L, LUA_GCCOLLECT);
}

void script_settle(script_t *script, bool collect_garbage)
{
  static const script_limits_t unlimited = {SCRIPT_UNLIMITED_INSTRUCTIONS, SIZE_MAX, SCRIPT_UNLIMITED_CALLS};
  script_result_t ignored; /* there are no finalizers: nothing can fail */

  if (collect_garbage)
    script_run(script, &unlimited, NULL, script_call__collect, NULL, &ignored);
  script->base = script->used;
}
