#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "coverage_report.h"
#include "evaluator.h"
#include "json.h"
#include "policy_test.h"
#include "request_options.h"

typedef struct session {
  evaluator_t *evaluator;
  coverage_t *coverage; /* NULL where nobody asked for it */
  bool as_json;
  json_writer_t json;
  size_t number; /* of the test last told */
  size_t broken;
} session_t;

static void test__decide(void *context, const request_spec_t *question, policy_verdict_t *verdict)
{
  session_t *session = context;

  if (session->coverage != NULL)
    coverage_begin(session->coverage);
  memset(verdict, 0, sizeof *verdict);
  evaluator_decide(session->evaluator, question, verdict, session->coverage != NULL ? coverage_visit : NULL,
                   session->coverage);
}

/* ---- TAP ---- */

/* A member of TAP's block of diagnostics: YAML, one line. */
static void test__tap_text(const char *name, const char *text)
{
  if (!text[0])
    return;
  printf("  %s: \"", name);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      putchar('\\');
    if (*text == '\n')
      printf("\\n");
    else
      putchar(*text);
  }
  printf("\"\n");
}

static void test__tap_result(size_t number, const policy_test_result_t *result)
{
  printf("%s %zu - %s: ", result->passed ? "ok" : "not ok", number, result->file);
  for (const char *c = result->name; *c; c++)
    putchar(*c == '\n' || *c == '#' ? ' ' : *c); /* `#` would begin a directive */
  putchar('\n');
  if (result->passed)
    return;
  printf("  ---\n");
  test__tap_text("message", result->message);
  printf("  at: %s:%d\n", result->file, (int)result->line);
  test__tap_text("expected", result->expected);
  test__tap_text("actual", result->actual);
  test__tap_text("decided by", result->decided_by);
  test__tap_text("asked", result->asked);
  printf("  ...\n");
}

static void test__tap_report(size_t number, const policy_report_t *report)
{
  printf("not ok %zu - %s: the tests can be loaded\n  ---\n", number,
         report->file != NULL ? report->file : "the folder");
  test__tap_text("message", report->message);
  if (report->file != NULL)
    printf("  at: %s:%d\n", report->file, (int)report->line);
  test__tap_text("did you mean", report->advice != NULL ? report->advice : "");
  printf("  ...\n");
}

/* ---- JSON ---- */

static const char *test__or_null(const char *text)
{
  return text != NULL && text[0] ? text : NULL;
}

static void test__json_result(json_writer_t *json, const policy_test_result_t *result)
{
  json_open(json, NULL, '{');
  json_text(json, "file", result->file);
  json_text(json, "name", result->name);
  json_truth(json, "passed", result->passed);
  if (!result->passed) {
    json_number(json, "line", result->line);
    json_text(json, "message", result->message);
    json_text(json, "expected", test__or_null(result->expected));
    json_text(json, "actual", test__or_null(result->actual));
    json_text(json, "decided_by", test__or_null(result->decided_by));
    json_text(json, "asked", test__or_null(result->asked));
  }
  json_close(json, '}');
}

/* ---- */

static void test__hear_result(void *context, const policy_test_result_t *result)
{
  session_t *session = context;

  session->number++;
  if (session->as_json)
    test__json_result(&session->json, result);
  else
    test__tap_result(session->number, result);
}

static void test__hear_report(void *context, const policy_report_t *report)
{
  session_t *session = context;

  session->number++;
  if (!session->as_json) {
    test__tap_report(session->number, report);
    return;
  }
  json_open(&session->json, NULL, '{');
  json_text(&session->json, "file", report->file);
  json_none(&session->json, "name");
  json_truth(&session->json, "passed", false);
  json_number(&session->json, "line", report->line);
  json_text(&session->json, "message", report->message);
  json_close(&session->json, '}');
}

