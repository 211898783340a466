#include "catalog_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *catalog_view_name(const catalogs_t *catalogs, size_t view)
{
  return catalogs->views == 1 || view == VIEW_WOW ? "32-bit" : "64-bit";
}

bool catalog_insert(catalog_t *catalog, size_t at, const catalog_entry_t *entry)
{
  catalog_entry_t copy = *entry; /* which may lie in the array that moves */
  catalog_entry_t *grown = realloc(catalog->entries, (catalog->count + 1) * sizeof *grown);

  if (grown == NULL)
    return false;
  catalog->entries = grown;
  memmove(grown + at + 1, grown + at, (catalog->count - at) * sizeof *grown);
  grown[at] = copy;
  catalog->count++;
  return true;
}

bool catalog_append(catalog_t *catalog, const catalog_entry_t *entry)
{
  return catalog_insert(catalog, catalog->count, entry);
}

void catalog_remove(catalog_t *catalog, size_t at)
{
  catalog_entry_t *gone = catalog->entries + at;

  memmove(gone, gone + 1, (catalog->count - at - 1) * sizeof *gone);
  catalog->count--;
}

void catalog_free(catalog_t *catalog)
{
  free(catalog->entries);
  *catalog = (catalog_t){0};
}

bool catalogs_copy(const catalogs_t *from, catalogs_t *to)
{
  *to = (catalogs_t){.views = from->views};
  for (size_t view = 0; view < from->views; view++)
    for (size_t i = 0; i < from->view[view].count; i++)
      if (!catalog_append(&to->view[view], &from->view[view].entries[i])) {
        catalogs_free(to);
        return false;
      }
  return true;
}

void catalogs_free(catalogs_t *catalogs)
{
  for (size_t view = 0; view < VIEWS; view++)
    catalog_free(&catalogs->view[view]);
}

catalog_entry_t *catalog_find_id(const catalog_t *catalog, uint32_t id)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog->entries[i].info.id == id)
      return &catalog->entries[i];
  return NULL;
}

catalog_entry_t *catalog_find_nth(const catalog_t *catalog, const catalog_guid_t *guid, size_t nth)
{
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_guid_equal(&catalog->entries[i].info.guid, guid) && nth-- == 0)
      return &catalog->entries[i];
  return NULL;
}

catalog_entry_t *catalog_find_guid(const catalog_t *catalog, const catalog_guid_t *guid)
{
  return catalog_find_nth(catalog, guid, 0);
}

bool catalog_guid_equal(const catalog_guid_t *a, const catalog_guid_t *b)
{
  return memcmp(a, b, sizeof *a) == 0;
}

void catalog_guid_text(const catalog_guid_t *guid, char text[CATALOG_GUID_TEXT])
{
  const uint8_t *b = guid->bytes; /* the first three fields are little-endian numbers */

  snprintf(text, CATALOG_GUID_TEXT, "{%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x}",
           b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
           b[15]);
}

void catalog_text(const uint16_t *wide, size_t chars, char *text, size_t size)
{
  size_t used = 0;

  for (size_t i = 0; i < chars && wide[i]; i++) {
    uint32_t c = wide[i];
    char piece[4];
    size_t length;

    if (c >= 0xd800 && c < 0xdc00 && i + 1 < chars && wide[i + 1] >= 0xdc00 && wide[i + 1] < 0xe000)
      c = 0x10000 + ((c - 0xd800) << 10) + (uint32_t)(wide[++i] - 0xdc00);
    else if (c >= 0xd800 && c < 0xe000)
      c = 0xfffd;
    if (c < 0x80) {
      piece[0] = (char)c;
      length = 1;
    } else if (c < 0x800) {
      piece[0] = (char)(0xc0 | c >> 6);
      piece[1] = (char)(0x80 | (c & 0x3f));
      length = 2;
    } else if (c < 0x10000) {
      piece[0] = (char)(0xe0 | c >> 12);
      piece[1] = (char)(0x80 | (c >> 6 & 0x3f));
      piece[2] = (char)(0x80 | (c & 0x3f));
      length = 3;
    } else {
      piece[0] = (char)(0xf0 | c >> 18);
      piece[1] = (char)(0x80 | (c >> 12 & 0x3f));
      piece[2] = (char)(0x80 | (c >> 6 & 0x3f));
      piece[3] = (char)(0x80 | (c & 0x3f));
      length = 4;
    }
    if (used + length >= size)
      break;
    memcpy(text + used, piece, length);
    used += length;
  }
  if (size)
    text[used] = '\0';
}

void catalog_set_text(uint16_t *wide, size_t chars, const char *text)
{
  memset(wide, 0, chars * sizeof *wide);
  for (size_t i = 0; i + 1 < chars && text[i]; i++)
    wide[i] = (unsigned char)text[i];
}

bool catalog_is_ours(const catalog_entry_t *entry)
{
  static const char own_name[] = "sockwarden.dll";
  const uint16_t *name = entry->path;
  size_t i;

  for (const uint16_t *at = entry->path; at < entry->path + CATALOG_PATH_CHARS && *at; at++)
    if (*at == '\\' || *at == '/')
      name = at + 1;
  for (i = 0; own_name[i] && name + i < entry->path + CATALOG_PATH_CHARS; i++)
    if ((name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) != own_name[i])
      return false;
  return !own_name[i] && (name + i == entry->path + CATALOG_PATH_CHARS || !name[i]);
}
