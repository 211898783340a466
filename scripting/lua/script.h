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

typedef struct lua_State lua_State;
typedef int (*lua_CFunction)(lua_State *L);

enum { SCRIPT_SUGGESTION_MAX = 160 };

typedef struct script {
  lua_State *L;
  memory_t memory;
  size_t used;                            /* bytes the state holds */
  size_t base;                            /* what it held when it was settled (script_call.h) */
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

/* Keep what is on the state's stack now where it is, for as long as the state lives: calls find it by its
 * index. Outside of script_run. */
void script_pin(script_t *script);

/* Where script_call (script_call.h) finds the tables of what it calls and of what it calls that with. */
enum { SCRIPT_FUNCTIONS = 1, SCRIPT_ARGUMENTS = 2 };

/* Take off the stack what a call left above that. */
void script_take(script_t *script);

/* Beside an error about to be raised: what was probably meant. printf-like. */
void script_suggest(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
