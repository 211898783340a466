/*
 * script.h - one Lua state with its limits: memory counted, steps counted, and every call into Lua inside one
 * protected call, argument building included (docs/policy-language.md, "Mistakes and limits"). A script is
 * used by one thread at a time.
 */
#ifndef SOCKWARDEN_SCRIPT_H
#define SOCKWARDEN_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

typedef struct lua_State lua_State;
typedef int (*lua_CFunction)(lua_State *L);

typedef enum script_outcome {
  SCRIPT_OK,
  SCRIPT_BUDGET,  /* the steps were used up */
  SCRIPT_MEMORY,  /* the memory was used up */
  SCRIPT_STARVED, /* the host has no memory: not the script's fault */
  SCRIPT_ERROR    /* the script's own error */
} script_outcome_t;

enum { SCRIPT_NO_LIMIT_OF_CALLS = 0 };
#define SCRIPT_NO_LIMIT_OF_INSTRUCTIONS (INT64_MAX / 2)

typedef struct script_limits {
  int64_t steps;  /* at most SCRIPT_NO_LIMIT_OF_INSTRUCTIONS */
  size_t memory;  /* bytes on top of what the state held when script_settle was last called */
  unsigned calls; /* how deep calls may nest in C: what they take of the host's stack. 0: as deep as Lua lets
                     them */
} script_limits_t;

/* A function called by gsub takes up to 2 KiB a level. A decision may need 32 KiB of stack in all, a load
 * 128: tests/unit/scripting/test_stack.c measures. */
enum { SCRIPT_CALLS_DECIDING = 8, SCRIPT_CALLS_LOADING = 40 };

enum { SCRIPT_MESSAGE_MAX = 400, SCRIPT_SUGGESTION_MAX = 160 };

typedef struct script_result {
  script_outcome_t outcome;
  uint64_t cost;                          /* steps spent */
  int32_t line;                           /* where the error arose; 0 where unknown */
  char message[SCRIPT_MESSAGE_MAX];       /* without the position; "" when SCRIPT_OK */
  char suggestion[SCRIPT_SUGGESTION_MAX]; /* what was probably meant; "" where unknown */
} script_result_t;

typedef struct script {
  lua_State *L;
  memory_t memory;
  size_t used;                            /* bytes the state holds */
  size_t base;                            /* what it held when it was settled */
  size_t limit;                           /* `used` may not grow beyond */
  bool denied;                            /* an allocation was refused since the call started, */
  bool starved;                           /* the last one by the host, not by the limit */
  char suggestion[SCRIPT_SUGGESTION_MAX]; /* set beside an error by script_suggest */
  const struct load_hooks *hooks;         /* of tools; NULL: there are none */
  void *context; /* of the call under way: whatever the C functions of the language need (language.h) */
  struct requests *requests; /* what the state's requests show (request_value.c) */
  int pinned;                /* values at the bottom of the state's stack that stay there (script_pin) */
  unsigned calls;            /* how deep calls may nest now */
} script_t;

/* Make an empty state; NULL where memory is short. */
script_t *script_create(const memory_t *memory);
void script_destroy(script_t *script);

/* The script that owns a state. */
script_t *script_of(lua_State *L);

/*
 * Run body(L, argument) under limits, protected: whatever it raises ends up in *result, and the Lua stack is
 * as before. What script_call (script_call.h) left there is taken off; the body finds it at the bottom. Does
 * not nest. `chunk` is the chunk name whose position errors carry ("10-base.lua"), to tell the line; may be
 * NULL.
 */
void script_run(script_t *script, const script_limits_t *limits, const char *chunk,
                void (*body)(lua_State *L, void *argument), void *argument, script_result_t *result);

/* Keep what is on the state's stack now where it is, for as long as the state lives: calls find it by its
 * index. Outside of script_run. */
void script_pin(script_t *script);

/* Where the tables are pinned whose elements script_call (script_call.h) calls, and calls them with. */
enum { SCRIPT_FUNCTIONS = 1, SCRIPT_ARGUMENTS = 2 };

/* Take off what a call left on the stack. */
void script_take(script_t *script);

/* Take what the state holds now as the base of memory limits, having thrown away the garbage if `collect`. A
 * base that stays where it is also bounds what a policy can pile up in its globals from call to call. Outside
 * of script_run. */
void script_settle(script_t *script, bool collect);

/* Beside an error about to be raised: what was probably meant. printf-like. */
void script_suggest(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
