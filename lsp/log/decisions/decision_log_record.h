/*
 * decision_log_record.h - what a record of the decision log holds (docs/operations.md lists the fields).
 */
#ifndef SOCKWARDEN_LSP_DECISION_LOG_RECORD_H
#define SOCKWARDEN_LSP_DECISION_LOG_RECORD_H

#include "decision_log_text.h"
#include "policy.h"
#include "process_attributes.h"
#include "winsock.h"

/* A record's size, and that of what is the same in equal records. */
enum { LOG_RECORD_MAX = 4608, LOG_BODY_MAX = 4288 };

/* Write everything but the time and the counts: the members that make two decisions equal. `attributes` may
 * be NULL; the caller sees to it that the thread does not impersonate. The account's name appears only where
 * a policy had it looked up: that takes RPC. Returns the size. */
size_t decision_log_record_decision(process_attributes_t *attributes, const policy_request_t *request,
                                    const policy_verdict_t *verdict, char body[LOG_BODY_MAX]);
size_t decision_log_record_report(process_attributes_t *attributes, const policy_report_t *report,
                                  char body[LOG_BODY_MAX]);

/* What is written beside the body: times equal decisions were seen since the last record of them, records
 * left out since the last record of this process, and records that could not be written; 0 is not written.
 * `cost` -1: none. */
typedef struct log_counts {
  int64_t cost;
  uint32_t repeated, dropped, lost;
} log_counts_t;

/* The whole line. Returns its size. */
size_t decision_log_record_line(const SYSTEMTIME *now, const char *body, size_t body_size,
                                const log_counts_t *counts, char line[LOG_RECORD_MAX]);

#endif
