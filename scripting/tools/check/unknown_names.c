#include "unknown_names.h"

#include "host.h"
#include <lua.h>

/* Lua has no public way to look into nested functions before they run. */
#include <ldebug.h>
#include <lobject.h>

#include "chunk.h"
#include "language.h"

/* Put the names that a function or one inside it assigns into the table on the top of the stack. [-0, +0] */
static void unknown_names__collect_assigned(lua_State *L, const Proto *function)
{
  for (int pc = 0; pc < function->sizecode; pc++) {
    const char *name = chunk_name_assigned(function, pc);

    if (name != NULL) {
      lua_pushboolean(L, 1);
      lua_setfield(L, -2, name);
    }
  }
  for (int i = 0; i < function->sizep; i++)
    unknown_names__collect_assigned(L, function->p[i]);
}

/* Report the names read that are neither the language's nor in the table on the top of the stack. [-0, +0] */
static void unknown_names__report(lua_State *L, const Proto *function)
{
  step_recorder_t *recorder = language_context(L)->recorder;

  for (int pc = 0; pc < function->sizecode; pc++) {
    const char *name = chunk_name_read(function, pc);

    if (name == NULL || sandbox_knows(L, name))
      continue;
    bool assigned = lua_getfield(L, -1, name) != LUA_TNIL;
    lua_pop(L, 1);
    if (assigned)
      continue;
    script_of(L)->suggestion[0] = 0;
    sandbox_describe_unknown(L, name);
    const char *suggestion = script_of(L)->suggestion;
    recorder->diagnose(recorder->context, luaG_getfuncline(function, pc), lua_tostring(L, -1),
                       suggestion[0] ? suggestion : NULL);
    lua_pop(L, 1);
  }
  for (int i = 0; i < function->sizep; i++)
    unknown_names__report(L, function->p[i]);
}

void unknown_names_find(void *context, lua_State *L)
{
  const Proto *function = ((const LClosure *)lua_topointer(L, -1))->p;

  (void)context;
  lua_newtable(L);
  unknown_names__collect_assigned(L, function);
  unknown_names__report(L, function);
  lua_pop(L, 1);
}
