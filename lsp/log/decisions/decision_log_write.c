#include "decision_log_write.h"

DWORD decision_log_write(HANDLE file, const char *bytes, DWORD size)
{
  DWORD written = 0;

  if (!WriteFile(file, bytes, size, &written, NULL))
    return GetLastError();
  return written == size ? 0 : ERROR_DISK_FULL;
}
