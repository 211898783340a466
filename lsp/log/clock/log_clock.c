#include "log_clock.h"

DWORD log_clock_tick(void)
{
  return GetTickCount();
}

void log_clock_time(SYSTEMTIME *now)
{
  GetSystemTime(now);
}
