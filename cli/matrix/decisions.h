/*
 * decisions.h - what a folder of policies decides for some programs: every call that the base catalog serves.
 */
#ifndef SOCKWARDEN_DECISIONS_H
#define SOCKWARDEN_DECISIONS_H

#include "policy_tools.h"

/* A rule or function, and whether it decided anything. */
typedef struct decided_entry {
  char file[POLICY_FILE_MAX];
  char rule[POLICY_RULE_MAX];
  int32_t line;
  bool function;
  bool decided;
} decided_entry_t;

typedef struct decisions {
  size_t programs;
  size_t calls;               /* of each program */
  policy_triple_t *triples;   /* of the calls */
  size_t *base_entries;       /* which entry of the base catalog serves each */
  policy_verdict_t *verdicts; /* programs times calls */
  decided_entry_t *entries;
  size_t entry_count, entry_room;
  size_t errors; /* in the folder */
} decisions_t;

/* Decide for all programs under the settings. False where memory is short. decisions_free frees it in any
 * case. */
bool decisions_make(decisions_t *decisions, const policy_settings_t *settings, const request_spec_t *programs,
                    size_t program_count);
void decisions_free(decisions_t *decisions);

const policy_verdict_t *decisions_at(const decisions_t *decisions, size_t program, size_t call);

#endif