/* Policies that no test asks for count too: load them once, whatever the tests do. */
static size_t test__load_policies(session_t *session)
{
  request_spec_t question;

  request_spec_init(&question);
  policy_engine_t *engine = evaluator_engine(session->evaluator, &question);
  return engine != NULL ? policy_engine_load(engine, NULL, NULL) : 1;
}

static int test__finish(session_t *session, const policy_test_counts_t *counts, size_t broken_policies,
                        uint32_t threshold)
{
  size_t failed = counts->failed + counts->broken;
  bool enough =
      session->coverage == NULL || (coverage_percent(coverage_entries(session->coverage)) >= threshold &&
                                    coverage_percent(coverage_lines(session->coverage)) >= threshold);

  if (session->as_json) {
    json_close(&session->json, ']');
    json_number(&session->json, "passed", (int64_t)(counts->tests - counts->failed));
    json_number(&session->json, "failed", (int64_t)failed);
    json_number(&session->json, "policy_errors", (int64_t)broken_policies);
    if (session->coverage != NULL)
      coverage_report_json(session->coverage, &session->json);
    json_close(&session->json, '}');
    putchar('\n');
  } else {
    printf("1..%zu\n", session->number);
    if (session->coverage != NULL)
      coverage_report_print(session->coverage, "# ");
    printf("# %zu passed, %zu failed\n", counts->tests - counts->failed, failed);
  }
  if (!enough)
    fprintf(stderr, "sockwarden test: coverage is below the threshold of %u%%\n", (unsigned)threshold);
  return failed || broken_policies || !enough ? EXIT_FAILED : EXIT_DONE;
}

int command_test(int argc, char **argv)
{
  session_t session = {0};
  policy_settings_t settings;
  const char *folder;
  bool with_coverage = false;
  uint32_t threshold = UINT32_MAX;
  option_t options[REQUEST_OPTIONS_MAX] = {
      {"coverage", OPTION_SWITCH, &with_coverage, NULL,
       "report which rules, functions and lines the tests reach", NULL},
      {"threshold", OPTION_NUMBER, &threshold, "PERCENT",
       "report coverage too; fail below PERCENT of entries or of lines", NULL},
      {"json", OPTION_SWITCH, &session.as_json, NULL, "print one JSON object instead of TAP", NULL},
  };

  policy_settings_default(&settings);
  request_options_settings(options + 3, &settings);
  int status = options_parse("test", "[DIR] [--coverage] [--threshold PERCENT] [OPTIONS]", options, argc,
                             argv, &folder);
  if (status >= 0)
    return status;
  folder = folder != NULL ? folder : ".";
  if (threshold != UINT32_MAX && threshold > 100) {
    fprintf(stderr, "sockwarden test: --threshold is a percentage, from 0 to 100\n");
    return EXIT_USAGE;
  }
  if (!request_options_folder("policies", folder, settings.policy_dir))
    return EXIT_USAGE;
  if (with_coverage || threshold != UINT32_MAX)
    session.coverage = coverage_create();
  session.evaluator =
      evaluator_create(&settings, session.coverage != NULL ? coverage_watch(session.coverage) : NULL);
  session.json = (json_writer_t){.stream = stdout};
  if (session.as_json) {
    json_open(&session.json, NULL, '{');
    json_open(&session.json, "tests", '[');
  }
  const policy_tester_t tester = {&session, test__decide, test__hear_result, test__hear_report};
  policy_test_counts_t counts;
  size_t broken_policies = test__load_policies(&session);
  policy_test_run(folder, &settings, &tester, &counts);
  if (!counts.files && !counts.broken) {
    fprintf(stderr, "sockwarden test: there is no test in %s: no file whose name ends in _test.lua\n",
            folder);
    counts.broken = 1;
  }
  int result = test__finish(&session, &counts, broken_policies, threshold == UINT32_MAX ? 0 : threshold);
  evaluator_destroy(session.evaluator);
  coverage_destroy(session.coverage);
  return result;
}
