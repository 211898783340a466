/*
 * mistake.h - mistakes in policies that need not end the file. While a file is linted (policy_engine_check)
 * they are diagnosed and the file goes on, so that all of its mistakes are found at once: in place of the
 * value that the mistaken expression should have had stands a placeholder, which goes along with everything
 * and is ignored in silence wherever it turns up. Else they are errors like all others.
 *
 * What script_correct or script_advise said last belongs to the mistake, as it does to an error.
 */
#ifndef SOCKWARDEN_MISTAKE_H
#define SOCKWARDEN_MISTAKE_H

#include "builtins.h"

/* Raise the error; or, while linting, diagnose it and push a placeholder. [-0, +1] */
int mistake_raise(lua_State *L, const char *format, ...);

/* Diagnose the message on the top of the stack, linting or not; a file is being loaded. [-1, +0] */
void mistake_diagnose(lua_State *L, int32_t line);

/* Lua's own message about the syntax is on the top of the stack: the token that it quotes is its subject.
 * [-0, +0] */
void mistake_name_token(lua_State *L);

/* Push a placeholder. [-0, +1] */
int mistake_push(lua_State *L);

/* Whether the value at a stack index is a placeholder: its mistake was diagnosed. [-0, +0] */
bool mistake_at(lua_State *L, int index);

#endif
