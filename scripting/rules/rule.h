/*
 * rule.h - a compiled rule: its conditions as plain data, evaluated without Lua. Immutable once compiled; any
 * thread.
 */
#ifndef SOCKWARDEN_RULE_H
#define SOCKWARDEN_RULE_H

#include "attributes.h"
#include "policy.h"

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

struct verdict_value;

/* A condition that is NULL always holds. */
typedef struct rule {
  const number_set_t *af, *type, *protocol;
  const number_set_t *flags; /* each value: all its bits are set */
  const truth_set_t *shared;
  const text_set_t *provider; /* globs */
  const struct verdict_value *verdict;
  /* constant in a process: */
  const text_set_t *app;     /* globs, on the path where they have a separator */
  const text_set_t *user;    /* DOMAIN\name, name or SID */
  const text_set_t *service; /* names */
  const truth_set_t *elevated;
  const char *name; /* NULL where it has none */
} rule_t;

/* What a rule's conditions on a call are tested against. */
typedef struct rule_subject {
  policy_triple_t triple;
  uint32_t flags;
  bool shared;
  const char *provider;
} rule_subject_t;

typedef enum rule_match { RULE_HOLDS, RULE_DOES_NOT_HOLD, RULE_UNKNOWN } rule_match_t;

/* Whether the conditions on the call hold. */
bool rule_matches(const rule_t *rule, const rule_subject_t *subject);

/* Whether the conditions on the process hold, cheap ones first; RULE_UNKNOWN where it hangs on a fact that
 * cannot be had, and *unknown then says which. */
rule_match_t rule_matches_process(const rule_t *rule, const attributes_t *facts, const char **unknown);

/* Write the first condition that does not hold, and why, for people. `detail` is "" where all hold. */
void rule_explain(const rule_t *rule, const attributes_t *facts, const rule_subject_t *subject, char *detail,
                  size_t size);

#endif
