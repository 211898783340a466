/*
 * sandbox.h - what policy files see: every name of the language, and nothing else. Each file has globals of
 * its own; a name that nobody defined is a mistake, not nil.
 */
#ifndef SOCKWARDEN_SANDBOX_H
#define SOCKWARDEN_SANDBOX_H

#include "builtins.h"

/* The index-th list of the language's builtins, or NULL where there are no more. Static. */
const builtin_t *sandbox_builtins(size_t index);

/* Build what all files of a state share: constants, libraries, builtins, requests. Once a state. [-0, +0] */
void sandbox_open(lua_State *L);

/* Push what calls of functions find at the bottom of the state's stack (script_pin); needs no memory and
 * raises nothing. [-0, +3] */
void sandbox_push_pinned(lua_State *L);

/* Push the environment of one file: its own and writable, with the names of the language visible through it.
 * [-0, +1] */
void sandbox_push_environment(lua_State *L);

/* Push the table of all names of the language, and what they stand for. [-0, +1] */
void sandbox_push_names(lua_State *L);

/* Add builtins to the names that all files of this state see. [-0, +0] */
void sandbox_add_builtins(lua_State *L, const builtin_t *builtins);

#endif
