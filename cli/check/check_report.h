/*
 * check_report.h - the result of a check: each finding with the line of the policy that it is about, and how
 * many there are.
 */
#ifndef SOCKWARDEN_CHECK_REPORT_H
#define SOCKWARDEN_CHECK_REPORT_H

#include "check_findings.h"

typedef struct check_totals {
  size_t policies, entries, errors, warnings;
} check_totals_t;

/* For people: findings on stderr, totals on stdout. The files are read from the folder. */
void check_report_print(const check_findings_t *findings, const char *folder, const check_totals_t *totals);

/* For programs: one object on stdout. */
void check_report_print_json(const check_findings_t *findings, const char *folder,
                             const check_totals_t *totals);

#endif
