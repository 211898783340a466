#include "findings.h"

#include <stdio.h>
#include <string.h>

#include "text_match.h"

typedef struct finding {
  struct finding *next;
  policy_report_t report;
} finding_t;

void findings_open(findings_t *findings, arena_t *arena)
{
  findings->arena = arena;
  findings->end = &findings->first;
}

static const char *findings__keep(findings_t *findings, const char *text)
{
  const char *copy = arena_text(findings->arena, text, strlen(text));

  findings->starved |= copy == NULL;
  return copy;
}

/* NULL for NULL and "". */
static const char *findings__keep_optional(findings_t *findings, const char *text)
{
  return text != NULL && text[0] ? findings__keep(findings, text) : NULL;
}

void findings_add(findings_t *findings, const policy_report_t *report)
{
  finding_t *finding = arena_new(findings->arena, sizeof *finding);

  findings->errors += report->severity == POLICY_ERROR;
  if (finding == NULL) {
    findings->starved = true;
    return;
  }
  finding->report = *report;
  finding->report.message = findings__keep(findings, report->message);
  finding->report.advice = findings__keep_optional(findings, report->advice);
  finding->report.subject = findings__keep_optional(findings, report->subject);
  finding->report.correction = findings__keep_optional(findings, report->correction);
  if (findings->starved)
    return; /* of no use any more, and without its text no finding */
  *findings->end = finding;
  findings->end = &finding->next;
}

bool findings_contain(const findings_t *findings, const char *file, int32_t line, const char *message)
{
  for (const finding_t *finding = findings->first; finding != NULL; finding = finding->next)
    if (finding->report.file == file && finding->report.line == line &&
        strcmp(finding->report.message, message) == 0)
      return true;
  return false;
}

void findings_report(const findings_t *findings, const policy_host_t *host)
{
  if (host->report == NULL)
    return;
  for (const finding_t *finding = findings->first; finding != NULL; finding = finding->next)
    host->report(host->context, &finding->report);
}

void findings_first_error(const findings_t *findings, char *text, size_t size)
{
  text[0] = 0;
  for (const finding_t *finding = findings->first; finding != NULL; finding = finding->next) {
    const policy_report_t *report = &finding->report;

    if (report->severity != POLICY_ERROR)
      continue;
    if (report->file != NULL)
      snprintf(text, size, "%s:%d: %s", report->file, (int)report->line, report->message);
    else
      snprintf(text, size, "%s", report->message);
    text_cut(text);
    return;
  }
}
