#include "check_findings.h"

#include <stdlib.h>
#include <string.h>

static bool check_findings__make_room(check_findings_t *findings)
{
  if (findings->count < findings->room)
    return true;
  size_t room = findings->room ? findings->room * 2 : 16;
  check_finding_t *list = realloc(findings->list, room * sizeof *list);
  if (list == NULL)
    return false;
  findings->list = list;
  findings->room = room;
  return true;
}

/* A copy, or NULL where there is no text. False where memory is short. */
static bool check_findings__copy(const char *text, char **copy)
{
  *copy = text != NULL ? malloc(strlen(text) + 1) : NULL;
  if (*copy != NULL)
    strcpy(*copy, text);
  return *copy != NULL || text == NULL;
}

static void check_findings__free_one(check_finding_t *finding)
{
  free(finding->file);
  free(finding->message);
  free(finding->subject);
  free(finding->correction);
  free(finding->advice);
}

void check_findings_add(void *context, const policy_report_t *report)
{
  check_findings_t *findings = context;
  check_finding_t finding = {.severity = report->severity, .line = report->line, .number = findings->count};

  findings->warnings += report->severity == POLICY_WARNING;
  if (check_findings__copy(report->file, &finding.file) &&
      check_findings__copy(report->message, &finding.message) &&
      check_findings__copy(report->subject, &finding.subject) &&
      check_findings__copy(report->correction, &finding.correction) &&
      check_findings__copy(report->advice, &finding.advice) && check_findings__make_room(findings)) {
    findings->list[findings->count++] = finding;
    return;
  }
  check_findings__free_one(&finding);
  findings->out_of_memory = true;
}

static int check_findings__by_place(const void *a, const void *b)
{
  const check_finding_t *left = a, *right = b;
  int order = strcmp(left->file != NULL ? left->file : "", right->file != NULL ? right->file : "");

  if (order != 0)
    return order;
  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return left->number < right->number ? -1 : 1;
}

void check_findings_sort(check_findings_t *findings)
{
  if (findings->count)
    qsort(findings->list, findings->count, sizeof *findings->list, check_findings__by_place);
}

void check_findings_free(check_findings_t *findings)
{
  for (size_t i = 0; i < findings->count; i++)
    check_findings__free_one(&findings->list[i]);
  free(findings->list);
}
