#include "text_cut.h"

#include <stdbool.h>
#include <string.h>

void text_cut(char *text)
{
  size_t length = strlen(text), start = length;

  while (start && length - start < 3 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
    start--;
  if (!start)
    return;
  unsigned char first = (unsigned char)text[start - 1];
  size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (length - (start - 1) < wanted)
    text[start - 1] = 0;
}

void text_copy(char *target, size_t size, const char *text)
{
  size_t length = strlen(text);
  bool cut = length >= size;

  if (cut)
    length = size - 1;
  memcpy(target, text, length);
  target[length] = 0;
  if (cut)
    text_cut(target);
}
