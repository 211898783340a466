/* Windows' texts: as its manual says, for the texts of plain ASCII and damaged UTF-16 that come up here. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "types.h"

size_t wide_length(const WCHAR *text)
{
  size_t length = 0;
  while (text[length])
    length++;
  return length;
}

size_t wide_length_within(const WCHAR *text, size_t limit)
{
  size_t length = 0;
  while (length < limit && text[length])
    length++;
  return length;
}

WCHAR *wide_copy(WCHAR *to, const WCHAR *from)
{
  return memmove(to, from, (wide_length(from) + 1) * sizeof *from);
}

WCHAR *wide_append(WCHAR *to, const WCHAR *from)
{
  wide_copy(to + wide_length(to), from);
  return to;
}

WCHAR *wide_find(const WCHAR *text, WCHAR wanted)
{
  for (; *text != wanted; text++)
    if (!*text)
      return NULL;
  return (WCHAR *)(uintptr_t)text;
}

int wide_compare(const WCHAR *a, const WCHAR *b)
{
  while (*a && *a == *b)
    a++, b++;
  return *a - *b;
}

int MultiByteToWideChar(UINT page, DWORD flags, const char *text, int length, WCHAR *wide, int room)
{
  int needed = (int)(length < 0 ? strlen(text) + 1 : (size_t)length);
  (void)page, (void)flags;
  if (!room)
    return needed;
  if (needed > room)
    return 0;
  for (int i = 0; i < needed; i++)
    wide[i] = (unsigned char)text[i];
  return needed;
}

/* UTF-8; half a surrogate pair becomes U+FFFD. */
int WideCharToMultiByte(UINT page, DWORD flags, const WCHAR *wide, int length, char *text, int room,
                        const char *standby, BOOL *used)
{
  int needed = 0, count = length < 0 ? (int)wide_length(wide) + 1 : length;
  (void)page, (void)flags, (void)standby, (void)used;
  for (int i = 0; i < count; i++) {
    uint32_t c = wide[i];
    unsigned char piece[4];
    int size;
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < count && wide[i + 1] >= 0xdc00 && wide[i + 1] < 0xe000)
      c = 0x10000 + ((c - 0xd800) << 10) + (uint32_t)(wide[++i] - 0xdc00);
    else if (c >= 0xd800 && c < 0xe000)
      c = 0xfffd;
    size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int at = size - 1; at > 0; at--, c >>= 6)
      piece[at] = (unsigned char)(0x80 | (c & 0x3f));
    piece[0] = (unsigned char)(size == 1 ? c : (0xf00u >> size & 0xf0) | c);
    if (room && needed + size > room)
      return 0;
    if (room)
      memcpy(text + needed, piece, (size_t)size);
    needed += size;
  }
  return needed;
}

/* No variable is known here but %SystemRoot%. Returns what it takes, the end included. */
DWORD ExpandEnvironmentStringsW(const WCHAR *raw, WCHAR *expanded, DWORD room)
{
  static const WCHAR variable[] = L"%SystemRoot%", value[] = L"C:\\Windows";
  size_t skip = sizeof variable / sizeof *variable - 1, used = 0;
  while (*raw) {
    bool known = wide_length_within(raw, skip) == skip && memcmp(raw, variable, skip * sizeof *raw) == 0;
    const WCHAR *piece = known ? value : raw;
    size_t length = known ? wide_length(value) : 1;
    for (size_t i = 0; i < length; i++, used++)
      if (used + 1 < room)
        expanded[used] = piece[i];
    raw += known ? skip : 1;
  }
  if (room)
    expanded[used < room ? used : room - 1] = 0;
  return (DWORD)used + 1;
}

int CompareStringA(DWORD locale, DWORD flags, const char *a, int a_length, const char *b, int b_length)
{
  (void)locale, (void)flags, (void)a_length, (void)b_length; /* -1: both end with a zero */
  int order = strcasecmp(a, b);
  return order < 0 ? 1 : order > 0 ? 3 : CSTR_EQUAL;
}

static WCHAR small(WCHAR c)
{
  return c >= 'A' && c <= 'Z' ? (WCHAR)(c + 32) : c;
}

int CompareStringW(DWORD locale, DWORD flags, const WCHAR *a, int a_length, const WCHAR *b, int b_length)
{
  size_t one = a_length < 0 ? wide_length(a) : (size_t)a_length;
  size_t other = b_length < 0 ? wide_length(b) : (size_t)b_length;
  (void)locale, (void)flags;
  for (size_t i = 0; i < one && i < other; i++)
    if (small(a[i]) != small(b[i]))
      return small(a[i]) < small(b[i]) ? 1 : 3;
  return one == other ? CSTR_EQUAL : one < other ? 1 : 3;
}

UINT GetSystemWindowsDirectoryW(WCHAR *folder, UINT room)
{
  static const WCHAR windows[] = L"C:\\Windows";
  (void)room;
  memcpy(folder, windows, sizeof windows);
  return sizeof windows / sizeof *windows - 1;
}
