/* In the place of installer/windows/fault_injection.c. SOCKWARDEN_TEST_KILL=n, _FAIL=n, _LIE=n name the nth
 * change (from 1) of a kind that SOCKWARDEN_TEST_ONLY=prefix limits them to; _FAIL_FROM=n fails all from
 * there on. SOCKWARDEN_TEST_COUNT=FILE receives how many there were; _CHANGES=1 leaves out the calls that
 * only read. */
#include "fault_injection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

static long fault_injection__number(const char *name)
{
  char text[32];
  DWORD length = GetEnvironmentVariableA(name, text, sizeof text);

  return length && length < sizeof text ? strtol(text, NULL, 10) : 0;
}

int fault_injection_step(const char *what)
{
  static long count;
  char only[64] = "", path[MAX_PATH];

  if (wcsstr(GetCommandLineW(), L"--loopback") != NULL) /* the child that verifies changes nothing */
    return FAULT_NONE;
  GetEnvironmentVariableA("SOCKWARDEN_TEST_ONLY", only, sizeof only);
  if (strncmp(what, only, strlen(only)) != 0)
    return FAULT_NONE;
  /* Between two changes the machine is the same at every read. */
  if (fault_injection__number("SOCKWARDEN_TEST_CHANGES") &&
      (strncmp(what, "WSCEnum", 7) == 0 || strncmp(what, "WSCGet", 6) == 0))
    return FAULT_NONE;
  count++;
  DWORD length = GetEnvironmentVariableA("SOCKWARDEN_TEST_COUNT", path, sizeof path);
  if (length && length < sizeof path) {
    FILE *file = fopen(path, "a");

    if (file != NULL) {
      fprintf(file, "%ld %s\n", count, what);
      fclose(file);
    }
  }
  if (count == fault_injection__number("SOCKWARDEN_TEST_KILL"))
    TerminateProcess(GetCurrentProcess(), 99);
  if (count == fault_injection__number("SOCKWARDEN_TEST_LIE"))
    return FAULT_PRETEND;
  long from = fault_injection__number("SOCKWARDEN_TEST_FAIL_FROM");
  if (count == fault_injection__number("SOCKWARDEN_TEST_FAIL") || (from && count >= from))
    return strncmp(what, "WSC", 3) == 0 ? WSANO_RECOVERY : ERROR_ACCESS_DENIED;
  return FAULT_NONE;
}

bool fault_injection_value(const char *name, long *value)
{
  char variable[64];

  snprintf(variable, sizeof variable, "SOCKWARDEN_TEST_%s", name);
  if (!GetEnvironmentVariableA(variable, NULL, 0))
    return false;
  *value = fault_injection__number(variable);
  return true;
}
