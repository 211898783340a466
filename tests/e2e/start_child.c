#include "start_child.h"

enum { TRIES = 5, PAUSE_MS = 100 };

BOOL start_child(const wchar_t *program, wchar_t *command, DWORD flags, STARTUPINFOW *startup,
                 PROCESS_INFORMATION *process)
{
  for (int tried = 1;; tried++) {
    if (CreateProcessW(program, command, NULL, NULL, TRUE, flags, NULL, NULL, startup, process))
      return TRUE;
    if (GetLastError() != ERROR_INTERNAL_ERROR || tried == TRIES)
      return FALSE;
    Sleep(PAUSE_MS);
  }
}
