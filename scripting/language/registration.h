/*
 * registration.h - rule(), on_socket() and log().
 */
#ifndef SOCKWARDEN_REGISTRATION_H
#define SOCKWARDEN_REGISTRATION_H

#include "builtins.h"

const builtin_t *registration_builtins(void);

/* Add them to the table on the top of the stack. [-0, +0] */
void registration_open(lua_State *L);

/* Push the table of this state's on_socket functions, by their number, to be pinned; needs no memory. [-0,
 * +1] */
void registration_push_functions(lua_State *L);

#endif
