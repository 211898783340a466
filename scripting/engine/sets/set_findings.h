/*
 * set_findings.h - what was found while a policy set was built, to be reported once it is in force or
 * refused.
 */
#ifndef SOCKWARDEN_SET_FINDINGS_H
#define SOCKWARDEN_SET_FINDINGS_H

#include "memory.h"
#include "policy.h"

typedef struct set_findings {
  arena_t *arena;
  struct finding *first, **end;
  size_t errors;
  bool starved; /* memory was short: some are missing */
} set_findings_t;

/* In an arena that outlives them. */
void set_findings_open(set_findings_t *findings, arena_t *arena);

/* Add a copy of the report; its file is borrowed. */
void set_findings_add(set_findings_t *findings, const policy_report_t *report);

/* Whether a message was found for that line already. */
bool set_findings_contain(const set_findings_t *findings, const char *file, int32_t line,
                          const char *message);

/* Hand all of them to the host, in order. */
void set_findings_report(const set_findings_t *findings, const policy_host_t *host);

/* Write the first error as "10-base.lua:3: message", for the reason of verdicts; "" where there is none. */
void set_findings_first_error(const set_findings_t *findings, char *text, size_t size);

#endif
