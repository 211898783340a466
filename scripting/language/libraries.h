/*
 * libraries.h - what policies have of Lua's standard libraries: an allow-list, with nothing in it that
 * reaches out of the state, compiles code, reveals addresses or differs from machine to machine.
 */
#ifndef SOCKWARDEN_LIBRARIES_H
#define SOCKWARDEN_LIBRARIES_H

#include "script.h"

/* Add the basic functions and the libraries to the table on the top of the stack. [-0, +0] */
void libraries_open(lua_State *L);

/* The names of the functions that policies have of a library, NULL for the basic ones; the list ends with
 * NULL. NULL where there is no such library. Static. */
const char *const *libraries_names(const char *library);

#endif
