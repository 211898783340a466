#include <stdint.h>

#include "policy.h"

size_t policy_utf8_length(const char *text)
{
  static const struct {
    unsigned char first, last, second_least, second_most;
    size_t length;
  } forms[] = {
      {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
      {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
      {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
  };
  const unsigned char *c = (const unsigned char *)text;

  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
    if (c[0] < forms[i].first || c[0] > forms[i].last)
      continue;
    if (forms[i].length > 1 && (c[1] < forms[i].second_least || c[1] > forms[i].second_most))
      return 0;
    for (size_t next = 2; next < forms[i].length; next++)
      if ((c[next] & 0xc0) != 0x80)
        return 0;
    return forms[i].length;
  }
  return 0;
}
