#include "decision_log_lock.h"

enum { GIVE_WAY = 32, WAIT_MS = 50 };

static volatile LONG taken;

bool decision_log_lock(void)
{
  for (int attempt = 0; attempt < GIVE_WAY + WAIT_MS; attempt++) {
    if (InterlockedCompareExchange(&taken, 1, 0) == 0)
      return true;
    Sleep(attempt < GIVE_WAY ? 0 : 1);
  }
  return false;
}

void decision_log_unlock(void)
{
  InterlockedExchange(&taken, 0);
}
