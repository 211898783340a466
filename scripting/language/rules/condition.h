/*
 * condition.h - one condition of a rule under compilation: the values that Lua holds are checked and laid out
 * as plain data (rule.h) in the recorder's arena.
 *
 * Mistakes are diagnosed with the line of the rule and the name of the field, and the compilation goes on.
 */
#ifndef SOCKWARDEN_CONDITION_H
#define SOCKWARDEN_CONDITION_H

#include "builtins.h"

/* The field of the rule. */
typedef struct condition {
  lua_State *L;
  const char *name;
  int32_t line;
  bool wrong; /* a mistake was diagnosed */
} condition_t;

/* Diagnose the message on the top of the stack; without a hint, it is about the field. [-1, +0] */
void condition_diagnose(condition_t *field);

/* The value on the top of the stack is a placeholder: its mistake was diagnosed already. [-0, +0] */
bool condition_is_mistake(condition_t *field);

/* A zeroed block in the recorder's arena, which the policy pays for. Raises an error where there is none. */
void *condition_new(lua_State *L, size_t size);

/* The text at a stack index, copied into the arena. [-0, +0] */
const char *condition_text(lua_State *L, int index);

/* Each compiles the condition on the top of the stack: a value, a list of values, or none_of these. [-1, +0]
 */
const number_set_t *condition_numbers(condition_t *field, policy_constants_t constants);
const truth_set_t *condition_truths(condition_t *field);

/* What texts a condition takes: names as they stand; names, true and false; globs on the program, which are
 * matched while the file is loaded, so that the policy pays for that too. */
typedef enum condition_text_kind {
  CONDITION_NAMES,
  CONDITION_NAMES_AND_TRUTHS,
  CONDITION_APP_GLOBS
} condition_text_kind_t;
const text_set_t *condition_texts(condition_t *field, condition_text_kind_t kind);

#endif
