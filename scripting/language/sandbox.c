#include "language.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <string.h>

#include "host.h"
#include <ltm.h> /* tables as Lua sees them */
#include "constants.h"

/* Key of the registry table with the metatable of all environments. */
static const char environment_key = 0;

language_context_t *language_context(lua_State *L)
{
  return script_of(L)->context;
}

void language_bind(lua_State *L, const language_builtin_t *words)
{
  for (; words->name != NULL; words++) {
    lua_pushcfunction(L, words->function);
    lua_setfield(L, -2, words->name);
  }
}

int32_t language_line(lua_State *L)
{
  lua_Debug frame;

  for (int level = 1; lua_getstack(L, level, &frame); level++)
    if (lua_getinfo(L, "l", &frame) && frame.currentline > 0)
      return frame.currentline;
  return 0;
}

/* ---- sealing ---- */

int sandbox_no_field(lua_State *L, const char *what, int table, int key)
{
  const char *best = NULL;
  int distance = NAME_FAR;

  if (lua_type(L, key) != LUA_TSTRING)
    return luaL_error(L, "%s has no field that is a %s", what, luaL_typename(L, key));
  lua_pushnil(L);
  while (lua_next(L, table)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
      best = name_nearest(lua_tostring(L, key), lua_tostring(L, -1), best, &distance);
  }
  if (best != NULL)
    script_suggest(L, "%s", best);
  return luaL_error(L, "%s has no field '%s'", what, lua_tostring(L, key));
}

static int sandbox__missing_field(lua_State *L) /* __index(table, key), upvalue: what [-0, +0] */
{
  return sandbox_no_field(L, lua_tostring(L, lua_upvalueindex(1)), 1, 2);
}

static int sandbox__refuse_write(lua_State *L) /* __newindex(table, key, value), upvalue: what [-0, +0] */
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

static int sandbox__refuse_pairs(lua_State *L) /* __pairs(table), upvalue: what [-0, +0] */
{
  return luaL_error(L, "%s cannot be walked with pairs", lua_tostring(L, lua_upvalueindex(1)));
}

/* Give the table on the top of the stack a metatable with one function that knows `what`. [-0, +0] */
static void sandbox__set_handler(lua_State *L, const char *event, lua_CFunction handler, const char *what)
{
  lua_pushstring(L, what);
  lua_pushcclosure(L, handler, 1);
  lua_setfield(L, -2, event);
}

void sandbox_seal(lua_State *L, const char *what)
{
  if (!lua_getmetatable(L, -1)) { /* request_value.c gives app one of its own, which reads facts */
    lua_createtable(L, 0, 1);
    sandbox__set_handler(L, "__index", sandbox__missing_field, what);
    lua_pushvalue(L, -1);
    lua_setmetatable(L, -3);
  }
  lua_pop(L, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 4);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  sandbox__set_handler(L, "__newindex", sandbox__refuse_write, what);
  sandbox__set_handler(L, "__pairs", sandbox__refuse_pairs, what);
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
}

void sandbox_freeze(lua_State *L, const char *what)
{
  _Static_assert(!(LUAI_READONLY & (maskflags | BITRAS)), "Lua uses the bit itself");

  lua_createtable(L, 0, 4);
  sandbox__set_handler(L, "__index", sandbox__missing_field, what);
  sandbox__set_handler(L, "__newindex", sandbox__refuse_write, what);
  sandbox__set_handler(L, "__pairs", sandbox__refuse_pairs, what);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  ((Table *)lua_topointer(L, -1))->flags |= LUAI_READONLY;
}

/* ---- libraries ---- */

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

const char *const *sandbox_library(const char *library)
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
static void sandbox__push_library(lua_State *L, lua_CFunction open, const char *const *functions)
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

static void sandbox__open_libraries(lua_State *L)
{
  int words = lua_gettop(L);

  /* The base library goes into the globals, which nobody keeps: pick, then forget them. */
  lua_pushcfunction(L, luaopen_base);
  lua_call(L, 0, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  for (const char *const *name = base_names; *name != NULL; name++) {
    lua_getfield(L, -1, *name);
    lua_setfield(L, words, *name);
  }
  lua_pop(L, 1);
  lua_newtable(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);

  sandbox__push_library(L, luaopen_string, string_names);
  /* Methods of strings find the same functions: ("x"):rep() gets past any environment. */
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
  sandbox_seal(L, "string");
  lua_setfield(L, words, "string");

  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    sandbox__push_library(L, libraries[i].open, libraries[i].functions);
    sandbox_seal(L, libraries[i].name);
    lua_setfield(L, words, libraries[i].name);
  }
}

/* ---- words ---- */

void sandbox_push_globals(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
  lua_getfield(L, -1, "__index");
  lua_remove(L, -2);
}

void sandbox_add_builtins(lua_State *L, const language_builtin_t *words)
{
  sandbox_push_globals(L);
  language_bind(L, words);
  lua_pop(L, 1);
}

bool sandbox_knows(lua_State *L, const char *name)
{
  sandbox_push_globals(L);
  lua_pushstring(L, name);
  bool known = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return known;
}

void sandbox_describe_unknown(lua_State *L, const char *name)
{
  static const char *const absent[] = {
      "pcall",   "xpcall",    "load",         "loadstring",   "loadfile",       "dofile",
      "require", "coroutine", "setmetatable", "getmetatable", "collectgarbage", "io",
      "os",      "package",   "debug",        "rawget",       "rawset",         "rawequal",
      "rawlen",  "print",     "_G",           "warn"};
  const char *best = NULL;
  int distance = NAME_FAR;

  for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
    if (strcmp(name, absent[i]) == 0) {
      if (strcmp(name, "print") == 0)
        script_suggest(L, "log");
      lua_pushfstring(L, "'%s' is not part of the policy language", name);
      return;
    }
  sandbox_push_globals(L);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING)
      best = name_nearest(name, lua_tostring(L, -1), best, &distance);
  }
  lua_pop(L, 1);
  if (best != NULL)
    script_suggest(L, "%s", best);
  lua_pushfstring(L, "unknown name '%s'", name);
}

static int sandbox__unknown_word(lua_State *L) /* __index(words, name) [-0, +1] */
{
  if (lua_type(L, 2) != LUA_TSTRING)
    return mistake(L, "unknown name");
  sandbox_describe_unknown(L, lua_tostring(L, 2));
  return mistake(L, "%s", lua_tostring(L, -1));
}

static void sandbox__add_constants(lua_State *L)
{
  for (int group = 0; group < POLICY_CONSTANTS_COUNT; group++) {
    size_t count;
    const word_t *words = constants_of((policy_constants_t)group, &count);

    for (size_t i = 0; i < count; i++) {
      lua_pushinteger(L, words[i].value);
      lua_setfield(L, -2, words[i].name);
    }
  }
}

void sandbox_open(lua_State *L)
{
  lua_createtable(L, 0, 200);
  sandbox__add_constants(L);
  sandbox__open_libraries(L);
  verdict_open(L);
  conditions_open(L);
  steps_open(L);
  request_open(L);

  /* An environment looks words up here, and what is no word is a mistake, not nil: a rule whose `type =
   * SOCK_RAWW` were nil would match every socket. */
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, sandbox__unknown_word);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);

  lua_createtable(L, 0, 2);
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

void sandbox_push_pinned(lua_State *L)
{
  steps_push_functions(L);
  request_push_pinned(L);
  verdict_push_metatable(L);
}

void sandbox_push_environment(lua_State *L)
{
  lua_newtable(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
  lua_setmetatable(L, -2);
}
