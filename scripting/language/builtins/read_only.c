#include "read_only.h"

#include <lauxlib.h>
#include <lua.h>

#include "host.h"
#include <ltm.h> /* tables as Lua sees them */
#include "unknown.h"

static int read_only__miss_field(lua_State *L) /* __index(table, key), upvalue: what [-0, +0] */
{
  return unknown_key_raise(L, lua_tostring(L, lua_upvalueindex(1)), 1, 2);
}

static int read_only__refuse_write(lua_State *L) /* __newindex(table, key, value), upvalue: what [-0, +0] */
{
  /* Not luaL_error: where a library function writes (table.insert), the line is one level further up. */
  lua_Debug frame;
  const char *what = lua_tostring(L, lua_upvalueindex(1));

  for (int level = 1; lua_getstack(L, level, &frame); level++)
    if (lua_getinfo(L, "Sl", &frame) && frame.currentline > 0) {
      lua_pushfstring(L, "%s:%d: %s is read-only", frame.short_src, frame.currentline, what);
      return lua_error(L);
    }
  return luaL_error(L, "%s is read-only", what);
}

static int read_only__refuse_pairs(lua_State *L) /* __pairs(table), upvalue: what [-0, +0] */
{
  return luaL_error(L, "%s cannot be iterated with pairs", lua_tostring(L, lua_upvalueindex(1)));
}

/* Give the metatable on the top of the stack a function that knows `what`. [-0, +0] */
static void read_only__set_handler(lua_State *L, const char *event, lua_CFunction handler, const char *what)
{
  lua_pushstring(L, what);
  lua_pushcclosure(L, handler, 1);
  lua_setfield(L, -2, event);
}

/* Push a metatable that refuses to be written, iterated and seen. [-0, +1] */
static void read_only__push_metatable(lua_State *L, const char *what)
{
  lua_createtable(L, 0, 4);
  read_only__set_handler(L, "__newindex", read_only__refuse_write, what);
  read_only__set_handler(L, "__pairs", read_only__refuse_pairs, what);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

void read_only_seal(lua_State *L, const char *what)
{
  if (!lua_getmetatable(L, -1)) {
    lua_createtable(L, 0, 1);
    read_only__set_handler(L, "__index", read_only__miss_field, what);
    lua_pushvalue(L, -1);
    lua_setmetatable(L, -3);
  }
  lua_pop(L, 1);
  lua_newtable(L);
  read_only__push_metatable(L, what);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
}

void read_only_freeze(lua_State *L, const char *what)
{
  _Static_assert(!(LUAI_READONLY & (maskflags | BITRAS)), "Lua uses the bit itself");

  read_only__push_metatable(L, what);
  read_only__set_handler(L, "__index", read_only__miss_field, what);
  lua_setmetatable(L, -2);
  ((Table *)lua_topointer(L, -1))->flags |= LUAI_READONLY;
}
