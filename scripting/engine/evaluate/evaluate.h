/*
 * evaluate.h - deciding by a policy set: its entries are evaluated in order until one decides.
 */
#ifndef SOCKWARDEN_EVALUATE_H
#define SOCKWARDEN_EVALUATE_H

#include "policy_set.h"
#include "script_limits.h"

/*
 * Decide; the verdict is filled in always. `slot` is a reader slot that the caller holds. `visit`, which may
 * be NULL, is called for each entry that is evaluated; of an unpruned set that includes those that cannot
 * concern this process. Any thread.
 */
void evaluate(policy_set_t *set, size_t slot, const policy_request_t *request, policy_verdict_t *verdict,
              void (*visit)(void *context, const policy_entry_t *entry), void *context);

/* Evaluate one function of a linted set alone, whatever stands before it; the verdict is what it alone makes
 * of the request. *failure is filled in where it failed (POLICY_ENTRY_FAILED). Reports nothing. One thread.
 */
policy_entry_outcome_t evaluate_alone(policy_set_t *set, size_t index, const policy_request_t *request,
                                      policy_verdict_t *verdict, script_result_t *failure);

#endif
