#include "libraries.h"

#include <lua.h>
#include <lualib.h>
#include <string.h>

#include "read_only.h"

static const char *const base_names[] = {"assert", "error",    "ipairs",   "next", "pairs",
                                         "select", "tonumber", "tostring", "type", NULL};
static const char *const string_names[] = {"byte",  "char",  "find", "format",  "gmatch", "gsub",  "len",
                                           "lower", "match", "rep",  "reverse", "sub",    "upper", NULL};
static const char *const table_names[] = {"concat", "insert", "move",   "pack",
                                          "remove", "sort",   "unpack", NULL};
static const char *const math_names[] = {"abs", "acos",       "asin", "atan", "ceil", "cos", "deg",
                                         "exp", "floor",      "fmod", "huge", "log",  "max", "maxinteger",
                                         "min", "mininteger", "modf", "pi",   "rad",  "sin", "sqrt",
                                         "tan", "tointeger",  "type", "ult",  NULL};
static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "codes", "len", "offset", NULL};

static const struct library {
  const char *name;
  lua_CFunction open;
  const char *const *functions;
} libraries[] = {{"table", luaopen_table, table_names},
                 {"math", luaopen_math, math_names},
                 {"utf8", luaopen_utf8, utf8_names}};

const char *const *libraries_names(const char *library)
{
  if (library == NULL)
    return base_names;
  if (strcmp(library, "string") == 0)
    return string_names;
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
    if (strcmp(library, libraries[i].name) == 0)
      return libraries[i].functions;
  return NULL;
}

/* Open a standard library and leave only the named functions of it in a table. [-0, +1] */
static void libraries__push(lua_State *L, lua_CFunction open, const char *const *functions)
{
  lua_pushcfunction(L, open);
  lua_call(L, 0, 1);
  lua_newtable(L);
  for (; *functions != NULL; functions++) {
    lua_getfield(L, -2, *functions);
    lua_setfield(L, -2, *functions);
  }
  lua_remove(L, -2);
}

/* The base library opens into the globals, which nobody keeps: pick from them, then forget them. */
static void libraries__open_base(lua_State *L)
{
  lua_pushcfunction(L, luaopen_base);
  lua_call(L, 0, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  for (const char *const *name = base_names; *name != NULL; name++) {
    lua_getfield(L, -1, *name);
    lua_setfield(L, -3, *name);
  }
  lua_pop(L, 1);
  lua_newtable(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

/* Methods of strings find the same functions: ("x"):rep() gets past any environment. */
static void libraries__open_string(lua_State *L)
{
  libraries__push(L, luaopen_string, string_names);
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
  read_only_seal(L, "string");
  lua_setfield(L, -2, "string");
}

void libraries_open(lua_State *L)
{
  libraries__open_base(L);
  libraries__open_string(L);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    libraries__push(L, libraries[i].open, libraries[i].functions);
    read_only_seal(L, libraries[i].name);
    lua_setfield(L, -2, libraries[i].name);
  }
}
