#include "given_host.h"

#include <stdio.h>
#include <string.h>

void given_host_init(given_host_t *given)
{
  memset(given, 0, sizeof *given);
  policy_settings_default(&given->settings);
  request_spec_init(&given->program);
}

static void given_host__read_settings(void *context, policy_settings_t *settings)
{
  *settings = ((given_host_t *)context)->settings;
}

static const char *given_host__name_in(const char *path)
{
  const char *name = path;

  for (; *path; path++)
    if (*path == '\\' || *path == '/')
      name = path + 1;
  return name;
}

/* Names are separated by commas where people write them, by newlines in the engine. */
static const char *given_host__service_names(given_host_t *given, const char *names)
{
  snprintf(given->service, sizeof given->service, "%s", names);
  for (char *c = given->service; (c = strchr(c, ',')) != NULL; c++)
    *c = '\n';
  return given->service;
}

static bool given_host__read_attribute(void *context, policy_attribute_t attribute,
                                       policy_attribute_value_t *value)
{
  given_host_t *given = context;
  const request_spec_t *app = &given->program;
  const char *path = app->path[0] || app->name == NULL ? app->path : app->name;

  switch (attribute) {
  case POLICY_ATTRIBUTE_NAME:
    value->text = app->name != NULL ? app->name : given_host__name_in(path);
    return true;
  case POLICY_ATTRIBUTE_PATH:
    value->text = path;
    return true;
  case POLICY_ATTRIBUTE_PID:
    value->number = app->pid;
    return true;
  case POLICY_ATTRIBUTE_COMMAND_LINE:
    value->text = app->command_line != NULL ? app->command_line : path;
    return true;
  case POLICY_ATTRIBUTE_USER:
    value->text = app->user;
    return true;
  case POLICY_ATTRIBUTE_SID:
    value->text = app->sid;
    return true;
  case POLICY_ATTRIBUTE_ELEVATED:
    value->flag = app->elevated;
    return true;
  case POLICY_ATTRIBUTE_SERVICE:
    value->flag = app->service != NULL;
    value->text = given_host__service_names(given, app->service != NULL ? app->service : "");
    return true;
  case POLICY_ATTRIBUTE_SESSION:
    value->number = app->session;
    return true;
  case POLICY_ATTRIBUTE_COUNT:
    break;
  }
  return false;
}

static void given_host__report(void *context, const policy_report_t *report)
{
  given_host_t *given = context;

  given->report(given->report_context, report);
}

policy_host_t given_host_policy_host(given_host_t *given)
{
  return (policy_host_t){.context = given,
                         .read_settings = given_host__read_settings,
                         .read_attribute = given_host__read_attribute,
                         .report = given_host__report};
}
