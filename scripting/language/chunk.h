/*
 * chunk.h - the global names that a compiled policy file uses, read from its bytecode before it runs.
 */
#ifndef SOCKWARDEN_CHUNK_H
#define SOCKWARDEN_CHUNK_H

#include "script.h"

/* The use of a global name. */
typedef struct chunk_use {
  const char *name; /* the compiled function keeps it */
  bool assigned;    /* it is written, not read */
  bool inner;       /* in a function of the file, not in the file's own code, which runs once */
  const void *function;
  int instruction;
} chunk_use_t;

/* Visit the uses of global names in the compiled function at a stack index and the functions inside it, in
 * the order of the code. [-0, +0] */
void chunk_visit(lua_State *L, int index, void (*visit)(lua_State *L, const chunk_use_t *use, void *context),
                 void *context);

/* The line that it is in. */
int32_t chunk_line(const chunk_use_t *use);

/* The function on the top of the stack, below its environment, was compiled and has not run yet: put the
 * names of the language that functions in it use into the environment itself, so that a decision finds them
 * at once and not by way of a metatable. Not where the file takes its environment as a value, for that would
 * see them.
 * [-0, +0] */
void chunk_bind(lua_State *L);

#endif
