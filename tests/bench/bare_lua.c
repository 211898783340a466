#include "bare_lua.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

/* The words of the policy language, as plainly as a program's own glue would have them. */
static const char prelude[] = "functions = {}\n"
                              "function on_socket(f) functions[#functions + 1] = f end\n"
                              "function reject(code) return code end\n"
                              "function rewrite(triple) return triple end\n"
                              "WSAEACCES = 10013\n"
                              "AF_INET, AF_INET6, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 2, 23, 1, 2, 3\n"
                              "IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP = 1, 6, 17\n"
                              "request = { app = { name = 'bench.exe', elevated = true } }\n";

struct bare_lua {
  lua_State *L;
  int count;
};

/* Fixed places on the stack. */
enum { FUNCTIONS = 1, REQUEST = 2 };

static void run(lua_State *L, const char *source)
{
  if (luaL_dostring(L, source) == LUA_OK)
    return;
  fprintf(stderr, "stock Lua: %s\n", lua_tostring(L, -1));
  exit(1);
}

bare_lua_t *bare_lua_open(const char *source)
{
  bare_lua_t *bare = malloc(sizeof *bare);
  lua_State *L = luaL_newstate();

  if (bare == NULL || L == NULL)
    exit(1);
  luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
  luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
  luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
  luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
  run(L, prelude);
  run(L, source);
  lua_settop(L, 0);
  lua_getglobal(L, "functions");
  lua_getglobal(L, "request");
  *bare = (bare_lua_t){L, (int)luaL_len(L, FUNCTIONS)};
  bare_lua_show(bare, &(policy_request_t){.requested = {2, 1, 0}, .effective = {2, 1, 6}});
  return bare;
}

void bare_lua_close(bare_lua_t *bare)
{
  lua_close(bare->L);
  free(bare);
}

static void set_number(lua_State *L, const char *field, lua_Integer value)
{
  lua_pushinteger(L, value);
  lua_setfield(L, REQUEST, field);
}

void bare_lua_show(bare_lua_t *bare, const policy_request_t *request)
{
  set_number(bare->L, "af", request->effective.af);
  set_number(bare->L, "type", request->effective.type);
  set_number(bare->L, "protocol", request->effective.protocol);
  set_number(bare->L, "flags", request->flags);
}

int32_t bare_lua_call(bare_lua_t *bare)
{
  lua_State *L = bare->L;
  int32_t code = 0;

  for (int i = 1; i <= bare->count && !code; i++) {
    lua_rawgeti(L, FUNCTIONS, i);
    lua_pushvalue(L, REQUEST);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
      fprintf(stderr, "stock Lua: %s\n", lua_tostring(L, -1));
      exit(1);
    }
    code = (int32_t)lua_tointeger(L, -1);
    lua_settop(L, REQUEST);
  }
  return code;
}
