#include "engine_lifetime.h"

#include <stdbool.h>
#include "decision_thread.h"
#include "policy_host.h"
#include "report.h"

/* Threads that may be using the engine, counted on lines of their own so that cores do not fight over one. */
enum { COUNTERS = 16, CACHE_LINE = 64 };
typedef struct counter {
  volatile LONG inside;
  char line[CACHE_LINE - sizeof(LONG)];
} counter_t;

static counter_t counters[COUNTERS];
static engine_t *volatile current;
static engine_t *kept; /* detached while a thread was still inside: the next start's */

engine_use_t engine_enter(void)
{
  engine_use_t use = &counters[(GetCurrentThreadId() >> 2) % COUNTERS].inside;

  InterlockedIncrement(use);
  return use;
}

void engine_leave(engine_use_t use)
{
  InterlockedDecrement(use);
}

engine_t *engine_acquire(void)
{
  if (current != NULL)
    return current;

  engine_t *made = policy_host_create_engine();
  if (made == NULL)
    return current;
  engine_t *first = InterlockedCompareExchangePointer((PVOID volatile *)&current, made, NULL);
  if (first == NULL)
    return made;
  policy_host_destroy_engine(made);
  return first;
}

void engine_attach(void)
{
  decision_thread_attach();
  if (current == NULL)
    current = kept;
  kept = NULL;
}

void engine_detach(engine_rest_t *rest)
{
  engine_t *detached = InterlockedExchangePointer((PVOID volatile *)&current, NULL);
  bool busy = false;

  /* Whoever comes now finds no engine; whoever came before is counted. */
  for (int i = 0; i < COUNTERS; i++)
    busy = busy || InterlockedCompareExchange(&counters[i].inside, 0, 0) != 0;
  *rest = (engine_rest_t){.engine = NULL, .tls = TLS_OUT_OF_INDEXES};
  if (busy)
    kept = detached;
  else
    *rest = (engine_rest_t){.engine = detached, .tls = decision_thread_detach()};
}

void engine_free(engine_rest_t *rest)
{
  if (rest->engine != NULL)
    report_end();
  policy_host_destroy_engine(rest->engine);
  if (rest->tls != TLS_OUT_OF_INDEXES)
    TlsFree(rest->tls);
}
