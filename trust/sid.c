#include "sid.h"

#include <stdint.h>
#include <stdio.h>

size_t sid_text(PSID sid, char text[SID_TEXT_MAX])
{
  const BYTE *authority = GetSidIdentifierAuthority(sid)->Value;
  const int revision = ((const SID *)sid)->Revision;
  uint64_t number = 0;

  for (int i = 0; i < 6; i++)
    number = number << 8 | authority[i];
  int used = snprintf(text, SID_TEXT_MAX, "S-%d-", revision);
  used += number >> 32 ? snprintf(text + used, (size_t)(SID_TEXT_MAX - used), "0x%04x%08lx",
                                  (unsigned)(number >> 32), (unsigned long)(number & 0xffffffff))
                       : snprintf(text + used, (size_t)(SID_TEXT_MAX - used), "%lu", (unsigned long)number);
  for (UCHAR i = 0; i < *GetSidSubAuthorityCount(sid); i++)
    used += snprintf(text + used, (size_t)(SID_TEXT_MAX - used), "-%lu", *GetSidSubAuthority(sid, i));
  return (size_t)used;
}
