/* The stack protector stops: this program, linked as everything shipped is, runs over the end of an array and
 * must end with STATUS_STACK_BUFFER_OVERRUN, not go on and not return into nowhere. Without an argument it
 * starts itself and judges. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

static volatile size_t length = 64;

__attribute__((noinline)) static int smash(const char *with)
{
  char array[16];
  volatile char *end = array;

  for (size_t i = 0; i < length; i++)
    end[i] = with[0];
  return array[3];
}

int main(int count, char **arguments)
{
  STARTUPINFOW startup = {.cb = sizeof startup};
  PROCESS_INFORMATION child;
  WCHAR self[MAX_PATH], command[] = L"smash now";
  DWORD status = 0;

  if (count > 1) {
    printf("smashed %d\n", smash(arguments[1]));
    return 0;
  }
  SetErrorMode(SEM_NOGPFAULTERRORBOX); /* no dialog; inherited */
  GetModuleFileNameW(NULL, self, MAX_PATH);
  if (!CreateProcessW(self, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
    return 2;
  WaitForSingleObject(child.hProcess, INFINITE);
  GetExitCodeProcess(child.hProcess, &status);
  if (status != (DWORD)STATUS_STACK_BUFFER_OVERRUN) {
    printf("not ok a smashed stack ends the program: it ended with 0x%08lx\n", status);
    return 1;
  }
  puts("ok a smashed stack ends the program with STATUS_STACK_BUFFER_OVERRUN");
  return 0;
}
