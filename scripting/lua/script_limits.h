/*
 * script_limits.h - what something that runs in a script may take, and how it went.
 */
#ifndef SOCKWARDEN_SCRIPT_LIMITS_H
#define SOCKWARDEN_SCRIPT_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "script.h"

#define SCRIPT_UNLIMITED_INSTRUCTIONS (INT64_MAX / 2)
enum { SCRIPT_UNLIMITED_CALLS = 0 };

typedef struct script_limits {
  int64_t instructions; /* at most SCRIPT_UNLIMITED_INSTRUCTIONS */
  size_t memory;        /* bytes on top of what the state held when it was settled */
  unsigned calls; /* how deep calls may nest in C: what they take of the host's stack. 0: as deep as Lua lets
                     them */
} script_limits_t;

/* A function called by gsub takes up to 2.5 KiB a level. A decision may need 32 KiB of stack in all, a load
 * 128: tests/unit/scripting/test_stack.c measures. */
enum { SCRIPT_CALLS_DECIDING = 8, SCRIPT_CALLS_LOADING = 40 };

typedef enum script_outcome {
  SCRIPT_OK,
  SCRIPT_BUDGET,  /* the instructions were used up */
  SCRIPT_MEMORY,  /* the memory was used up */
  SCRIPT_STARVED, /* the host has no memory: not the script's fault */
  SCRIPT_ERROR    /* the script's own error */
} script_outcome_t;

enum { SCRIPT_MESSAGE_MAX = 400 };

typedef struct script_result {
  script_outcome_t outcome;
  uint64_t cost;                    /* instructions spent */
  int32_t line;                     /* where the error arose; 0 where unknown */
  char message[SCRIPT_MESSAGE_MAX]; /* without the position; "" when SCRIPT_OK */
  script_hint_t hint;               /* of the error; means nothing when SCRIPT_OK */
} script_result_t;

#endif
