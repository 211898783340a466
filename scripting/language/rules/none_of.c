#include "none_of.h"

#include <lauxlib.h>
#include <lua.h>

static const char none_of_type[] = "none_of";

static int none_of__make(lua_State *L) /* none_of(values) [-0, +1] */
{
  luaL_checkany(L, 1);
  if (luaL_testudata(L, 1, none_of_type) != NULL)
    return luaL_error(L, "none_of inside none_of");
  lua_settop(L, 1);
  lua_newuserdatauv(L, 0, 1);
  luaL_setmetatable(L, none_of_type);
  lua_insert(L, 1);
  lua_setiuservalue(L, 1, 1);
  return 1;
}

static const builtin_t builtins[] = {{"none_of", none_of__make,
                                      "---A condition that holds for none of these values.\n"
                                      "---@generic T\n"
                                      "---@param values T\n"
                                      "---@return T\n"
                                      "function none_of(values) end\n"},
                                     {0}};

const builtin_t *none_of_builtins(void)
{
  return builtins;
}

void none_of_open(lua_State *L)
{
  luaL_newmetatable(L, none_of_type);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
  builtins_bind(L, builtins);
}

bool none_of_unwrap(lua_State *L)
{
  if (luaL_testudata(L, -1, none_of_type) == NULL)
    return false;
  lua_getiuservalue(L, -1, 1);
  lua_remove(L, -2);
  return true;
}
