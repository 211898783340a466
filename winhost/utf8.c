#include "utf8.h"

#include <stdlib.h>

char *utf8_copy(const WCHAR *text)
{
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = size > 0 ? malloc((size_t)size) : NULL;

  if (copy != NULL)
    WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
  return copy;
}

bool utf8_fill(const WCHAR *text, char *buffer, size_t size)
{
  if (WideCharToMultiByte(CP_UTF8, 0, text, -1, buffer, (int)size, NULL, NULL) > 0)
    return true;
  buffer[0] = '\0';
  return false;
}
