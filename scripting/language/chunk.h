/* chunk.h - looking into a compiled policy file: which lines have code, which run, and which names it uses.
 * For tools, but for chunk_bind_globals.
 */
#ifndef SOCKWARDEN_CHUNK_H
#define SOCKWARDEN_CHUNK_H

#include "script.h"

typedef struct policy_watch policy_watch_t;

/* From now on *watch hears of every line that runs in the script. */
void chunk_watch(script_t *script, const policy_watch_t *watch);

/* The function on the top of the stack was compiled and has not run yet: tell the watch, if there is one,
 * which lines it has, and while loading thoroughly diagnose the names in it that do not exist. [-0, +0] */
void chunk_loaded(lua_State *L);

/* The same function lies below its environment: put the words that functions in it use into the environment
 * itself, so that a decision finds them at once and not by way of a metatable. Not where the file takes its
 * environment as a value, for that would see them. [-0, +0] */
void chunk_bind_globals(lua_State *L);

#endif
