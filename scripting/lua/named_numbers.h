/* named_numbers.h - global names that the compiler takes for the numbers they stand for (patch 19). */
#ifndef SOCKWARDEN_LUA_NAMED_NUMBERS_H
#define SOCKWARDEN_LUA_NAMED_NUMBERS_H

struct lua_State;
struct TString;

/* What is compiled from now on takes the integers in the table at a stack index for what their names stand
 * for: where such a global name is read, the code has the number itself. The table stays alive and as it is
 * for that long. Index 0: no more. */
void luai_foldnames(struct lua_State *L, int index);

/* Whether since then each such name was read and nothing else. If not, something may have been assigned to
 * it, and what was compiled must not run. Nor must it where the source has the name _ENV. */
_Bool luai_allfolded(struct lua_State *L);

/* The compiler asks about a global name, before which token of the source. */
_Bool luai_foldsname(struct lua_State *L, struct TString *name, int token, long long *value);

#endif
