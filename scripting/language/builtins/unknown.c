#include "unknown.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "nearest_name.h"

/* The key of the table at a stack index that is nearest to a name, or NULL. [-0, +0] */
static const char *unknown__nearest_key(lua_State *L, int table, const char *name)
{
  nearest_name_t nearest = nearest_name_to(name);

  lua_pushvalue(L, table);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
      nearest_name_offer(&nearest, lua_tostring(L, -1)); /* the table keeps it */
  }
  lua_pop(L, 1);
  return nearest.name;
}

/* Raise what is wrong with the key. `nearest` may be NULL. */
static int unknown__raise(lua_State *L, const char *what, int key, const char *nearest)
{
  script_correct(L, lua_tostring(L, key), nearest);
  return luaL_error(L, "%s has no field '%s'", what, lua_tostring(L, key));
}

static int unknown__raise_no_name(lua_State *L, const char *what, int key)
{
  return luaL_error(L, "%s has no field that is a %s", what, luaL_typename(L, key));
}

int unknown_field_raise(lua_State *L, const char *what, const builtin_field_t *fields, int key)
{
  if (lua_type(L, key) != LUA_TSTRING)
    return unknown__raise_no_name(L, what, key);
  nearest_name_t nearest = nearest_name_to(lua_tostring(L, key));
  for (; fields->name != NULL; fields++)
    nearest_name_offer(&nearest, fields->name);
  return unknown__raise(L, what, key, nearest.name);
}

int unknown_key_raise(lua_State *L, const char *what, int table, int key)
{
  if (lua_type(L, key) != LUA_TSTRING)
    return unknown__raise_no_name(L, what, key);
  return unknown__raise(L, what, key, unknown__nearest_key(L, table, lua_tostring(L, key)));
}

/* What Lua has and policies do not. */
static bool unknown__is_absent_from_lua(const char *name)
{
  static const char *const absent[] = {
      "pcall",   "xpcall",    "load",         "loadstring",   "loadfile",       "dofile",
      "require", "coroutine", "setmetatable", "getmetatable", "collectgarbage", "io",
      "os",      "package",   "debug",        "rawget",       "rawset",         "rawequal",
      "rawlen",  "print",     "_G",           "warn"};

  for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
    if (strcmp(name, absent[i]) == 0)
      return true;
  return false;
}

void unknown_name_push(lua_State *L, const char *name)
{
  if (unknown__is_absent_from_lua(name)) {
    script_correct(L, name, strcmp(name, "print") == 0 ? "log" : NULL);
    lua_pushfstring(L, "'%s' is not part of the policy language", name);
  } else {
    script_correct(L, name, unknown__nearest_key(L, -1, name));
    lua_pushfstring(L, "unknown name '%s'", name);
  }
}
