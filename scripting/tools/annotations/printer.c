#include "printer.h"

#include <stdarg.h>
#include <stdio.h>

void printer_put(const printer_t *printer, const char *format, ...)
{
  char text[600];
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  printer->put(printer->context, text);
}
