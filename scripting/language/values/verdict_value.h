/*
 * verdict_value.h - what allow(), reject() and rewrite{} return.
 */
#ifndef SOCKWARDEN_VERDICT_VALUE_H
#define SOCKWARDEN_VERDICT_VALUE_H

#include "builtins.h"

typedef struct verdict_value {
  policy_action_t action;
  int32_t error;                             /* of a reject */
  bool names_af, names_type, names_protocol; /* the fields a rewrite names */
  policy_triple_t triple;
  char reason[]; /* "" where none was given */
} verdict_value_t;

/* The triple that a rewrite makes of another: what it does not name stays, and the protocol becomes the
 * default of the new family and type where those change (docs/policy-language.md, rewrite). */
policy_triple_t verdict_value_rewritten(const verdict_value_t *rewrite, const policy_triple_t *triple);

/* Bytes of a verdict, its reason included. */
size_t verdict_value_size(const verdict_value_t *verdict);

const builtin_t *verdict_value_builtins(void);
const builtin_field_t *verdict_value_rewrite_fields(void);

/* Add allow, reject and rewrite to the table on the top of the stack. [-0, +0] */
void verdict_value_open(lua_State *L);

/* The verdict at a stack index, or NULL where there is none. [-0, +0] */
const verdict_value_t *verdict_value_at(lua_State *L, int index);

/* What is at a stack index is no verdict: beside the error about to be raised, say what was meant. [-0, +0]
 */
void verdict_value_hint(lua_State *L, int index);

/* Push the metatable of verdicts; needs no memory. It is pinned behind the arguments of script_call
 * (sandbox_push_pinned). [-0, +1] */
enum { VERDICT_VALUE_PINNED = SCRIPT_ARGUMENTS + 1 };
void verdict_value_push_metatable(lua_State *L);

/* The verdict on top of a state's own stack, above what is pinned there; NULL where there is none. Raises
 * nothing. [-0, +0] */
const verdict_value_t *verdict_value_on_top(lua_State *L);

#endif
