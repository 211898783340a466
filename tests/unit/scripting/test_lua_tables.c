/*
 * A table that is marked read-only sends each assignment to __newindex, in whatever way it is made
 * (scripting/lua/patches/18-read-only-tables.patch).
 */
#include "fixture.h"

#include <lauxlib.h>
#include <lua.h>

#include "read_only.h"

/* Push { x = 1, 1 }, read-only. [-0, +1] */
static void push_frozen(lua_State *L)
{
  lua_createtable(L, 1, 1);
  lua_pushinteger(L, 1);
  lua_setfield(L, -2, "x");
  lua_pushinteger(L, 1);
  lua_rawseti(L, -2, 1);
  read_only_freeze(L, "the table");
}

static int set_field(lua_State *L) /* (table) [-0, +0] */
{
  lua_pushinteger(L, 2);
  lua_setfield(L, 1, "x");
  return 0;
}

static int set_element(lua_State *L) /* (table) [-0, +0] */
{
  lua_pushinteger(L, 2);
  lua_seti(L, 1, 1);
  return 0;
}

static int set_key(lua_State *L) /* (table) [-0, +0] */
{
  lua_pushliteral(L, "x");
  lua_pushinteger(L, 2);
  lua_settable(L, 1);
  return 0;
}

/* Call the function on top with the frozen table below it, and expect it to be refused. [-1, +0] */
static void assert_refused(lua_State *L, const char *what)
{
  lua_pushvalue(L, 1);
  int status = lua_pcall(L, 1, 0, 0);
  if (status != LUA_ERRRUN || strstr(lua_tostring(L, -1), "the table is read-only") == NULL)
    fail_msg("%s: %s", what, status == LUA_OK ? "was done" : lua_tostring(L, -1));
  lua_pop(L, 1);
  lua_pushliteral(L, "x");
  assert_int_equal(lua_rawget(L, 1), LUA_TNUMBER);
  assert_int_equal(lua_tointeger(L, -1), 1);
  assert_int_equal(lua_rawgeti(L, 1, 1), LUA_TNUMBER);
  assert_int_equal(lua_tointeger(L, -1), 1);
  lua_pop(L, 2);
}

static void every_assignment_is_refused(void **state)
{
  static const char *const chunks[] = {
      "local t = ... t.x = 2",
      "local t = ... local key = 'x' t[key] = 2",
      "local t = ... local index = 1 t[index] = 2",
      "local t = ... t[1] = 2",
      "local _ENV = ... local function set() x = 2 end set()",
  };
  static const lua_CFunction functions[] = {set_field, set_element, set_key};
  lua_State *L = luaL_newstate();

  (void)state;
  assert_non_null(L);
  push_frozen(L);
  for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
    assert_int_equal(luaL_loadstring(L, chunks[i]), LUA_OK);
    assert_refused(L, chunks[i]);
  }
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    lua_pushcfunction(L, functions[i]);
    assert_refused(L, "a function of the host's");
  }
  lua_close(L);
}

/* The table is what another's __newindex is. */
static void an_assignment_handed_on_is_refused(void **state)
{
  lua_State *L = luaL_newstate();

  (void)state;
  assert_non_null(L);
  push_frozen(L);
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
  assert_int_equal(luaL_loadstring(L, "x = 2"), LUA_OK);
  lua_insert(L, 2);
  lua_setupvalue(L, 2, 1);
  assert_refused(L, "an assignment handed on");
  lua_close(L);
}

static void the_host_writes_all_the_same(void **state)
{
  lua_State *L = luaL_newstate();

  (void)state;
  assert_non_null(L);
  push_frozen(L);
  lua_pushliteral(L, "x");
  lua_pushinteger(L, 2);
  lua_rawset(L, 1);
  assert_int_equal(luaL_loadstring(L, "local t = ... return t.x"), LUA_OK);
  lua_pushvalue(L, 1);
  assert_int_equal(lua_pcall(L, 1, 1, 0), LUA_OK);
  assert_int_equal(lua_tointeger(L, -1), 2);
  lua_close(L);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_assignment_is_refused),
      cmocka_unit_test(an_assignment_handed_on_is_refused),
      cmocka_unit_test(the_host_writes_all_the_same),
  };

  return cmocka_run_group_tests_name("scripting: read-only tables", tests, NULL, NULL);
}
