#define _POSIX_C_SOURCE 200809L
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>

/* Consoles before Windows 10 do not know the sequences and refuse the mode. */
static bool terminal__shows_colours(void)
{
  DWORD mode;
  HANDLE console = GetStdHandle(STD_OUTPUT_HANDLE);
  return GetConsoleMode(console, &mode) && SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}
#else
#include <unistd.h>

static bool terminal__shows_colours(void)
{
  const char *terminal = getenv("TERM");

  return isatty(STDOUT_FILENO) && !(terminal != NULL && strcmp(terminal, "dumb") == 0);
}
#endif

bool terminal_has_colours(void)
{
  const char *refused = getenv("NO_COLOR"); /* https://no-color.org */

  return !(refused != NULL && refused[0]) && terminal__shows_colours();
}
