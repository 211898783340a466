#include "policy_host.h"

#include <stdlib.h>
#include "decision_log.h"
#include "decision_thread.h"
#include "report.h"
#include "settings_report.h"

static void policy_host__report(void *context, const policy_report_t *report)
{
  engine_t *engine = context;

  decision_thread_act_as_process();
  report_policy(engine->attributes, report);
}

static void policy_host__read_settings(void *context, policy_settings_t *settings)
{
  settings_log_t log;

  decision_thread_act_as_process();
  bool changed = settings_read_watched(HKEY_LOCAL_MACHINE, settings, &log);
  decision_log_configure(&log);
  if (changed)
    settings_report(HKEY_LOCAL_MACHINE, policy_host__report, context);
}

static bool policy_host__read_attribute(void *context, policy_attribute_t attribute,
                                        policy_attribute_value_t *value)
{
  engine_t *engine = context;

  decision_thread_act_as_process();
  return process_attributes_read(engine->attributes, attribute, value);
}

engine_t *policy_host_create_engine(void)
{
  engine_t *engine = calloc(1, sizeof *engine);

  if (engine == NULL)
    return NULL;
  policy_host_t host = {.context = engine,
                        .read_settings = policy_host__read_settings,
                        .read_attribute = policy_host__read_attribute,
                        .report = policy_host__report};
  engine->attributes = process_attributes_new();
  if (engine->attributes != NULL)
    engine->policies = policy_engine_create(&host);
  if (engine->policies == NULL) {
    policy_host_destroy_engine(engine);
    return NULL;
  }
  return engine;
}

void policy_host_destroy_engine(engine_t *engine)
{
  if (engine == NULL)
    return;
  policy_engine_destroy(engine->policies);
  process_attributes_free(engine->attributes);
  free(engine);
}
