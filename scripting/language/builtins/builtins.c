#include "builtins.h"

#include <lua.h>

builtins_context_t *builtins_context(lua_State *L)
{
  return script_of(L)->context;
}

int32_t builtins_line(lua_State *L)
{
  lua_Debug frame;

  for (int level = 1; lua_getstack(L, level, &frame); level++)
    if (lua_getinfo(L, "l", &frame) && frame.currentline > 0)
      return frame.currentline;
  return 0;
}

void builtins_bind(lua_State *L, const builtin_t *builtins)
{
  for (; builtins->name != NULL; builtins++) {
    lua_pushcfunction(L, builtins->function);
    lua_setfield(L, -2, builtins->name);
  }
}
