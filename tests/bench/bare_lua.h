/*
 * bare_lua.h - stock Lua 5.4, the same version as the engine's but unpatched and without limits, called by
 * hand: what a program would have that embeds Lua with no engine around it.
 */
#ifndef SOCKWARDEN_BENCH_BARE_LUA_H
#define SOCKWARDEN_BENCH_BARE_LUA_H

#include "policy.h"

typedef struct bare_lua bare_lua_t;

/* Run a source that calls on_socket(function) any number of times, with the constants of the policy language
 * as plain globals. Exits the program where it fails. */
bare_lua_t *bare_lua_open(const char *source);
void bare_lua_close(bare_lua_t *bare);

/* Write the request's fields into the one plain table that the functions are handed. */
void bare_lua_show(bare_lua_t *bare, const policy_request_t *request);

/* One lua_pcall for each function, in order, until one returns something; the WSAE* code, 0 for none. */
int32_t bare_lua_call(bare_lua_t *bare);

#endif
