/*
 * unknown_names.h - names that a compiled policy file uses and nothing gives a value to, also in functions
 * that have not run.
 */
#ifndef SOCKWARDEN_UNKNOWN_NAMES_H
#define SOCKWARDEN_UNKNOWN_NAMES_H

#include "script.h"

/* Report to the load under way each global name in the function on the top of the stack that is neither a
 * constant nor a builtin nor assigned in it. For load_hooks_t.compiled. [-0, +0] */
void unknown_names_find(void *context, lua_State *L);

#endif
