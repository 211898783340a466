#include "leftovers.h"

#include <stdio.h>
#include <stdlib.h>

/* Handles are multiples of four, given out from below. */
enum { HANDLE_LAST = 0x8000, HEAPS_MAX = 64 };

static FARPROC stand_in(const char *name)
{
  return GetProcAddress(GetModuleHandleA("ws2_32.dll"), name);
}

/* Asked one by one: Wine 8 counts none in NtQueryInformationProcess. */
static long count_handles(void)
{
  long count = 0;
  DWORD flags;

  for (ULONG_PTR value = 4; value < HANDLE_LAST; value += 4)
    count += GetHandleInformation((HANDLE)value, &flags) != 0;
  return count;
}

static long count_blocks(void)
{
  HANDLE heaps[HEAPS_MAX];
  long count = 0;
  DWORD heap_count = GetProcessHeaps(HEAPS_MAX, heaps);

  for (DWORD i = 0; i < heap_count && i < HEAPS_MAX; i++) {
    PROCESS_HEAP_ENTRY entry = {0};

    HeapLock(heaps[i]);
    while (HeapWalk(heaps[i], &entry))
      count += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
    HeapUnlock(heaps[i]);
  }
  return count;
}

holdings_t holdings_count(void)
{
  DWORD(WSAAPI * sockets)(void) = (DWORD(WSAAPI *)(void))(void (*)(void))stand_in("StandInHandleCount");

  return (holdings_t){count_handles(), sockets != NULL ? (long)sockets() : -1, count_blocks()};
}

bool holdings_left(const holdings_t *before, const char *what)
{
  holdings_t now = holdings_count();
  long handles = now.handles - before->handles, blocks = now.blocks - before->blocks;

  if ((holdings_foreign() || (now.sockets == 0 && handles <= 0)) && blocks <= 0)
    return false;
  printf("  %s: left over: %ld handles, %ld blocks of memory, %ld sockets known\n", what, handles, blocks,
         now.sockets);
  return true;
}

bool holdings_foreign(void)
{
  return getenv("SOCKWARDEN_WS2_32") != NULL;
}

DWORD holdings_owner(SOCKET socket)
{
  DWORD(WSAAPI * owner)(SOCKET) = (DWORD(WSAAPI *)(SOCKET))(void (*)(void))stand_in("StandInHandleOwner");
  WSAPROTOCOL_INFOW info;
  int size = sizeof info;

  if (!holdings_foreign())
    return owner != NULL ? owner(socket) : 0;
  return getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) == 0 ? info.dwCatalogEntryId
                                                                                      : 0;
}
