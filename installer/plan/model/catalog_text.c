#include "catalog_text.h"

#include <string.h>

/* The character at wide[*at]; *at goes to its last unit. */
static uint32_t catalog_text__character(const uint16_t *wide, size_t chars, size_t *at)
{
  uint32_t c = wide[*at];

  if (c >= 0xd800 && c < 0xdc00 && *at + 1 < chars && wide[*at + 1] >= 0xdc00 && wide[*at + 1] < 0xe000)
    return 0x10000 + ((c - 0xd800) << 10) + (uint32_t)(wide[++*at] - 0xdc00);
  return c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
}

/* Its UTF-8; returns how many bytes. */
static size_t catalog_text__encode(uint32_t c, char bytes[4])
{
  static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
  size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

  for (size_t i = length; i-- > 1; c >>= 6)
    bytes[i] = (char)(0x80 | (c & 0x3f));
  bytes[0] = (char)(leads[length] | c);
  return length;
}

void catalog_text_utf8(const uint16_t *wide, size_t chars, char *text, size_t size)
{
  size_t used = 0;

  for (size_t i = 0; i < chars && wide[i]; i++) {
    char bytes[4];
    size_t length = catalog_text__encode(catalog_text__character(wide, chars, &i), bytes);

    if (used + length >= size)
      break;
    memcpy(text + used, bytes, length);
    used += length;
  }
  if (size)
    text[used] = '\0';
}

void catalog_text_name(const catalog_model_info_t *info, char name[CATALOG_TEXT_NAME])
{
  catalog_text_utf8(info->name, CATALOG_NAME_CHARS, name, CATALOG_TEXT_NAME);
}

void catalog_text_path(const catalog_model_entry_t *entry, char path[CATALOG_TEXT_PATH])
{
  catalog_text_utf8(entry->path, CATALOG_PATH_CHARS, path, CATALOG_TEXT_PATH);
}

void catalog_text_set(uint16_t *wide, size_t chars, const char *text)
{
  memset(wide, 0, chars * sizeof *wide);
  for (size_t i = 0; i + 1 < chars && text[i]; i++)
    wide[i] = (unsigned char)text[i];
}
