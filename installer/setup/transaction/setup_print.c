#include "setup_print.h"

#include <stdarg.h>
#include <stdio.h>

void setup_print(const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
}

void setup_print_failure(const char *format, ...)
{
  va_list arguments;

  fputs("sockwarden: ", stderr);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}

void setup_print_call(const call_failure_t *failure)
{
  char text[CALL_FAILURE_TEXT];

  call_failure_text(failure, text);
  setup_print_failure("%s", text);
}

bool setup_succeeded(const char *what, DWORD error)
{
  if (error)
    setup_print_call(&(call_failure_t){what, (int)error});
  return !error;
}
