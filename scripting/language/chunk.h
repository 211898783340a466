/*
 * chunk.h - looking into a compiled policy file: the global names that its code uses.
 */
#ifndef SOCKWARDEN_CHUNK_H
#define SOCKWARDEN_CHUNK_H

#include "script.h"

struct Proto;

/* The global name that an instruction of a function reads, or assigns; NULL where it does neither. */
const char *chunk_name_read(const struct Proto *function, int pc);
const char *chunk_name_assigned(const struct Proto *function, int pc);

/* A compiled function that has not run lies below its environment: put the builtins and constants that
 * functions in it use into the environment itself, so that a decision finds them at once and not by way of a
 * metatable. Not where the file takes its environment as a value, for that would see them. [-0, +0] */
void chunk_bind_globals(lua_State *L);

#endif
