/* call.h - the one way into Lua that a decision takes. */
#ifndef SOCKWARDEN_LUA_CALL_H
#define SOCKWARDEN_LUA_CALL_H

#include <stddef.h>

struct lua_State;

/*
 * lua_pcall of an element of the table at one stack index, which is a function, with an element of the table
 * at another: both are there, and the stack has room for them. Returns lua_pcall's status. *answered: the
 * function returned and its first result, which is on top of the stack, is not nil; a nil is taken off. On
 * failure the error is on top.
 */
int luai_callelement(struct lua_State *L, int functions, size_t function, int arguments, int argument,
                     _Bool *answered);

#endif
