/*
 * analysis.h - one policy entry of a linted set under analysis, and the warnings about it.
 */
#ifndef SOCKWARDEN_ANALYSIS_H
#define SOCKWARDEN_ANALYSIS_H

#include "policy_set.h"
#include "verdict_value.h"

typedef struct analysis {
  policy_set_t *set;
  const policy_base_entry_t *base; /* what rewrites may lead to */
  size_t base_count;
  size_t index;         /* of the entry, in the set */
  policy_entry_t entry; /* the entry itself */
  const rule_t *rule;   /* its rule; NULL for a function */
  bool memory_short;    /* a warning was lost */
} analysis_t;

/* Warn of the entry: severity and file are filled in, and its own line where the report has none. */
void analysis_warn(analysis_t *analysis, const policy_report_t *warning);

#endif
