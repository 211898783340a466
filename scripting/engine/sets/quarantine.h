/*
 * quarantine.h - functions that fail. After eight failures of one in a row, or eight functions of a file in
 * one decision (a file with many would take its budget many times over), the functions of that file are
 * quarantined: not run again until the policies are loaded anew. Any thread; taking no lock.
 */
#ifndef SOCKWARDEN_QUARANTINE_H
#define SOCKWARDEN_QUARANTINE_H

#include <stdatomic.h>

#include "entry.h"
#include "memory.h"

typedef struct function_record {
  atomic_uint failures; /* in a row */
  atomic_bool reported; /* its first failure was */
} function_record_t;

typedef struct quarantine {
  atomic_bool failed;           /* a function has: only now the rest means anything */
  atomic_bool *files;           /* is quarantined */
  function_record_t *functions; /* by their number in the Lua states */
} quarantine_t;

/* Of one decision; starts zeroed. */
typedef struct quarantine_count {
  uint32_t file;     /* the last whose function failed, */
  unsigned failures; /* and how many of its functions did */
} quarantine_count_t;

/* In an arena that outlives it. False where memory is short. */
bool quarantine_open(quarantine_t *quarantine, arena_t *arena, size_t files, size_t functions);

/* Whether any function has failed; where none has, the rest need not be looked at. */
static inline bool quarantine_is_needed(const quarantine_t *quarantine)
{
  return atomic_load_explicit(&quarantine->failed, memory_order_relaxed);
}

static inline bool quarantine_holds(const quarantine_t *quarantine, uint32_t file)
{
  return atomic_load_explicit(&quarantine->files[file], memory_order_relaxed);
}

/* A function did not fail. */
static inline void quarantine_note_success(quarantine_t *quarantine, uint32_t function)
{
  if (atomic_load_explicit(&quarantine->functions[function].failures, memory_order_relaxed))
    atomic_store(&quarantine->functions[function].failures, 0);
}

/* A function failed. True where its file is quarantined from now on. */
bool quarantine_note_failure(quarantine_t *quarantine, quarantine_count_t *count, const entry_t *function);

/* True once a function. */
bool quarantine_report_due(quarantine_t *quarantine, const entry_t *function);

/* Let a file's functions run again. */
void quarantine_lift(quarantine_t *quarantine, uint32_t file);

#endif
