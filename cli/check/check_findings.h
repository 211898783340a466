/*
 * check_findings.h - what a check of policies reports, kept until all of it can be put in order.
 */
#ifndef SOCKWARDEN_CHECK_FINDINGS_H
#define SOCKWARDEN_CHECK_FINDINGS_H

#include "policy.h"

/* A report with its own copies of the text. */
typedef struct check_finding {
  policy_severity_t severity;
  char *file; /* NULL where it is about the folder */
  int32_t line;
  char *message, *subject, *correction, *advice; /* all but the message may be NULL */
  size_t number;                                 /* of findings before it */
} check_finding_t;

/* All zero to begin with. */
typedef struct check_findings {
  check_finding_t *list;
  size_t count, room;
  size_t warnings;
  bool out_of_memory; /* there are more than in the list */
} check_findings_t;

/* Keep a report: a function for policy_host_t.report, whose context is the findings. */
void check_findings_add(void *findings, const policy_report_t *report);

/* By file and line, what is about the folder first; those of one line as they were reported. */
void check_findings_sort(check_findings_t *findings);

void check_findings_free(check_findings_t *findings);

#endif
