/*
 * language.h - the words of the policy language inside a Lua state: the sandbox every policy file runs in,
 * the constructors of verdicts, rule{}, on_socket() and log(), and the request that functions are handed.
 *
 * All functions here run inside script_run and raise Lua errors. Their stack effect is noted as [-pops,
 * +pushes].
 */
#ifndef SOCKWARDEN_LANGUAGE_H
#define SOCKWARDEN_LANGUAGE_H

#include "attributes.h"
#include "policy.h"
#include "rule.h"
#include "script.h"

/* What the words work on; script_t.context points to one while a call is under way. */
typedef struct language_context {
  const attributes_t *facts;
  struct step_recorder *recorder; /* while a file is loaded; NULL while a decision is made */
  struct test_bench *bench;       /* while tests run (test_builtins.h) */
  char *log;                      /* while a decision is made: where log() appends */
  size_t log_size;
} language_context_t;

/* A name that policies may use, and what editors shall know of it. The tables of these bind the names into
 * Lua; annotations.c prints them. Each ends with a zeroed entry. */
typedef struct language_word {
  const char *name;
  lua_CFunction function;
  const char *annotation; /* LuaLS: the comments above the function and its signature */
} language_builtin_t;

typedef struct language_field {
  const char *name;
  const char *annotation; /* LuaLS: its type, and a word on it */
} language_field_t;

/* What a state keeps at the bottom of its stack (script_pin), so that a decision finds it without a look-up.
 */
enum {
  PINNED_FUNCTIONS = SCRIPT_FUNCTIONS, /* the on_socket functions, by their number */
  PINNED_REQUESTS = SCRIPT_ARGUMENTS,  /* the requests that functions are handed, by their number */
  PINNED_VERDICT                       /* the metatable of verdicts */
};

/* Push them, in order; needs no memory and raises nothing. [-0, +3] */
void sandbox_push_pinned(lua_State *L);
void steps_push_functions(lua_State *L);   /* [-0, +1] */
void verdict_push_metatable(lua_State *L); /* [-0, +1] */
void request_push_pinned(lua_State *L);    /* [-0, +1] */

/* Add functions to the table on the top of the stack. [-0, +0] */
void language_bind(lua_State *L, const language_builtin_t *words);

/* The words of this file and the files below, and fields. Static. */
const language_builtin_t *verdict_builtins(void);
const language_builtin_t *condition_builtins(void);
const language_builtin_t *registration_builtins(void);
const language_builtin_t *test_builtins(void);
const language_field_t *verdict_rewrite_fields(void);
size_t condition_field(size_t index, language_field_t *field); /* of a rule; 0 where there are no more */
const language_field_t *request_fields(void);
size_t request_app_field(size_t index, language_field_t *field);
/* Names of the libraries' functions that policies have; library is NULL for the basic ones. NULL where there
 * is no such library. */
const char *const *sandbox_library(const char *library);

language_context_t *language_context(lua_State *L);

/* The line in the policy file that called the C function under way; 0 where none did. */
int32_t language_line(lua_State *L);

/* ---- mistake.c: errors that need not end the file ---- */

/* Raise the error; or, while a file is loaded thoroughly, diagnose it and push a stand-in for the value that
 * the expression should have had. Beside it script_suggest works as beside an error. [-0, +1] */
int mistake(lua_State *L, const char *format, ...);

/* Push a stand-in. [-0, +1] */
int mistake_push(lua_State *L);

/* Whether the value at a stack index is a stand-in: then its mistake has been told. [-0, +0] */
bool mistake_at(lua_State *L, int index);

/* ---- sandbox.c ---- */

/* Build what all files of a state share: words, trimmed libraries, the request. Once a state. [-0, +0] */
void sandbox_open(lua_State *L);

/* Push the environment of one file: its own and writable, with the shared words visible through it. [-0, +1]
 */
void sandbox_push_environment(lua_State *L);

/* Add words to those that all files of this state see. [-0, +0] */
void sandbox_add_builtins(lua_State *L, const language_builtin_t *words);

