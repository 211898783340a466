/*
 * rules_compare.h - the engine and the reference asked the same; they must agree on everything.
 */
#ifndef SOCKWARDEN_FUZZ_RULES_COMPARE_H
#define SOCKWARDEN_FUZZ_RULES_COMPARE_H

#include "bytes.h"
#include "policy.h"

/* What came up so far. */
typedef struct rules_tally {
  size_t sets, calls, decided[POLICY_REWRITE + 1], by_a_step, failed, steps, steps_matching;
} rules_tally_t;

/* Make a case of the bytes and compare; aborts, and prints the policies, where they differ. */
void rules_compare(bytes_t *bytes, rules_tally_t *tally);

#endif
