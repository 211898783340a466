#include "test_builtins.h"

#include <lauxlib.h>
#include <lua.h>

#include "assertions.h"
#include "sandbox.h"
#include "test_result.h"

/* Keys of registry tables: the functions and names of the tests. */
static const char functions_key = 0;
static const char names_key = 0;

static int test_builtins__test(lua_State *L) /* test(name, run) [-0, +0] */
{
  test_bench_t *bench = test_bench_of(L);

  luaL_checktype(L, 1, LUA_TSTRING);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  if (!bench->loading)
    return luaL_error(L, "test inside a test");
  bench->tests++;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_pushvalue(L, 2);
  lua_rawseti(L, -2, (lua_Integer)bench->tests);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, (lua_Integer)bench->tests);
  return 0;
}

void test_builtins_push_test(lua_State *L, size_t index)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_rawgeti(L, -1, (lua_Integer)index);
  lua_remove(L, -2);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key);
  lua_rawgeti(L, -1, (lua_Integer)index);
  lua_remove(L, -2);
}

/* ---- policy entries belong in policies ---- */

static int test_builtins__refuse_rule(lua_State *L)
{
  return luaL_error(L, "rule belongs in a policy, not in its test");
}

static int test_builtins__refuse_on_socket(lua_State *L)
{
  return luaL_error(L, "on_socket belongs in a policy, not in its test");
}

static const builtin_t refused[] = {
    {"rule", test_builtins__refuse_rule, NULL}, {"on_socket", test_builtins__refuse_on_socket, NULL}, {0}};

/* ---- all ---- */

static const builtin_t builtins[] = {{"test", test_builtins__test,
                                      "---Register a test; it fails when its function raises an error.\n"
                                      "---@param name string\n"
                                      "---@param run fun()\n"
                                      "function test(name, run) end\n"},
                                     {0}};

static const builtin_t *test_builtins__own(void)
{
  return builtins;
}

const builtin_t *test_builtins_list(size_t index)
{
  static const builtin_t *(*const lists[])(void) = {test_builtins__own, test_result_builtins,
                                                    assertions_builtins};

  return index < sizeof lists / sizeof lists[0] ? lists[index]() : NULL;
}

void test_builtins_open(lua_State *L)
{
  test_result_open(L);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
  for (size_t i = 0; test_builtins_list(i) != NULL; i++)
    sandbox_add_builtins(L, test_builtins_list(i));
  sandbox_add_builtins(L, refused);
}
