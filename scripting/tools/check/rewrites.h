/*
 * rewrites.h - rewrites that cannot work.
 */
#ifndef SOCKWARDEN_REWRITES_H
#define SOCKWARDEN_REWRITES_H

#include "analysis.h"

/* What was warned of already: once an entry is enough. */
typedef struct rewrites_warned {
  bool family, unserved;
} rewrites_warned_t;

/* Warn where the rule under analysis rewrites to what cannot work. */
void rewrites_check(analysis_t *analysis);

/* The same for the function under analysis, which made one triple of another. */
void rewrites_check_verdict(analysis_t *analysis, const policy_triple_t *from, const policy_triple_t *to,
                            rewrites_warned_t *warned);

#endif
