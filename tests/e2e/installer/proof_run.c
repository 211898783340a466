#include "proof_run.h"

#include "start_child.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

char run_output[65536];

static const char *const variables[] = {"KILL",    "FAIL",  "FAIL_FROM", "LIE",     "ONLY",
                                        "CHANGES", "COUNT", "MACHINE",   "ELEVATED"};
static int failures, failed_cases;
static char what_failed[4096], last_command[160];
static DWORD last_code, last_error;

DWORD run(const char *program, const char *arguments)
{
  wchar_t wide[2048];
  char command[2048], folder[MAX_PATH], path[MAX_PATH + 32];
  SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  PROCESS_INFORMATION process;
  DWORD code = 0xffff, size = 0;

  GetTempPathA(sizeof folder, folder);
  snprintf(path, sizeof path, "%sproof-output.txt", folder);
  HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherit,
                            CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  startup.hStdOutput = startup.hStdError = file;
  startup.hStdInput = INVALID_HANDLE_VALUE;
  snprintf(command, sizeof command, "\"%s\" %s", program, arguments);
  run_output[0] = '\0';
  last_error = 0;
  swprintf(wide, sizeof wide / sizeof *wide, L"%hs", command);
  if (file != INVALID_HANDLE_VALUE && start_child(NULL, wide, 0, &startup, &process)) {
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
  } else {
    last_error = GetLastError();
  }
  snprintf(last_command, sizeof last_command, "%s", arguments);
  last_code = code;
  SetFilePointer(file, 0, NULL, FILE_BEGIN);
  ReadFile(file, run_output, sizeof run_output - 1, &size, NULL);
  run_output[size] = '\0';
  CloseHandle(file);
  return code;
}

BOOL said(const char *text)
{
  return strstr(run_output, text) != NULL;
}

static void set(const char *name, const char *value)
{
  char variable[64];

  snprintf(variable, sizeof variable, "SOCKWARDEN_TEST_%s", name);
  SetEnvironmentVariableA(variable, value);
}

void fault_set(const char *name, long value)
{
  char text[32];

  snprintf(text, sizeof text, "%ld", value);
  set(name, text);
}

void fault_only(const char *prefix)
{
  set("ONLY", prefix);
}

void fault_clear(void)
{
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
    set(variables[i], NULL);
}

void check(BOOL held, const char *what)
{
  if (held)
    return;
  size_t used = strlen(what_failed);
  if (failures++ < 5)
    snprintf(what_failed + used, sizeof what_failed - used,
             "    %s\n    (last run: %s; exit status %#lx, not started: %lu) it said: %.600s\n", what,
             last_command, (unsigned long)last_code, (unsigned long)last_error, run_output);
}

int case_end(const char *format, ...)
{
  va_list arguments;

  printf(failures ? "not ok installer." : "ok installer.");
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
  if (failures)
    printf("%s", what_failed);
  fflush(stdout);
  failed_cases += failures > 0;
  failures = 0;
  what_failed[0] = '\0';
  return failed_cases;
}
