/*
 * test_report.h - results of tests on stdout: TAP (https://testanything.org), or one JSON object.
 */
#ifndef SOCKWARDEN_TEST_REPORT_H
#define SOCKWARDEN_TEST_REPORT_H

#include "coverage.h"
#include "json.h"
#include "policy_tools.h"

typedef struct test_report {
  bool as_json;
  json_writer_t json;
  size_t number; /* of results so far */
} test_report_t;

void test_report_begin(test_report_t *report, bool as_json);

/* A test has run; a test file could not be loaded. Functions for policy_tester_t, whose context is the
 * report. */
void test_report_add_result(void *report, const policy_test_result_t *result);
void test_report_add_failure(void *report, const policy_report_t *failure);

typedef struct test_totals {
  size_t passed, failed;
  size_t policy_errors; /* in the policies that were tested */
} test_totals_t;

/* Totals, and coverage where it is not NULL. */
void test_report_end(test_report_t *report, const test_totals_t *totals, const coverage_t *coverage);

#endif
