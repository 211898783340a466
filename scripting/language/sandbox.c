#include "sandbox.h"

#include <lua.h>

#include "constants.h"
#include "libraries.h"
#include "mistake.h"
#include "none_of.h"
#include "registration.h"
#include "request_value.h"
#include "unknown.h"
#include "verdict_value.h"

/* Key of the registry table with the metatable of all environments. */
static const char environment_key = 0;

const builtin_t *sandbox_builtins(size_t index)
{
  static const builtin_t *(*const lists[])(void) = {verdict_value_builtins, none_of_builtins,
                                                    registration_builtins};

  return index < sizeof lists / sizeof lists[0] ? lists[index]() : NULL;
}

/* A rule whose `type = SOCK_RAWW` were nil would match every socket. */
static int sandbox__refuse_unknown(lua_State *L) /* __index(names, name) [-0, +1] */
{
  if (lua_type(L, 2) != LUA_TSTRING)
    return mistake_raise(L, "unknown name");
  lua_settop(L, 2);
  lua_insert(L, 1);
  unknown_name_push(L, lua_tostring(L, 1));
  return mistake_raise(L, "%s", lua_tostring(L, -1));
}

/* Add the constants to the table on the top of the stack. [-0, +0] */
static void sandbox__add_constants(lua_State *L)
{
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const constant_t *constants = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++) {
      lua_pushinteger(L, constants[i].value);
      lua_setfield(L, -2, constants[i].name);
    }
  }
}

void sandbox_open(lua_State *L)
{
  lua_createtable(L, 0, 200);
  sandbox__add_constants(L);
  libraries_open(L);
  verdict_value_open(L);
  none_of_open(L);
  registration_open(L);
  request_value_open(L);

  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, sandbox__refuse_unknown);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);

  lua_createtable(L, 0, 2);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

void sandbox_push_names(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
  lua_getfield(L, -1, "__index");
  lua_remove(L, -2);
}

void sandbox_add_builtins(lua_State *L, const builtin_t *builtins)
{
  sandbox_push_names(L);
  builtins_bind(L, builtins);
  lua_pop(L, 1);
}

void sandbox_push_pinned(lua_State *L)
{
  registration_push_functions(L);
  request_value_push_pinned(L);
  verdict_value_push_metatable(L);
}

void sandbox_push_environment(lua_State *L)
{
  lua_newtable(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
  lua_setmetatable(L, -2);
}
