#include "policy_link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "critical_process.h"
#include "decision_log.h"
#include "impersonation.h"
#include "process_attributes.h"
#include "report.h"
#include "settings.h"

/* The engine and what its host functions need. */
typedef struct live {
  policy_engine_t *engine;
  process_attributes_t *facts;
} live_t;

/* One decision under way, in the thread's TLS slot. */
typedef struct visit {
  HANDLE impersonated;
  bool as_process;
} visit_t;

/* Threads that may be using `live`, counted on lines of their own so that cores do not fight over one. */
enum { COUNTERS = 16, CACHE_LINE = 64 };
typedef struct counter {
  volatile LONG inside;
  char line[CACHE_LINE - sizeof(LONG)];
} counter_t;

static live_t *volatile live;
static live_t *parked; /* detached while a thread was still inside: used again by the next start */
static volatile DWORD tls = TLS_OUT_OF_INDEXES;
static counter_t counters[COUNTERS];

/* Policies, settings and tokens are the process's business, not that of whom the thread serves just now
 * (WINSOCK.md 3). Done when the engine first asks for any, so a decision that does not pays nothing. */
static void policy_link__as_process(void)
{
  visit_t *visit = TlsGetValue(tls);

  if (visit == NULL || visit->as_process)
    return;
  visit->impersonated = impersonation_suspend();
  visit->as_process = true;
}

static void policy_link__report(void *context, const policy_report_t *report)
{
  live_t *self = context;

  policy_link__as_process();
  report_policy(self->facts, report);
}

static void policy_link__read_settings(void *context, policy_settings_t *settings)
{
  settings_log_t log;

  policy_link__as_process();
  bool news = settings_read_watched(HKEY_LOCAL_MACHINE, settings, &log);
  decision_log_configure(&log);
  if (news)
    settings_report(HKEY_LOCAL_MACHINE, policy_link__report, context);
}

static bool policy_link__read_fact(void *context, policy_attribute_t fact, policy_attribute_value_t *value)
{
  live_t *self = context;

  policy_link__as_process();
  return process_attributes_read(self->facts, fact, value);
}

static void policy_link__free(live_t *self)
{
  if (self == NULL)
    return;
  policy_engine_destroy(self->engine);
  process_attributes_free(self->facts);
  free(self);
}

static live_t *policy_link__create(void)
{
  live_t *self = calloc(1, sizeof *self);

  if (self == NULL)
    return NULL;
  policy_host_t host = {.context = self,
                        .read_settings = policy_link__read_settings,
                        .read_attribute = policy_link__read_fact,
                        .report = policy_link__report};
  self->facts = process_attributes_new();
  if (self->facts != NULL)
    self->engine = policy_engine_create(&host);
  if (self->engine == NULL) {
    policy_link__free(self);
    return NULL;
  }
  return self;
}

static live_t *policy_link__live(void)
{
  if (live != NULL)
    return live;

  live_t *made = policy_link__create();
  if (made == NULL)
    return live;
  live_t *first = InterlockedCompareExchangePointer((PVOID volatile *)&live, made, NULL);
  if (first == NULL)
    return made;
  policy_link__free(made);
  return first;
}

void policy_link_attach(void)
{
  if (tls == TLS_OUT_OF_INDEXES)
    tls = TlsAlloc();
  if (live == NULL)
    live = parked;
  parked = NULL;
}

policy_link_t policy_link_detach(void)
{
  policy_link_t link = {.live = NULL, .tls = TLS_OUT_OF_INDEXES};
  live_t *taken = InterlockedExchangePointer((PVOID volatile *)&live, NULL);
  bool busy = false;

  /* Whoever comes now finds no engine; whoever came before is counted. */
  for (int i = 0; i < COUNTERS; i++)
    busy = busy || InterlockedCompareExchange(&counters[i].inside, 0, 0) != 0;
  if (busy) {
    parked = taken;
    return link;
  }
  link.live = taken;
  link.tls = tls;
  tls = TLS_OUT_OF_INDEXES;
  return link;
}

void policy_link_destroy(policy_link_t *link)
{
  if (link->live != NULL)
    report_end();
  policy_link__free(link->live);
  if (link->tls != TLS_OUT_OF_INDEXES)
    TlsFree(link->tls);
}

static void policy_link__allow(const policy_request_t *request, policy_verdict_t *verdict)
{
  memset(verdict, 0, sizeof *verdict);
  verdict->triple = verdict->wanted = request->effective;
}

/* No engine, or no way to tell that a thread is inside it: OnError decides, as for any trouble of the engine.
 */
static void policy_link__trouble(const policy_request_t *request, policy_verdict_t *verdict)
{
  policy_settings_t settings;
  settings_log_t log;

  policy_link__allow(request, verdict);
  verdict->failed = true;
  snprintf(verdict->reason, sizeof verdict->reason, "there is no policy engine: out of memory");
  policy_settings_default(&settings);
  HANDLE client = impersonation_suspend(); /* there may be no TLS slot to remember it in */
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

static void policy_link__decide_inside(const policy_request_t *request, policy_verdict_t *verdict)
{
  visit_t visit = {0};
  DWORD index = tls;

  if (index != TLS_OUT_OF_INDEXES && TlsGetValue(index) != NULL) {
    policy_link__allow(request, verdict);
    return;
  }
  if (index == TLS_OUT_OF_INDEXES || !TlsSetValue(index, &visit)) {
    policy_link__trouble(request, verdict); /* untold: telling might come back here */
    return;
  }
  live_t *self = policy_link__live();
  if (self == NULL)
    policy_link__trouble(request, verdict);
  else
    policy_decide(self->engine, request, verdict);
  if (report_wants(verdict)) {
    policy_link__as_process();
    report_decision(self == NULL ? NULL : self->facts, request, verdict);
  }
  TlsSetValue(index, NULL);
  if (visit.impersonated != NULL)
    impersonation_resume(visit.impersonated);
}

void policy_link_decide(const policy_request_t *request, policy_verdict_t *verdict)
{
  volatile LONG *inside = &counters[(GetCurrentThreadId() >> 2) % COUNTERS].inside;

  if (critical_process()) {
    policy_link__allow(request, verdict);
    return;
  }
  InterlockedIncrement(inside);
  policy_link__decide_inside(request, verdict);
  InterlockedDecrement(inside);
}
