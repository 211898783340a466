#include "decision.h"

#include <stdio.h>
#include <string.h>
#include "critical_process.h"
#include "decision_log.h"
#include "decision_thread.h"
#include "engine_lifetime.h"
#include "impersonation.h"
#include "policy_host.h"
#include "report.h"
#include "settings.h"

static void decision__allow(const policy_request_t *request, policy_verdict_t *verdict)
{
  memset(verdict, 0, sizeof *verdict);
  verdict->triple = verdict->wanted = request->effective;
}

/* No engine, or no way to know that a thread is inside it: OnError decides, as for any failure of the engine.
 */
static void decision__fail(const policy_request_t *request, policy_verdict_t *verdict)
{
  policy_settings_t settings;
  settings_log_t log;

  decision__allow(request, verdict);
  verdict->failed = true;
  snprintf(verdict->reason, sizeof verdict->reason, "out of memory: the policy engine could not be started");
  HANDLE client = impersonation_suspend(); /* there may be no TLS index to remember it in */
  settings_read(&settings, &log, NULL);
  if (client != NULL)
    impersonation_resume(client);
  decision_log_configure(&log);
  verdict->mode = settings.mode;
  if (settings.mode == POLICY_MODE_OFF || settings.on_error != POLICY_REJECT)
    return;
  verdict->decided = POLICY_REJECT;
  verdict->error = WSAEACCES;
  if (settings.mode == POLICY_MODE_ENFORCE)
    verdict->action = POLICY_REJECT;
}

static void decision__make_inside(const policy_request_t *request, policy_verdict_t *verdict)
{
  decision_thread_t thread;

  switch (decision_thread_begin(&thread)) {
  case DECISION_THREAD_BUSY:
    decision__allow(request, verdict);
    return;
  case DECISION_THREAD_FAILED:
    decision__fail(request, verdict); /* not logged: logging might come back here */
    return;
  case DECISION_THREAD_BEGUN:
    break;
  }
  engine_t *engine = engine_acquire();
  if (engine == NULL)
    decision__fail(request, verdict);
  else
    policy_decide(engine->policies, request, verdict);
  if (report_wants(verdict)) {
    decision_thread_act_as_process();
    report_decision(engine == NULL ? NULL : engine->attributes, request, verdict);
  }
  decision_thread_end(&thread);
}

void decision_make(const policy_request_t *request, policy_verdict_t *verdict)
{
  if (critical_process()) {
    decision__allow(request, verdict);
    return;
  }
  engine_use_t use = engine_enter();
  decision__make_inside(request, verdict);
  engine_leave(use);
}
