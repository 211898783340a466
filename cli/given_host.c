#include "given_host.h"

#include <stdio.h>
#include <string.h>

void given_host_init(given_host_t *given)
{
  memset(given, 0, sizeof *given);
  policy_settings_default(&given->settings);
  given->app = given->user = given->sid = "";
  given->session = 1;
}

static void read_settings(void *context, policy_settings_t *settings)
{
  *settings = ((given_host_t *)context)->settings;
}

static const char *name_in(const char *path)
{
  const char *name = path;
  for (; *path; path++)
    if (*path == '\\' || *path == '/')
      name = path + 1;
  return name;
}

static bool read_fact(void *context, policy_fact_t fact, policy_fact_value_t *value)
{
  const given_host_t *given = context;
  switch (fact) {
  case POLICY_FACT_NAME:
    value->text = name_in(given->app);
    return true;
  case POLICY_FACT_PATH:
    value->text = given->app;
    return true;
  case POLICY_FACT_PID:
    value->number = given->pid;
    return true;
  case POLICY_FACT_COMMAND_LINE:
    value->text = given->command_line ? given->command_line : given->app;
    return true;
  case POLICY_FACT_USER:
    value->text = given->user;
    return true;
  case POLICY_FACT_SID:
    value->text = given->sid;
    return true;
  case POLICY_FACT_ELEVATED:
    value->flag = given->elevated;
    return true;
  case POLICY_FACT_SERVICE:
    value->flag = given->service && strcmp(given->service, "false") != 0;
    value->text = value->flag && strcmp(given->service, "true") != 0 ? given->service : "";
    return true;
  case POLICY_FACT_SESSION:
    value->number = given->session;
    return true;
  case POLICY_FACT_COUNT:
    break;
  }
  return false;
}

static void report(void *context, const policy_report_t *report)
{
  given_host_t *given = context;
  const char *severity = report->severity == POLICY_ERROR     ? "error"
                         : report->severity == POLICY_WARNING ? "warning"
                                                              : "note";
  given->errors += report->severity == POLICY_ERROR;
  given->warnings += report->severity == POLICY_WARNING;
  if (report->file && report->line)
    fprintf(stderr, "%s:%d: ", report->file, (int)report->line);
  else if (report->file)
    fprintf(stderr, "%s: ", report->file);
  fprintf(stderr, "%s: %s", severity, report->message);
  if (report->suggestion)
    fprintf(stderr, "; did you mean: %s", report->suggestion);
  fputc('\n', stderr);
}

policy_host_t given_host_policy_host(given_host_t *given)
{
  return (policy_host_t){
      .context = given, .read_settings = read_settings, .read_fact = read_fact, .report = report};
}
