#include "script.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

#include "host.h"
#include <lua.h>

#include "text_cut.h"

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

void script_pin(script_t *script)
{
  script->pinned = lua_gettop(script->L);
}

void script_take(script_t *script)
{
  lua_settop(script->L, script->pinned);
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
