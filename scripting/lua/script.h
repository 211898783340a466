/*
 * script.h - one Lua state of ours: what it holds is counted and bounded, and what tools and the language
 * need is found from it. script_call.h runs something in it. A script is used by one thread at a time.
 */
#ifndef SOCKWARDEN_SCRIPT_H
#define SOCKWARDEN_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"
#include "policy.h"

typedef struct lua_State lua_State;
typedef int (*lua_CFunction)(lua_State *L);

enum { SCRIPT_NAME_MAX = 96, SCRIPT_ADVICE_MAX = 160 };

/* What is known of an error beside its message, in the parts of a policy_report_t; "" where nothing is. */
typedef struct script_hint {
  char subject[SCRIPT_NAME_MAX];
  char correction[SCRIPT_NAME_MAX];
  char advice[SCRIPT_ADVICE_MAX];
} script_hint_t;

static inline void script_clear_hint(script_hint_t *hint)
{
  hint->subject[0] = hint->correction[0] = hint->advice[0] = 0;
}

typedef struct script {
  lua_State *L;
  memory_t memory;
  size_t used;                    /* bytes the state holds */
  size_t base;                    /* what it held when it was settled (script_call.h) */
  size_t limit;                   /* `used` may not grow beyond */
  bool denied;                    /* an allocation was refused since the call started, */
  bool starved;                   /* the last one by the host, not by the limit */
  script_hint_t hint;             /* of the error about to be raised (script_correct, script_advise) */
  void *context;                  /* of the call under way: what the builtins need (builtins.h) */
  const struct load_hooks *hooks; /* of tools; NULL: there are none */
  struct requests *requests;      /* what the state's requests show (request_value.c) */
  int pinned;                     /* values at the bottom of the state's stack that stay there (script_pin) */
  unsigned calls;                 /* how deep calls may nest now */
} script_t;

/* Make an empty state; NULL where memory is short. */
script_t *script_create(const memory_t *memory);
void script_destroy(script_t *script);

/* The script that owns a state. */
script_t *script_of(lua_State *L);

/* Keep what is on the state's stack now where it is, for as long as the state lives: calls find it by its
 * index. Outside of script_run. */
void script_pin(script_t *script);

/* Where script_call (script_call.h) finds the tables of what it calls and of what it calls that with. */
enum { SCRIPT_FUNCTIONS = 1, SCRIPT_ARGUMENTS = 2 };

/* Take off the stack what a call left above that. */
void script_take(script_t *script);

/*
 * Beside an error about to be raised: the word of the source that it is about, and what was probably meant in
 * its place, or what to do. NULL for what is not known. They replace what was said before.
 */
void script_correct(lua_State *L, const char *subject, const char *correction);
void script_advise(lua_State *L, const char *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Forget what was said so, no error being raised after all. */
void script_forget_hint(lua_State *L);

/* An error as a report to fill up with its file; the texts are those of *message and *hint. */
policy_report_t script_report(int32_t line, const char *message, const script_hint_t *hint);

#endif
