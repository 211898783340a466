#include "test_report.h"

#include <stdio.h>

#include "coverage_report.h"

/* ---- TAP ---- */

/* A member of TAP's block of diagnostics: YAML, one line. */
static void test_report__tap_text(const char *name, const char *text)
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

static void test_report__tap_failure(const policy_report_t *failure)
{
  char message[1200];

  policy_report_message(failure, message, sizeof message);
  test_report__tap_text("message", message);
  if (failure->file != NULL)
    printf("  at: %s:%d\n", failure->file, (int)failure->line);
}

static void test_report__tap_result(size_t number, const policy_test_result_t *result)
{
  printf("%s %zu - %s: ", result->failure == NULL ? "ok" : "not ok", number, result->file);
  for (const char *c = result->name; *c; c++)
    putchar(*c == '\n' || *c == '#' ? ' ' : *c); /* `#` would begin a directive */
  putchar('\n');
  if (result->failure == NULL)
    return;
  printf("  ---\n");
  test_report__tap_failure(result->failure);
  test_report__tap_text("expected", result->expected);
  test_report__tap_text("actual", result->actual);
  test_report__tap_text("decided by", result->decided_by);
  test_report__tap_text("request", result->request);
  printf("  ...\n");
}

static void test_report__tap_report(size_t number, const policy_report_t *report)
{
  printf("not ok %zu - %s: the tests can be loaded\n  ---\n", number,
         report->file != NULL ? report->file : "the folder");
  test_report__tap_failure(report);
  printf("  ...\n");
}

static void test_report__tap_end(const test_report_t *report, const test_totals_t *totals,
                                 const coverage_t *coverage)
{
  printf("1..%zu\n", report->number);
  if (coverage != NULL)
    coverage_report_print(coverage, "# ");
  printf("# %zu passed, %zu failed\n", totals->passed, totals->failed);
}

/* ---- JSON ---- */

static void test_report__json_failure(json_writer_t *json, const policy_report_t *failure)
{
  json_truth(json, "passed", false);
  json_number(json, "line", failure->line);
  json_text(json, "message", failure->message);
  json_text(json, "subject", failure->subject);
  json_text(json, "correction", failure->correction);
  json_text(json, "advice", failure->advice);
}

static void test_report__json_result(json_writer_t *json, const policy_test_result_t *result)
{
  json_open(json, NULL, '{');
  json_text(json, "file", result->file);
  json_text(json, "name", result->name);
  if (result->failure == NULL) {
    json_truth(json, "passed", true);
  } else {
    test_report__json_failure(json, result->failure);
    json_text_or_none(json, "expected", result->expected);
    json_text_or_none(json, "actual", result->actual);
    json_text_or_none(json, "decided_by", result->decided_by);
    json_text_or_none(json, "request", result->request);
  }
  json_close(json, '}');
}

static void test_report__json_report(json_writer_t *json, const policy_report_t *failure)
{
  json_open(json, NULL, '{');
  json_text(json, "file", failure->file);
  json_none(json, "name");
  test_report__json_failure(json, failure);
  json_close(json, '}');
}

static void test_report__json_end(json_writer_t *json, const test_totals_t *totals,
                                  const coverage_t *coverage)
{
  json_close(json, ']');
  json_number(json, "passed", (int64_t)totals->passed);
  json_number(json, "failed", (int64_t)totals->failed);
  json_number(json, "policy_errors", (int64_t)totals->policy_errors);
  if (coverage != NULL)
    coverage_report_json(coverage, json);
  json_close(json, '}');
  json_end_line(json);
}

/* ---- either ---- */

void test_report_begin(test_report_t *report, bool as_json)
{
  *report = (test_report_t){.as_json = as_json, .json = {.stream = stdout}};
  if (!as_json)
    return;
  json_open(&report->json, NULL, '{');
  json_open(&report->json, "tests", '[');
}

void test_report_add_result(void *context, const policy_test_result_t *result)
{
  test_report_t *report = context;

  report->number++;
  if (report->as_json)
    test_report__json_result(&report->json, result);
  else
    test_report__tap_result(report->number, result);
}

void test_report_add_failure(void *context, const policy_report_t *failure)
{
  test_report_t *report = context;

  report->number++;
  if (report->as_json)
    test_report__json_report(&report->json, failure);
  else
    test_report__tap_report(report->number, failure);
}

void test_report_end(test_report_t *report, const test_totals_t *totals, const coverage_t *coverage)
{
  if (report->as_json)
    test_report__json_end(&report->json, totals, coverage);
  else
    test_report__tap_end(report, totals, coverage);
}
