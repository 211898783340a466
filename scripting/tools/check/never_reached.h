/*
 * never_reached.h - entries that earlier rules leave nothing to. One thread at a time.
 */
#ifndef SOCKWARDEN_NEVER_REACHED_H
#define SOCKWARDEN_NEVER_REACHED_H

#include "analysis.h"

/* What is known of the entries so far. */
typedef struct never_reached never_reached_t;

/* For the entries of one set. NULL where memory is short. */
never_reached_t *never_reached_create(const policy_set_t *set);
void never_reached_destroy(never_reached_t *earlier);

/* Warn where an earlier rule decides, or rewrites, all that the entry under analysis would match. */
void never_reached_check(const never_reached_t *earlier, analysis_t *analysis);

/* The entry under analysis is now one of the earlier ones. */
void never_reached_add(never_reached_t *earlier, const analysis_t *analysis);

#endif
