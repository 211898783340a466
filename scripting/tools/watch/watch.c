#include "policy_tools.h"

#include "host.h"
#include <lua.h>

/* Lua has no public way to look into nested functions before they run. */
#include <ldebug.h>
#include <lobject.h>

#include "engine.h"

/* "=10-base.lua" */
static const char *watch__file_of(const char *source)
{
  return source + (source[0] == '=');
}

static void watch__line_runs(lua_State *L, lua_Debug *frame)
{
  const policy_watch_t *watch = script_of(L)->hooks->context;

  if (lua_getinfo(L, "S", frame))
    watch->line(watch->context, watch__file_of(frame->source), frame->currentline);
}

static void watch__state_opened(void *context, script_t *script)
{
  const policy_watch_t *watch = context;

  if (watch->line != NULL)
    lua_sethook(script->L, watch__line_runs, LUA_MASKLINE, 0);
}

static void watch__list_lines(const policy_watch_t *watch, const char *file, const Proto *function)
{
  int listed = 0;

  /* The last instruction is the return at `end`, which is no line of anybody's. */
  for (int pc = function->is_vararg ? 1 : 0; pc < function->sizecode - 1; pc++) {
    int line = luaG_getfuncline(function, pc);

    if (line > 0 && line != listed)
      watch->code(watch->context, file, line);
    listed = line;
  }
  for (int i = 0; i < function->sizep; i++)
    watch__list_lines(watch, file, function->p[i]);
}

static void watch__file_compiled(void *context, lua_State *L)
{
  const policy_watch_t *watch = context;
  const Proto *function = ((const LClosure *)lua_topointer(L, -1))->p;

  if (watch->code != NULL)
    watch__list_lines(watch, watch__file_of(getstr(function->source)), function);
}

static void watch__entry_registered(void *context, const char *file, int32_t line, bool function)
{
  const policy_watch_t *watch = context;

  if (watch->entry != NULL)
    watch->entry(watch->context, file, line, function);
}

void policy_engine_watch(policy_engine_t *engine, const policy_watch_t *watch)
{
  engine_set_hooks(engine, &(load_hooks_t){.context = (void *)watch,
                                           .opened = watch__state_opened,
                                           .compiled = watch__file_compiled,
                                           .registered = watch__entry_registered});
}
