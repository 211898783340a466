#include "decision_log_machine.h"

#include "decision_log_write.h"

DWORD decision_log_tick(void)
{
  return GetTickCount();
}

void decision_log_time(SYSTEMTIME *now)
{
  GetSystemTime(now);
}

DWORD decision_log_append(HANDLE file, const char *bytes, DWORD size)
{
  return decision_log_write(file, bytes, size);
}
