#include "lua.h"
#include "lauxlib.h"
#include "lstate.h"

/* Raise an error that names the line that runs, also where a C function called from it does. */
static _Noreturn void budget__fail(lua_State *L, const char *text)
{
  lua_Debug frame;

  luaL_checkstack(L, LUA_MINSTACK, NULL);
  lua_pushstring(L, text);
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (lua_getinfo(L, "Sl", &frame) && frame.currentline > 0) {
      lua_pushfstring(L, "%s:%d: %s", frame.short_src, frame.currentline, text);
      break;
    }
  }
  lua_error(L);
  for (;;) { /* lua_error does not return; its declaration does not say so */
  }
}

/* Building the text of the error spends instructions too: the counter is lifted out of reach first, and stays
 * there as the mark of a spent budget (script.c tells it from other errors by that). */
void luai_overbudget(lua_State *L)
{
  *luai_budget(L) = INT64_MAX;
  budget__fail(L, "instruction limit reached");
}

void luai_toodeep(lua_State *L)
{
  budget__fail(L, "calls nest too deep (C stack overflow)");
}

void luai_nomemory(lua_State *L)
{
  lua_Debug frame;

  *luai_memoryline(L) = 0;
  /* There are no calls yet while the state is being made. */
  for (int level = 0; L->ci != NULL && !*luai_memoryline(L) && lua_getstack(L, level, &frame); level++)
    if (lua_getinfo(L, "l", &frame) && frame.currentline > 0)
      *luai_memoryline(L) = frame.currentline;
}

/* The lower half of nCcalls counts calls that nest, and to reach LUAI_MAXCCALLS is the error. */
void luai_allowcalls(lua_State *L, unsigned levels)
{
  l_uint32 used = levels < LUAI_MAXCCALLS - 1 ? LUAI_MAXCCALLS - 1 - levels : 0;

  L->nCcalls = (L->nCcalls & 0xffff0000u) | used;
}
