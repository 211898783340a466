/*
 * rule.h - a compiled rule: its conditions as plain data, evaluated without Lua. Immutable once compiled; any
 * thread.
 */
#ifndef SOCKWARDEN_RULE_H
#define SOCKWARDEN_RULE_H

#include "condition_sets.h"
#include "policy.h"

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

/* Whether the conditions on the call hold. rule_process.h has those on the process. */
bool rule_matches(const rule_t *rule, const rule_subject_t *subject);

#endif
