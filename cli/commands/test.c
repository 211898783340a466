#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "coverage.h"
#include "evaluator.h"
#include "request_options.h"
#include "test_report.h"

typedef struct session {
  evaluator_t *evaluator;
  coverage_t *coverage; /* NULL where nobody wants it */
  test_report_t report;
} session_t;

/* ---- what the tests call ---- */

static void test__decide(void *context, const request_spec_t *spec, policy_verdict_t *verdict)
{
  session_t *session = context;

  if (session->coverage != NULL)
    coverage_begin(session->coverage);
  memset(verdict, 0, sizeof *verdict);
  evaluator_decide(session->evaluator, spec, verdict, session->coverage != NULL ? coverage_visit : NULL,
                   session->coverage);
}

static void test__add_result(void *context, const policy_test_result_t *result)
{
  test_report_add_result(&((session_t *)context)->report, result);
}

static void test__add_failure(void *context, const policy_report_t *failure)
{
  test_report_add_failure(&((session_t *)context)->report, failure);
}

/* ---- running them ---- */

/* False where memory is short. */
static bool test__open(session_t *session, const policy_settings_t *settings, bool with_coverage)
{
  const policy_watch_t *watch = NULL;

  if (with_coverage) {
    session->coverage = coverage_create();
    if (session->coverage == NULL)
      return false;
    watch = coverage_watch(session->coverage);
  }
  session->evaluator = evaluator_create(settings, watch);
  return session->evaluator != NULL;
}

static void test__close(session_t *session)
{
  evaluator_destroy(session->evaluator);
  coverage_destroy(session->coverage);
}

/* The errors in the policies. They count also where no test needs the policies: load them once, whatever the
 * tests do. */
static size_t test__load_policies(session_t *session)
{
  request_spec_t spec;

  request_spec_init(&spec);
  policy_engine_t *engine = evaluator_engine(session->evaluator, &spec);
  return engine != NULL ? policy_engine_load(engine, NULL, NULL) : 1;
}

static bool test__reaches(const coverage_t *coverage, uint32_t threshold)
{
  return coverage_percent(coverage_entries(coverage)) >= threshold &&
         coverage_percent(coverage_lines(coverage)) >= threshold;
}

static int test__run(session_t *session, const policy_settings_t *settings, bool as_json, uint32_t threshold)
{
  const policy_tester_t tester = {session, test__decide, test__add_result, test__add_failure};
  policy_test_counts_t counts;
  test_totals_t totals = {.policy_errors = test__load_policies(session)};

  test_report_begin(&session->report, as_json);
  policy_test_run(settings->policy_dir, settings, &tester, &counts);
  if (!counts.files && !counts.broken) {
    fprintf(stderr, "sockwarden test: no tests in %s: no file name ends in _test.lua\n",
            settings->policy_dir);
    counts.broken = 1;
  }
  totals.passed = counts.tests - counts.failed;
  totals.failed = counts.failed + counts.broken;
  test_report_end(&session->report, &totals, session->coverage);
  if (session->coverage != NULL && !test__reaches(session->coverage, threshold)) {
    fprintf(stderr, "sockwarden test: coverage is below the threshold of %u%%\n", (unsigned)threshold);
    return EXIT_FAILED;
  }
  return totals.failed || totals.policy_errors ? EXIT_FAILED : EXIT_DONE;
}

int command_test(int argc, char **argv)
{
  const uint32_t none = UINT32_MAX;
  session_t session = {.evaluator = NULL};
  policy_settings_t settings;
  const char *folder;
  bool as_json = false, with_coverage = false;
  uint32_t threshold = none;
  option_t options[REQUEST_OPTIONS_MAX] = {
      {"coverage", OPTION_SWITCH, &with_coverage, NULL,
       "report which rules, functions and lines the tests reach", NULL},
      {"threshold", OPTION_NUMBER, &threshold, "PERCENT",
       "report coverage too; fail below PERCENT of entries or of lines", NULL},
      {"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object instead of TAP", NULL},
  };

  policy_settings_default(&settings);
  request_options_settings(options + 3, &settings);
  int status = options_parse("test", "[DIR] [--coverage] [--threshold PERCENT] [OPTIONS]", options, argc,
                             argv, &folder);
  if (status >= 0)
    return status;
  if (threshold > 100 && threshold != none) {
    fprintf(stderr, "sockwarden test: --threshold must be a percentage from 0 to 100\n");
    return EXIT_USAGE;
  }
  if (!request_options_folder("policies", folder != NULL ? folder : ".", settings.policy_dir))
    return EXIT_USAGE;
  if (test__open(&session, &settings, with_coverage || threshold != none)) {
    status = test__run(&session, &settings, as_json, threshold != none ? threshold : 0);
  } else {
    fprintf(stderr, "sockwarden: out of memory\n");
    status = EXIT_FAILED;
  }
  test__close(&session);
  return status;
}
