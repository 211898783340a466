/*
 * policy_test.h - running the tests of policies (`*_test.lua`): Lua in the policies' own sandbox and limits,
 * with words to ask for decisions and to say what is expected (docs/testing-policies.md). How a question is
 * decided is the caller's business.
 */
#ifndef SOCKWARDEN_POLICY_TEST_H
#define SOCKWARDEN_POLICY_TEST_H

#include "policy.h"
#include "request_spec.h"

enum { TEST_TEXT_MAX = 700 };

/* How a test went. Text is borrowed for the call. */
typedef struct policy_test_result {
  const char *file;
  const char *name;
  bool passed;
  int32_t line;                  /* where it failed; 0 where unknown */
  const char *message;           /* why */
  const char *expected, *actual; /* of a failed assertion; "" else */
  const char *decided_by;        /* "10-raw.lua:3 rule \"...\"", or "the default"; "" where there is none */
  const char *asked;             /* the question it was about */
} policy_test_result_t;

typedef struct policy_tester {
  void *context;
  /* Decide; the verdict is filled in. */
  void (*decide)(void *context, const request_spec_t *question, policy_verdict_t *verdict);
  /* Hear of each test, in order. */
  void (*result)(void *context, const policy_test_result_t *result);
  /* Hear of a test file that could not be loaded, or of trouble with the folder (file is then NULL). */
  void (*report)(void *context, const policy_report_t *report);
} policy_tester_t;

typedef struct policy_test_counts {
  size_t files, tests, failed, broken; /* broken: files that could not be loaded */
} policy_test_counts_t;

/* Run all tests of a folder under the limits in *settings, sixteen times those of a decision. */
void policy_test_run(const char *folder, const policy_settings_t *settings, const policy_tester_t *tester,
                     policy_test_counts_t *counts);

#endif
