#include "script.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include <lauxlib.h>
#include <lua.h>

#include "script_call.h"
#include "text_match.h"

static void *script__allocate(void *context, void *block, size_t old_size, size_t size)
{
  script_t *script = context;

  if (block == NULL)
    old_size = 0; /* Lua passes a type tag there */
  if (size == 0) {
    memory_free(&script->memory, block);
    script->used -= old_size;
    return NULL;
  }
  if (size > old_size && (script->used > script->limit || size - old_size > script->limit - script->used)) {
    script->denied = true;
    script->starved = false;
    return NULL;
  }
  void *moved = memory_resize(&script->memory, block, size);
  if (moved == NULL) {
    script->denied = script->starved = true;
    /* Lua relies on shrinking never to fail. */
    return size <= old_size ? block : NULL;
  }
  script->used = script->used - old_size + size;
  return moved;
}

script_t *script_create(const memory_t *memory)
{
  script_t *script = memory_new(memory, sizeof *script);

  if (script == NULL)
    return NULL;
  script->memory = *memory;
  script->limit = SIZE_MAX;
  script->L = lua_newstate(script__allocate, script);
  if (script->L == NULL) {
    memory_free(memory, script);
    return NULL;
  }
  return script;
}

void script_destroy(script_t *script)
{
  if (script == NULL)
    return;
  script->limit = SIZE_MAX;
  *luai_budget(script->L) = LUAI_UNLIMITED;
  luai_allowcalls(script->L, UINT_MAX);
  lua_close(script->L);
  memory_t memory = script->memory;
  memory_free(&memory, script);
}

script_t *script_of(lua_State *L)
{
  void *script;

  lua_getallocf(L, &script);
  return script;
}

typedef struct run {
  void (*body)(lua_State *L, void *argument);
  void *argument;
} run_t;

static int script__run_body(lua_State *L)
{
  run_t *run = lua_touserdata(L, -1);

  lua_settop(L, -2);
  run->body(L, run->argument);
  return 0;
}

/* "chunk:12: text" -> 12 and "text". */
static void script__split_position(const char *message, const char *chunk, script_result_t *result)
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

static void script__describe_error(lua_State *L, script_t *script, const char *chunk, script_result_t *result)
{
  /* Only what needs no memory and raises nothing: we are outside of the protected call. */
  if (lua_type(L, -1) == LUA_TSTRING)
    script__split_position(lua_tostring(L, -1), chunk, result);
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
    result->cost = (uint64_t)limits->steps;
  script__describe_error(script->L, script, chunk, result);
  if (spent) {
    result->outcome = SCRIPT_BUDGET;
    script_clear_hint(&result->hint);
    snprintf(result->message, sizeof result->message, "instruction limit reached (%lld instructions)",
             (long long)limits->steps);
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

  script_begin(script, limits, limits->steps, result);
  lua_pushcfunction(
      L, script__run_body); /* neither needs memory: a light function, and a fresh stack has room */
  lua_insert(L, script->pinned + 1);
  lua_pushlightuserdata(L, &run);
  script_end(script, limits, chunk, lua_pcall(L, lua_gettop(L) - script->pinned - 1, 0, 0), result);
}

void script_pin(script_t *script)
{
  script->pinned = lua_gettop(script->L);
}

void script_take(script_t *script)
{
  lua_settop(script->L, script->pinned);
}

static void script__collect(lua_State *L, void *argument)
{
  (void)argument;
  lua_gc(L, LUA_GCCOLLECT);
}

void script_settle(script_t *script, bool collect_garbage)
{
  static const script_limits_t unlimited = {SCRIPT_NO_LIMIT_OF_INSTRUCTIONS, SIZE_MAX,
                                            SCRIPT_NO_LIMIT_OF_CALLS};
  script_result_t ignored; /* there are no finalizers: nothing can fail */

  if (collect_garbage)
    script_run(script, &unlimited, NULL, script__collect, NULL, &ignored);
  script->base = script->used;
}

/* ---- hints ---- */

void script_correct(lua_State *L, const char *subject, const char *correction)
{
  script_hint_t *hint = &script_of(L)->hint;

  text_copy(hint->subject, sizeof hint->subject, subject != NULL ? subject : "");
  text_copy(hint->correction, sizeof hint->correction, correction != NULL ? correction : "");
  hint->advice[0] = 0;
}

void script_advise(lua_State *L, const char *subject, const char *format, ...)
{
  script_hint_t *hint = &script_of(L)->hint;
  va_list arguments;

  script_correct(L, subject, NULL);
  va_start(arguments, format);
  vsnprintf(hint->advice, sizeof hint->advice, format, arguments);
  va_end(arguments);
  text_cut(hint->advice);
}

void script_forget_hint(lua_State *L)
{
  script_clear_hint(&script_of(L)->hint);
}

policy_report_t script_report(int32_t line, const char *message, const script_hint_t *hint)
{
  return (policy_report_t){.severity = POLICY_ERROR,
                           .line = line,
                           .message = message,
                           .advice = hint->advice[0] ? hint->advice : NULL,
                           .subject = hint->subject[0] ? hint->subject : NULL,
                           .correction = hint->correction[0] ? hint->correction : NULL};
}
