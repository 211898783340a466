#include "lua.h"
#include "lauxlib.h"
#include "lstate.h"

/* Building the text of the error spends steps too: the counter is lifted out of reach first, and stays there as the
 * mark of a spent budget (lua_state.c tells it from other errors by that). */
void luai_overbudget(lua_State *L)
{
  lua_Debug frame;
  *luai_budget(L) = INT64_MAX;
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  lua_pushliteral(L, "instruction limit reached");
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (lua_getinfo(L, "Sl", &frame) && frame.currentline > 0) {
      lua_pushfstring(L, "%s:%d: instruction limit reached", frame.short_src, frame.currentline);
      break;
    }
  }
  lua_error(L);
  for (;;) { /* lua_error does not return; its declaration does not say so */
  }
}

void luai_nomemory(lua_State *L)
{
  lua_Debug frame;
  *luai_memoryline(L) = 0;
  /* There are no calls yet while the state is being made. */
  for (int level = 0; L->ci && !*luai_memoryline(L) && lua_getstack(L, level, &frame); level++)
    if (lua_getinfo(L, "l", &frame) && frame.currentline > 0)
      *luai_memoryline(L) = frame.currentline;
}
