/*
 * current_set.h - the policy set in force: read by any thread, replaced by one at a time. What was replaced
 * is destroyed once no thread uses it any more.
 */
#ifndef SOCKWARDEN_CURRENT_SET_H
#define SOCKWARDEN_CURRENT_SET_H

#include "memory.h"
#include "policy_set.h"
#include "reader_slots.h"

typedef struct current_set {
  reader_slots_t readers;
  _Atomic(policy_set_t *) set; /* NULL until the first */
  memory_t memory;
  struct replaced *replaced; /* sets that were in force and may still be used */
} current_set_t;

/* On zeroed memory. */
void current_set_open(current_set_t *current, const memory_t *memory);

/* Destroy all sets. No thread may be using one. */
void current_set_close(current_set_t *current);

/* Put the first set in force; any thread. False where another thread was faster: the set is then destroyed.
 */
bool current_set_start(current_set_t *current, policy_set_t *set);

/* Put another set in force. One thread at a time, as for all that follows. False where memory is short: the
 * set is then destroyed and the old one stays. */
bool current_set_replace(current_set_t *current, policy_set_t *set);

/* Destroy what was replaced and is not used any more. */
void current_set_clean(current_set_t *current);

#endif
