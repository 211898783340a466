/*
 * rule_cover.h - how the conditions of two rules stand to each other. Pure; any thread.
 */
#ifndef SOCKWARDEN_RULE_COVER_H
#define SOCKWARDEN_RULE_COVER_H

#include "rule.h"

/* Whether everything that `inner` matches is matched by `outer` too. False where that is not certain. */
bool rule_covers(const rule_t *outer, const rule_t *inner);

/* Whether a number meets a condition; NULL is none and is always met. */
bool rule_cover_number_holds(const number_set_t *set, int32_t value);

#endif
