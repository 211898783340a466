#include "decision_log_write.h"

#include <stdbool.h>

static DWORD write__once(HANDLE file, const char *bytes, DWORD size)
{
  DWORD written = 0;

  if (!WriteFile(file, bytes, size, &written, NULL))
    return GetLastError();
  return written == size ? 0 : ERROR_DISK_FULL;
}

/* Wine 8 asks where the end is and writes there in two steps (ntdll/unix/file.c, NtWriteFile): writers
 * overwrite each other. On it, and only there, a range of the file that never holds bytes is locked
 * meanwhile. */
static bool write__on_wine(void)
{
  enum { UNKNOWN, NO, YES };
  static volatile LONG known = UNKNOWN;

  if (known == UNKNOWN) {
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    known = ntdll != NULL && GetProcAddress(ntdll, "wine_get_version") != NULL ? YES : NO;
  }
  return known == YES;
}

DWORD decision_log_write(HANDLE file, const char *bytes, DWORD size)
{
  OVERLAPPED range = {.Offset = 0, .OffsetHigh = 0x10000000};

  if (!write__on_wine() || !LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &range))
    return write__once(file, bytes, size);
  DWORD error = write__once(file, bytes, size);
  UnlockFileEx(file, 0, 1, 0, &range);
  return error;
}
