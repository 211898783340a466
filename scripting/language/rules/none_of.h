/*
 * none_of.h - none_of { ... }: a condition that holds for none of its values.
 */
#ifndef SOCKWARDEN_NONE_OF_H
#define SOCKWARDEN_NONE_OF_H

#include "builtins.h"

const builtin_t *none_of_builtins(void);

/* Add none_of to the table on the top of the stack. [-0, +0] */
void none_of_open(lua_State *L);

/* Where a none_of is on the top of the stack, replace it by its values and return true. [-1, +1] */
bool none_of_unwrap(lua_State *L);

#endif
