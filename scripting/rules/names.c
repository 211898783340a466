#include "policy.h"

#include <stdio.h>
#include <string.h>
#include "text_cut.h"

static const char *const actions[] = {
    [POLICY_ALLOW] = "allow", [POLICY_REJECT] = "reject", [POLICY_REWRITE] = "rewrite"};
static const char *const modes[] = {
    [POLICY_MODE_ENFORCE] = "enforce", [POLICY_MODE_AUDIT] = "audit", [POLICY_MODE_OFF] = "off"};
static const char *const severities[] = {
    [POLICY_INFO] = "info", [POLICY_WARNING] = "warning", [POLICY_ERROR] = "error"};

enum { ACTIONS = sizeof actions / sizeof actions[0], MODES = sizeof modes / sizeof modes[0] };

const char *policy_action_name(policy_action_t action)
{
  return actions[action];
}

const char *policy_mode_name(policy_mode_t mode)
{
  return modes[mode];
}

const char *policy_severity_name(policy_severity_t severity)
{
  return severities[severity];
}

/* The index of a name, or -1. */
static int names__find(const char *const *names, int count, const char *name)
{
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return i;
  return -1;
}

bool policy_action_value(const char *name, policy_action_t *action)
{
  int found = names__find(actions, ACTIONS, name);

  if (found >= 0)
    *action = (policy_action_t)found;
  return found >= 0;
}

bool policy_mode_value(const char *name, policy_mode_t *mode)
{
  int found = names__find(modes, MODES, name);

  if (found >= 0)
    *mode = (policy_mode_t)found;
  return found >= 0;
}

void policy_report_message(const policy_report_t *report, char *text, size_t size)
{
  const char *correction = report->correction, *advice = report->advice;

  snprintf(text, size, "%s%s%s%s%s%s", report->message, correction != NULL ? " (did you mean " : "",
           correction != NULL ? correction : "", correction != NULL ? "?)" : "", advice != NULL ? "; " : "",
           advice != NULL ? advice : "");
  text_cut(text);
}

void policy_report_text(const policy_report_t *report, char *text, size_t size)
{
  char place[POLICY_FILE_MAX + 16] = "";

  if (report->file != NULL && report->line > 0)
    snprintf(place, sizeof place, "%s:%d: ", report->file, (int)report->line);
  else if (report->file != NULL)
    snprintf(place, sizeof place, "%s: ", report->file);
  snprintf(text, size, "%s%s: ", place, severities[report->severity]);
  text_cut(text);
  size_t used = strlen(text);
  policy_report_message(report, text + used, size - used);
}
