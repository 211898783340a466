/*
 * condition_sets.h - the values of a condition, and whether one meets it. Inline, for it is on the path of
 * every decision. Pure; any thread.
 */
#ifndef SOCKWARDEN_CONDITION_SETS_H
#define SOCKWARDEN_CONDITION_SETS_H

#include <stdbool.h>
#include <stdint.h>

/* Any of these numbers, or none of them. */
typedef struct number_set {
  bool none_of;
  uint32_t count;
  int32_t values[];
} number_set_t;

/* Any of these texts, or none of them. What makes a text equal is the condition's business. */
typedef struct text_set {
  bool none_of;
  bool with_false, with_true; /* `service` lists may hold booleans too */
  uint32_t count;
  const char *values[];
} text_set_t;

typedef struct truth_set {
  bool none_of;
  bool with_false, with_true;
} truth_set_t;

static inline bool number_set_holds(const number_set_t *set, int32_t value)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (set->values[i] == value)
      return !set->none_of;
  return set->none_of;
}

/* Of each value, all bits are set. */
static inline bool number_set_holds_flags(const number_set_t *set, uint32_t flags)
{
  for (uint32_t i = 0; i < set->count; i++)
    if ((flags & (uint32_t)set->values[i]) == (uint32_t)set->values[i])
      return !set->none_of;
  return set->none_of;
}

static inline bool truth_set_holds(const truth_set_t *set, bool value)
{
  return (value ? set->with_true : set->with_false) != set->none_of;
}

/* The values are globs. */
bool text_set_holds_glob(const text_set_t *set, const char *text);

#endif
