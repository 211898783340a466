#include "startup_lock.h"

#include "winsock.h"

static volatile LONG taken;

void startup_lock(void)
{
  /* Sleep(1) where giving way is not enough: the holder may have a lower priority than this thread. */
  for (unsigned attempt = 0; InterlockedCompareExchange(&taken, 1, 0) != 0; attempt++)
    Sleep(attempt < 16 ? 0 : 1);
}

void startup_unlock(void)
{
  InterlockedExchange(&taken, 0);
}
