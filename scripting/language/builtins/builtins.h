/*
 * builtins.h - the functions that policies may call: how tables of them are bound into Lua, and what they
 * work on.
 *
 * All functions of this folder run inside script_run and raise Lua errors. Their stack effect is noted as
 * [-pops, +pushes].
 */
#ifndef SOCKWARDEN_BUILTINS_H
#define SOCKWARDEN_BUILTINS_H

#include "attributes.h"
#include "recorder.h"
#include "script.h"

/* A builtin, and what editors shall know of it: the same tables bind builtins into Lua and are printed by
 * `sockwarden annotations`. Each ends with a zeroed entry, and is static. */
typedef struct builtin {
  const char *name;
  lua_CFunction function;
  const char *annotation; /* LuaLS: the comments above the function and its signature */
} builtin_t;

/* A field of a table that policies read or write. Tables of them as those of builtins. */
typedef struct builtin_field {
  const char *name;
  const char *annotation; /* LuaLS: its type, and a note on it */
} builtin_field_t;

/* What builtins work on: script_t.context points to one while a call is under way. */
typedef struct builtins_context {
  const attributes_t *attributes;
  recorder_t *recorder; /* while a file is loaded; NULL while a decision is made */
  char *log;            /* while a decision is made: where log() appends; NULL while a file is loaded */
  size_t log_size;
  void *tool; /* what the builtins of a tool work on; NULL in the provider */
} builtins_context_t;

builtins_context_t *builtins_context(lua_State *L);

/* The line in the policy file that called the builtin under way; 0 where none did. */
int32_t builtins_line(lua_State *L);

/* Add builtins to the table on the top of the stack. [-0, +0] */
void builtins_bind(lua_State *L, const builtin_t *builtins);

#endif
