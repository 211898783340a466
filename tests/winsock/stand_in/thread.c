#include "thread.h"

#include <stdlib.h>

static DWORD slot = FLS_OUT_OF_INDEXES;

static void WINAPI thread_ends(void *data)
{
  thread_t *thread = data;

  if (thread == NULL)
    return;
  CloseHandle(thread->id.ThreadHandle);
  free(thread);
}

static BOOL CALLBACK allocate_slot(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  (void)once;
  (void)parameter;
  (void)context;
  slot = FlsAlloc(thread_ends);
  return slot != FLS_OUT_OF_INDEXES;
}

thread_t *thread_current(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

  if (!InitOnceExecuteOnce(&once, allocate_slot, NULL, NULL))
    return NULL;
  thread_t *thread = FlsGetValue(slot);
  if (thread != NULL)
    return thread;
  thread = calloc(1, sizeof *thread);
  if (thread == NULL)
    return NULL;
  if (!DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &thread->id.ThreadHandle,
                       0, FALSE, DUPLICATE_SAME_ACCESS)) {
    free(thread);
    return NULL;
  }
  FlsSetValue(slot, thread);
  return thread;
}
