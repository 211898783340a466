/*
 * trust_report.h - findings in words. Windows only. Pure; any thread.
 */
#ifndef SOCKWARDEN_TRUST_REPORT_H
#define SOCKWARDEN_TRUST_REPORT_H

#include "descriptor.h"

/* UTF-8, cut at a character where it is too long. */
typedef struct trust_report {
  char what[640];    /* "writable by non-administrators: Everyone (S-1-1-0) may add files" */
  char advice[2048]; /* what fixes it; "" where that is unknown */
} trust_report_t;

/* Fill in the report on the object at `path`. */
void trust_report_findings(trust_report_t *report, const trust_findings_t *findings, trust_object_t object,
                           const char *path);

/* Fill in a report without advice. printf-like. */
void trust_report_problem(trust_report_t *report, const char *format, ...)
    __attribute__((format(gnu_printf, 2, 3)));

#endif
