/*
 * reference.h - what the manual says a set of rules decides, worked out the plainest way from a case's data:
 * no Lua, no folding, nothing remembered. From docs/policy-language.md and scripting/policy.h alone; shares
 * no code with the engine.
 */
#ifndef SOCKWARDEN_FUZZ_REFERENCE_H
#define SOCKWARDEN_FUZZ_REFERENCE_H

#include "policy_tools.h"
#include "rules_case.h"

typedef struct expected_step {
  const case_file_t *file;
  const case_step_t *step;
  policy_entry_outcome_t outcome;
} expected_step_t;

/* What is known of a verdict's reason. */
typedef enum expected_reason {
  REASON_IS,      /* `reason`, cut to fit */
  REASON_FAILURE, /* "FILE:LINE: ..." of the step `failure`, and a word on the fact that is missing */
  REASON_DEFAULT  /* in the engine's words: that nothing decided */
} expected_reason_t;

typedef struct expected {
  policy_action_t action, decided;
  policy_triple_t triple;
  int32_t error;
  bool failed;
  const case_file_t *file; /* of the step that decided; NULL where none did */
  const case_step_t *step;
  expected_reason_t reason_kind;
  const char *reason;
  expected_step_t failure;
  uint64_t cost; /* where no function was walked: a step for each rule that can concern the program */
  bool functions;
  expected_step_t walked[CASE_FILES * CASE_STEPS];
  size_t walked_count;
} expected_t;

void reference_decide(const rules_case_t *given, const policy_request_t *request, expected_t *expected);

#endif
