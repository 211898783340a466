/*
 * unknown.h - names and fields that do not exist, and what was probably meant by them.
 */
#ifndef SOCKWARDEN_UNKNOWN_H
#define SOCKWARDEN_UNKNOWN_H

#include "builtins.h"

/* Raise "<what> has no field '<key>'" for the key at a stack index, which should have been one of the fields
 * of a list, or of the keys of the table at a stack index. */
int unknown_field_raise(lua_State *L, const char *what, const builtin_field_t *fields, int key);
int unknown_key_raise(lua_State *L, const char *what, int table, int key);

/* Push what is wrong with a name that should have been one of the keys of the table on the top of the stack.
 * [-0, +1] */
void unknown_name_push(lua_State *L, const char *name);

#endif
