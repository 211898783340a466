#include "findings.h"

#include <stdlib.h>
#include <string.h>

static bool findings__make_room(findings_t *findings)
{
  if (findings->count < findings->room)
    return true;
  size_t room = findings->room ? findings->room * 2 : 16;
  finding_t *list = realloc(findings->list, room * sizeof *list);
  if (list == NULL)
    return false;
  findings->list = list;
  findings->room = room;
  return true;
}

/* A copy, or NULL where there is no text. False where memory is short. */
static bool findings__copy(const char *text, char **copy)
{
  *copy = text != NULL ? malloc(strlen(text) + 1) : NULL;
  if (*copy != NULL)
    strcpy(*copy, text);
  return *copy != NULL || text == NULL;
}

static void findings__free_one(finding_t *finding)
{
  free(finding->file);
  free(finding->message);
  free(finding->subject);
  free(finding->correction);
  free(finding->advice);
}

void findings_add(void *context, const policy_report_t *report)
{
  findings_t *findings = context;
  finding_t finding = {.severity = report->severity, .line = report->line, .number = findings->count};

  findings->warnings += report->severity == POLICY_WARNING;
  if (findings__copy(report->file, &finding.file) && findings__copy(report->message, &finding.message) &&
      findings__copy(report->subject, &finding.subject) &&
      findings__copy(report->correction, &finding.correction) &&
      findings__copy(report->advice, &finding.advice) && findings__make_room(findings)) {
    findings->list[findings->count++] = finding;
    return;
  }
  findings__free_one(&finding);
  findings->out_of_memory = true;
}

static int findings__by_place(const void *a, const void *b)
{
  const finding_t *left = a, *right = b;
  int order = strcmp(left->file != NULL ? left->file : "", right->file != NULL ? right->file : "");

  if (order != 0)
    return order;
  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return left->number < right->number ? -1 : 1;
}

void findings_sort(findings_t *findings)
{
  if (findings->count)
    qsort(findings->list, findings->count, sizeof *findings->list, findings__by_place);
}

void findings_free(findings_t *findings)
{
  for (size_t i = 0; i < findings->count; i++)
    findings__free_one(&findings->list[i]);
  free(findings->list);
}