/* Print what editors shall know of the words of tests. */
void test_annotations(void (*put)(void *context, const char *text), void *context);

/* Whether a name is a word of the language. [-0, +0] */
bool sandbox_knows(lua_State *L, const char *name);

/* Push the table of all words. [-0, +1] */
void sandbox_push_globals(lua_State *L);

/* Push what is wrong with a name that no word has, and suggest what was meant. [-0, +1] */
void sandbox_describe_unknown(lua_State *L, const char *name);

/* Replace the table on the top of the stack by an empty stand-in through which it can be read but not
 * written. Reading a field it does not have is an error that names `what`. [-1, +1] */
void sandbox_seal(lua_State *L, const char *what);

/* The same for a table that stays where it is: reading its fields costs no more than reading any table's. Its
 * owner writes them with lua_rawset. Unlike a stand-in, next() sees the fields, so all of them must be there
 * before a policy runs.
 * [-0, +0] */
void sandbox_freeze(lua_State *L, const char *what);

/* Raise "<what> has no field '<key>'" for the key at a stack index, with the nearest key of the table at
 * `table` as the suggestion. */
int sandbox_no_field(lua_State *L, const char *what, int table, int key);

/* ---- verdict_value.c: what allow(), reject() and rewrite{} return ---- */

typedef struct verdict_value {
  policy_action_t action;
  int32_t error;                             /* of a reject */
  bool names_af, names_type, names_protocol; /* the fields a rewrite names */
  policy_triple_t triple;
  char reason[]; /* "" where none was given */
} verdict_value_t;

/* The triple that a rewrite makes of another (docs/policy-language.md, "Verdicts"). */
policy_triple_t verdict_rewrites(const verdict_value_t *rewrite, const policy_triple_t *triple);

/* Bytes of a verdict, its reason included. */
size_t verdict_size(const verdict_value_t *verdict);

/* Add allow, reject and rewrite to the table on the top of the stack. [-0, +0] */
void verdict_open(lua_State *L);

/* The verdict at a stack index. NULL where there is none; where the mistake is a common one, what was
 * probably meant is then left as the suggestion. [-0, +0] */
const verdict_value_t *verdict_at(lua_State *L, int index);

/* The verdict on top of a state's own stack, above what is pinned there; NULL where there is none. Raises
 * nothing.
 * [-0, +0] */
const verdict_value_t *verdict_on_top(lua_State *L);

/* ---- request_value.c: what on_socket functions are handed ---- */

/* Build the state's requests. [-0, +0] */
void request_open(lua_State *L);

/* Make one show this call with this triple as the effective one; its number. [-0, +0] */
int request_show(lua_State *L, const policy_request_t *request, const policy_triple_t *triple);

/* ---- conditions.c: none_of, and what a rule's fields compile to ---- */

/* Add none_of to the table on the top of the stack. [-0, +0] */
void conditions_open(lua_State *L);

/* Compile the rule in the table at stack index 1 into the recorder's arena. Every mistake in it is diagnosed
 * with `line`; NULL where there was one. [-0, +0] */
rule_t *conditions_compile(lua_State *L, int32_t line);

/* ---- steps.c: rule(), on_socket() and log() ---- */

typedef enum step_kept { STEP_KEPT, STEP_DROPPED, STEP_NO_MEMORY } step_kept_t;

/* Where the steps of the files go while they are loaded. */
typedef struct step_recorder {
  bool thorough; /* mistakes are diagnosed and the file goes on (mistake.c) */
  arena_t
      *arena; /* for compiled rules; NULL where only functions are wanted, the rules being compiled already */
  size_t functions; /* on_socket functions so far in this state */
  void *context;
  step_kept_t (*add_rule)(void *context, int32_t line, rule_t *rule);
  step_kept_t (*add_function)(void *context, int32_t line);
  void (*diagnose)(void *context, int32_t line, const char *message, const char *suggestion);
} step_recorder_t;

/* Add rule, on_socket and log to the table on the top of the stack. [-0, +0] */
void steps_open(lua_State *L);

#endif
