#include "fake_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct policy_engine {
  policy_host_t host;
};

fake_policy_t fake_policy;

void fake_policy_reset(void)
{
  memset(&fake_policy, 0, sizeof fake_policy);
}

void policy_settings_default(policy_settings_t *settings)
{
  memset(settings, 0, sizeof *settings);
  settings->instruction_limit = 1000000;
  settings->memory_limit_kib = 1024;
}

policy_engine_t *policy_engine_create(const policy_host_t *host)
{
  policy_engine_t *engine = fake_policy.no_engine ? NULL : calloc(1, sizeof *engine);

  if (engine != NULL) {
    engine->host = *host;
    fake_policy.created++;
  }
  return engine;
}

void policy_engine_destroy(policy_engine_t *engine)
{
  if (engine != NULL)
    fake_policy.destroyed++;
  free(engine);
}

const char *policy_constant_name(policy_constants_t words, int32_t value)
{
  return words == POLICY_CONSTANTS_ERROR && value == WSAEACCES ? "WSAEACCES"
         : words == POLICY_CONSTANTS_AF && value == AF_INET    ? "AF_INET"
                                                               : NULL;
}

void policy_decide(policy_engine_t *engine, const policy_request_t *request, policy_verdict_t *verdict)
{
  fake_policy.decisions++;
  fake_policy.request = *request;
  snprintf(fake_policy.provider, sizeof fake_policy.provider, "%s", request->provider);
  if (fake_policy.inside != NULL)
    fake_policy.inside(&engine->host);
  memset(verdict, 0, sizeof *verdict);
  verdict->action = fake_policy.action;
  verdict->decided = fake_policy.action;
  verdict->error = fake_policy.error;
  verdict->mode = fake_policy.mode;
  snprintf(verdict->reason, sizeof verdict->reason, "%s", fake_policy.reason);
  verdict->wanted = fake_policy.triple;
  verdict->triple = fake_policy.action == POLICY_REWRITE ? fake_policy.triple : request->effective;
  SetLastError(fake_policy.last_error);
}
