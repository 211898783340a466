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

/* What is written beside the body: times equal decisions were seen since the last record of them, records
 * left out since the last record of this process, and records that could not be written; 0 is not written.
 * `cost` -1: none. */
typedef struct log_counts {
  int64_t cost;
  uint32_t repeated, dropped, lost;
} log_counts_t;

/* A record on its way to the file: all but the time. Equal bodies make equal decisions. */
typedef struct log_record {
  log_counts_t counts;
  size_t size; /* of the body; 0: no record */
  char body[LOG_BODY_MAX];
} log_record_t;

/* A record of a decision or of a report. `attributes` may be NULL; the caller sees to it that the thread does
 * not impersonate. The account's name appears only where a policy had it looked up: that takes RPC. */
void decision_log_record_decision(process_attributes_t *attributes, const policy_request_t *request,
                                  const policy_verdict_t *verdict, log_record_t *record);
void decision_log_record_report(process_attributes_t *attributes, const policy_report_t *report,
                                log_record_t *record);

/* The whole line. Returns its size. */
size_t decision_log_record_line(const SYSTEMTIME *now, const log_record_t *record, char line[LOG_RECORD_MAX]);

#endif
