#include "decision_thread.h"

#include "impersonation.h"

static volatile DWORD tls = TLS_OUT_OF_INDEXES;

void decision_thread_attach(void)
{
  if (tls == TLS_OUT_OF_INDEXES)
    tls = TlsAlloc();
}

DWORD decision_thread_detach(void)
{
  DWORD index = tls;

  tls = TLS_OUT_OF_INDEXES;
  return index;
}

decision_thread_state_t decision_thread_begin(decision_thread_t *thread)
{
  *thread = (decision_thread_t){.index = tls};
  if (thread->index == TLS_OUT_OF_INDEXES)
    return DECISION_THREAD_FAILED;
  if (TlsGetValue(thread->index) != NULL)
    return DECISION_THREAD_BUSY;
  return TlsSetValue(thread->index, thread) ? DECISION_THREAD_BEGUN : DECISION_THREAD_FAILED;
}

void decision_thread_end(decision_thread_t *thread)
{
  TlsSetValue(thread->index, NULL);
  if (thread->client != NULL)
    impersonation_resume(thread->client);
}

void decision_thread_act_as_process(void)
{
  decision_thread_t *thread = TlsGetValue(tls);

  if (thread == NULL || thread->as_process)
    return;
  thread->client = impersonation_suspend();
  thread->as_process = true;
}
