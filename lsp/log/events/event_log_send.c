#include "event_log_send.h"

static volatile HANDLE source;
static volatile LONG inside;

static bool event_log_send__in_service(void)
{
  return GetModuleHandleW(L"wevtsvc.dll") != NULL || GetModuleHandleW(L"rpcss.dll") != NULL ||
         GetModuleHandleW(L"rpcepmap.dll") != NULL;
}

static HANDLE event_log_send__source(void)
{
  if (source != NULL)
    return source;
  HANDLE made = RegisterEventSourceW(NULL, L"Sockwarden");
  if (made == NULL)
    return NULL;
  HANDLE first = InterlockedCompareExchangePointer((PVOID volatile *)&source, made, NULL);
  if (first == NULL)
    return made;
  DeregisterEventSource(made);
  return first;
}

bool event_log_send(WORD type, DWORD id, LPCWSTR *strings, WORD count)
{
  if (event_log_send__in_service())
    return true;
  InterlockedIncrement(&inside);
  HANDLE handle = event_log_send__source();
  bool written = handle != NULL && ReportEventW(handle, type, 0, id, NULL, count, 0, strings, NULL);
  InterlockedDecrement(&inside);
  return written;
}

void event_log_close(void)
{
  if (InterlockedCompareExchange(&inside, 0, 0) != 0)
    return;
  HANDLE old = InterlockedExchangePointer((PVOID volatile *)&source, NULL);
  if (old != NULL)
    DeregisterEventSource(old);
}
