#include "policy.h"

#include <string.h>

void policy_settings_default(policy_settings_t *settings)
{
  memset(settings, 0, sizeof *settings);
  settings->mode = POLICY_MODE_ENFORCE;
  settings->on_error = POLICY_ALLOW;
  settings->default_verdict = POLICY_ALLOW;
  settings->instruction_limit = 1000000;
  settings->memory_limit_kib = 1024;
}
