#include "settings_report.h"

/* What was wrong at the last reading, as a hash; 0 for nothing. */
static volatile LONG noticed;

typedef struct settings_reporting {
  void (*report)(void *context, const policy_report_t *report);
  void *context;
} settings_reporting_t;

static void settings_report__hash(void *context, const char *message)
{
  uint32_t *hash = context; /* FNV-1a */

  for (; *message != '\0'; message++)
    *hash = (*hash ^ (unsigned char)*message) * 0x01000193u;
  *hash |= 1;
}

static void settings_report__warn(void *context, const char *message)
{
  settings_reporting_t *reporting = context;
  policy_report_t report = {.severity = POLICY_WARNING,
                            .message = message,
                            .advice = "correct or delete the value (docs/operations.md lists the settings)"};

  reporting->report(reporting->context, &report);
}

bool settings_read_watched(HKEY root, policy_settings_t *settings, settings_log_t *log)
{
  uint32_t hash = 0;
  settings_warner_t hashing = {settings_report__hash, &hash};

  settings_read_below(root, settings, log, &hashing);
  return (uint32_t)InterlockedExchange(&noticed, (LONG)hash) != hash;
}

/* Reads once more: better than to keep texts that nearly nobody needs. */
void settings_report(HKEY root, void (*report)(void *context, const policy_report_t *report), void *context)
{
  settings_reporting_t reporting = {report, context};
  settings_warner_t reporting_each = {settings_report__warn, &reporting};
  policy_report_t valid = {.severity = POLICY_INFO, .message = "all settings are valid again"};
  policy_settings_t settings;
  settings_log_t log;

  settings_read_below(root, &settings, &log, &reporting_each);
  if (noticed == 0)
    report(context, &valid);
}
