/* In one unit with the rest of Lua (cmake/Lua.cmake): the compiler takes its functions into this one. */
#include "lua.h"
#include "ldo.h"
#include "lobject.h"
#include "lstate.h"
#include "ltable.h"

static void call(lua_State *L, void *function)
{
  luaD_callnoyield(L, function, 1);
}

static void push_element(lua_State *L, int table, lua_Integer index)
{
  const TValue *element = luaH_getint(hvalue(s2v(L->ci->func.p + table)), index);
  setobj2s(L, L->top.p, element);
  L->top.p++;
}

int luai_callelement(lua_State *L, int functions, size_t function, int arguments, int argument,
                     _Bool *answered)
{
  StkId place = L->top.p;
  push_element(L, functions, (lua_Integer)function);
  push_element(L, arguments, argument);
  int status = luaD_pcall(L, call, place, savestack(L, place), 0);
  *answered = status == LUA_OK && !ttisnil(s2v(L->top.p - 1));
  if (status == LUA_OK && !*answered)
    L->top.p--;
  return status;
}
