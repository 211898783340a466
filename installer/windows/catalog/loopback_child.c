#include "loopback_child.h"

#include <stdio.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

#include "fault_injection.h"

/* Runs the command line with its output into `text`; false where it did not run to its end. */
static bool loopback_child__run(WCHAR *command, char *text, size_t size)
{
  SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  PROCESS_INFORMATION process;
  HANDLE from, to;
  DWORD got = 0;
  size_t used = 0;

  if (!CreatePipe(&from, &to, &inherit, 0))
    return false;
  SetHandleInformation(from, HANDLE_FLAG_INHERIT, 0);
  startup.hStdOutput = to;
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  startup.hStdInput = INVALID_HANDLE_VALUE;
  BOOL runs = FALSE;
  /* Everything is rolled back where it does not start: a moment's failure gets a second chance. */
  for (int tried = 0; !runs && tried < 2; tried++) {
    if (tried)
      Sleep(1000);
    runs = CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process);
  }
  CloseHandle(to);
  if (!runs) {
    CloseHandle(from);
    return false;
  }
  /* The text is small: the child never waits for us to read it. */
  bool ended = WaitForSingleObject(process.hProcess, 60000) == WAIT_OBJECT_0;
  if (!ended)
    TerminateProcess(process.hProcess, 1);
  while (used + 1 < size && ReadFile(from, text + used, (DWORD)(size - used - 1), &got, NULL) && got)
    used += got;
  text[used] = '\0';
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  CloseHandle(from);
  return ended;
}

/* The result that the child's output has for one kind of socket. */
static loopback_result_t loopback_child__parse(const char *text, int which)
{
  for (int result = LOOPBACK_THROUGH; result >= LOOPBACK_FAILED; result--) {
    char line[64];

    snprintf(line, sizeof line, "%s %s", loopback_name(which), loopback_word((loopback_result_t)result));
    if (strstr(text, line) != NULL)
      return (loopback_result_t)result;
  }
  return LOOPBACK_UNKNOWN;
}

bool loopback_child_run(loopback_result_t results[LOOPBACKS])
{
  WCHAR program[MAX_PATH * 2], command[MAX_PATH * 2 + 32];
  char text[1024];
  bool known = true;
  long assumed;

  for (int which = 0; which < LOOPBACKS; which++)
    results[which] = LOOPBACK_UNKNOWN;
  DWORD length = GetModuleFileNameW(NULL, program, MAX_PATH * 2);
  if (!length || length >= MAX_PATH * 2 || fault_injection_step("verifying child"))
    return false;
  if (fault_injection_value("ASSUME", &assumed)) {
    for (int which = 0; which < LOOPBACKS; which++)
      results[which] = (loopback_result_t)assumed;
    return true;
  }
  _snwprintf(command, MAX_PATH * 2 + 32, L"\"%ls\" verify --loopback", program);
  if (!loopback_child__run(command, text, sizeof text))
    return false;
  for (int which = 0; which < LOOPBACKS; which++) {
    results[which] = loopback_child__parse(text, which);
    known = known && results[which] != LOOPBACK_UNKNOWN;
  }
  return known;
}

bool loopback_child_kept(loopback_result_t before, loopback_result_t now, bool through)
{
  if (before <= LOOPBACK_FAILED)
    return true; /* it never worked: no IPv6 on this machine, say */
  return through ? now == LOOPBACK_THROUGH || now == LOOPBACK_REFUSED : now > LOOPBACK_FAILED;
}
