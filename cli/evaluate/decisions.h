/*
 * decisions.h - what a folder of policies decides for some programs: every call that the base catalog serves.
 */
#ifndef SOCKWARDEN_DECISIONS_H
#define SOCKWARDEN_DECISIONS_H

#include "policy_tools.h"

/* A step and whether it decided anything. */
typedef struct decided_step {
  char file[POLICY_FILE_MAX];
  char rule[POLICY_RULE_MAX];
  int32_t line;
  bool function;
  bool decided;
} decided_step_t;

typedef struct decisions {
  size_t programs;
  size_t calls;               /* of each program */
  policy_triple_t *triples;   /* of the calls */
  size_t *entries;            /* which entry of the base catalog each belongs to */
  policy_verdict_t *verdicts; /* programs times calls */
  decided_step_t *steps;
  size_t step_count, step_room;
  size_t errors; /* in the folder */
} decisions_t;

/* Decide for all programs under the settings. False where memory is short. decisions_free frees it in any
 * case. */
bool decisions_make(decisions_t *decisions, const policy_settings_t *settings, const request_spec_t *programs,
                    size_t program_count);
void decisions_free(decisions_t *decisions);

const policy_verdict_t *decisions_at(const decisions_t *decisions, size_t program, size_t call);

#endif
