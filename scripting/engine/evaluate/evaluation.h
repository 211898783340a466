/*
 * evaluation.h - one evaluation under way: what the entries of a set have made of the verdict so far.
 */
#ifndef SOCKWARDEN_EVALUATION_H
#define SOCKWARDEN_EVALUATION_H

#include "policy_set_parts.h"
#include "verdict.h"

typedef struct evaluation {
  policy_set_t *set;
  size_t slot;
  const policy_request_t *request;
  policy_verdict_t *verdict;
  rule_subject_t subject;      /* with the triple in force so far */
  const entry_t *entry;        /* under way */
  int32_t error_line;          /* of what made it fail; the entry's own where unknown */
  uint64_t cost;               /* of that entry */
  quarantine_count_t failures; /* of this decision */
  uint32_t spending_file;      /* the last whose function ran in this decision, */
  uint64_t spent;              /* and what its functions have cost */
  int request_number;          /* policy_call_t's, as long as the triple and the state stay */
  policy_entry_outcome_t outcome;
  script_result_t *failure; /* receives how a function failed; may be NULL */
  char detail[SCRIPT_MESSAGE_MAX + SCRIPT_ADVICE_MAX + 32];
} evaluation_t;

/* Start a verdict by a set. */
static inline void evaluation_start_verdict(policy_verdict_t *verdict, const policy_set_t *set,
                                            const policy_request_t *request)
{
  verdict_start(verdict, request);
  verdict->generation = set->generation;
  verdict->set_hash = set->hash;
  verdict->mode = set->settings.mode;
}

/* The verdict is started. */
static inline void evaluation_start(evaluation_t *evaluation, policy_set_t *set, size_t slot,
                                    const policy_request_t *request, policy_verdict_t *verdict)
{
  evaluation->set = set;
  evaluation->slot = slot;
  evaluation->request = request;
  evaluation->verdict = verdict;
  evaluation->failures = (quarantine_count_t){0};
  evaluation->spending_file = 0;
  evaluation->spent = 0;
  evaluation->request_number = 0;
  evaluation->failure = NULL;
  evaluation->subject = (rule_subject_t){request->effective, request->flags, request->shared,
                                         request->provider != NULL ? request->provider : ""};
}

/* Apply what the entry under way said. True where the evaluation ends. */
bool evaluation_apply(evaluation_t *evaluation, const verdict_value_t *value, const char *reason);

/* The entry under way failed, as evaluation->detail says. True where the evaluation ends. */
bool evaluation_fail(evaluation_t *evaluation, policy_entry_outcome_t outcome);

#endif
