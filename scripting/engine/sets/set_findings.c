#include "set_findings.h"

#include <stdio.h>
#include <string.h>

#include "text_cut.h"

typedef struct finding {
  struct finding *next;
  policy_report_t report;
} finding_t;

void set_findings_open(set_findings_t *findings, arena_t *arena)
{
  findings->arena = arena;
  findings->end = &findings->first;
}

static const char *set_findings__keep(set_findings_t *findings, const char *text)
{
  const char *copy = arena_text(findings->arena, text, strlen(text));

  findings->starved |= copy == NULL;
  return copy;
}

/* NULL for NULL and "". */
static const char *set_findings__keep_optional(set_findings_t *findings, const char *text)
{
  return text != NULL && text[0] ? set_findings__keep(findings, text) : NULL;
}

void set_findings_add(set_findings_t *findings, const policy_report_t *report)
{
  finding_t *finding = arena_new(findings->arena, sizeof *finding);

  findings->errors += report->severity == POLICY_ERROR;
  if (finding == NULL) {
    findings->starved = true;
    return;
  }
  finding->report = *report;
  finding->report.message = set_findings__keep(findings, report->message);
  finding->report.advice = set_findings__keep_optional(findings, report->advice);
  finding->report.subject = set_findings__keep_optional(findings, report->subject);
  finding->report.correction = set_findings__keep_optional(findings, report->correction);
  if (findings->starved)
    return; /* of no use any more, and without its text no finding */
  *findings->end = finding;
  findings->end = &finding->next;
}

bool set_findings_contain(const set_findings_t *findings, const char *file, int32_t line, const char *message)
{
  for (const finding_t *finding = findings->first; finding != NULL; finding = finding->next)
    if (finding->report.file == file && finding->report.line == line &&
        strcmp(finding->report.message, message) == 0)
      return true;
  return false;
}

void set_findings_report(const set_findings_t *findings, const policy_host_t *host)
{
  if (host->report == NULL)
    return;
  for (const finding_t *finding = findings->first; finding != NULL; finding = finding->next)
    host->report(host->context, &finding->report);
}

void set_findings_first_error(const set_findings_t *findings, char *text, size_t size)
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
