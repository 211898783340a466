#include "snapshot.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog_text.h"

/*
 * sockwarden-snapshot 1
 * catalog 0 6
 * # 1001 "MSAFD Tcpip [TCP/IP]" %SystemRoot%\system32\mswsock.dll
 * entry <the info's bytes in hex> <the path's bytes in hex, without what follows its end>
 * ...
 * end <FNV-1a of all that came before>
 */
static const char snapshot_head[] = "sockwarden-snapshot 1\n";

typedef struct buffer {
  char *text;
  size_t used, room;
  bool failed;
} buffer_t;

static void snapshot__add(buffer_t *buffer, const char *piece, size_t length)
{
  if (!buffer->failed && buffer->used + length + 1 > buffer->room) {
    size_t room = (buffer->used + length + 1) * 2;
    char *grown = realloc(buffer->text, room);

    buffer->failed = grown == NULL;
    if (grown != NULL) {
      buffer->text = grown;
      buffer->room = room;
    }
  }
  if (buffer->failed)
    return;
  memcpy(buffer->text + buffer->used, piece, length);
  buffer->used += length;
  buffer->text[buffer->used] = '\0';
}

static void snapshot__add_text(buffer_t *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void snapshot__add_text(buffer_t *buffer, const char *format, ...)
{
  char line[1200];
  va_list arguments;

  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  snapshot__add(buffer, line, length < (int)sizeof line ? (size_t)length : sizeof line - 1);
}

static void snapshot__add_hex(buffer_t *buffer, const void *bytes, size_t size)
{
  static const char digits[] = "0123456789abcdef";

  for (size_t i = 0; i < size; i++) {
    unsigned char byte = ((const unsigned char *)bytes)[i];
    char pair[2] = {digits[byte >> 4], digits[byte & 15]};

    snapshot__add(buffer, pair, 2);
  }
}

static uint32_t snapshot__sum(const char *text, size_t length)
{
  uint32_t sum = 2166136261u;

  for (size_t i = 0; i < length; i++)
    sum = (sum ^ (unsigned char)text[i]) * 16777619u;
  return sum;
}

/* A comment line, for people: what is in it may not end the line. */
static void snapshot__add_comment(buffer_t *buffer, const catalog_model_entry_t *entry)
{
  char name[CATALOG_TEXT_NAME], path[CATALOG_TEXT_PATH];

  catalog_text_name(&entry->info, name);
  catalog_text_path(entry, path);
  for (char *c = name; *c; c++)
    *c = *c == '\n' || *c == '\r' ? ' ' : *c;
  for (char *c = path; *c; c++)
    *c = *c == '\n' || *c == '\r' ? ' ' : *c;
  snapshot__add_text(buffer, "# %u \"%s\" %s\n", (unsigned)entry->info.id, name, path);
}

static void snapshot__add_entry(buffer_t *buffer, const catalog_model_entry_t *entry)
{
  size_t length = 0;

  while (length < CATALOG_PATH_CHARS && entry->path[length])
    length++;
  snapshot__add_text(buffer, "entry ");
  snapshot__add_hex(buffer, &entry->info, sizeof entry->info);
  snapshot__add_text(buffer, " ");
  snapshot__add_hex(buffer, entry->path, length * sizeof *entry->path);
  snapshot__add_text(buffer, "\n");
}

char *snapshot_write(const machine_catalogs_t *catalogs)
{
  buffer_t buffer = {0};

  snapshot__add_text(&buffer, "%s", snapshot_head);
  for (size_t view = 0; view < catalogs->views; view++) {
    const catalog_model_t *catalog = &catalogs->view[view];

    snapshot__add_text(&buffer, "catalog %u %u\n", (unsigned)view, (unsigned)catalog->count);
    for (size_t i = 0; i < catalog->count; i++) {
      snapshot__add_comment(&buffer, &catalog->entries[i]);
      snapshot__add_entry(&buffer, &catalog->entries[i]);
    }
  }
  if (!buffer.failed)
    snapshot__add_text(&buffer, "end %08x\n", (unsigned)snapshot__sum(buffer.text, buffer.used));
  if (buffer.failed) {
    free(buffer.text);
    return NULL;
  }
  return buffer.text;
}

static int snapshot__digit(char c)
{
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Hex digits into at most `size` bytes; returns where they end, or NULL. */
static const char *snapshot__read_bytes(const char *text, void *bytes, size_t size)
{
  size_t used = 0;

  for (; snapshot__digit(text[0]) >= 0; text += 2) {
    if (used == size || snapshot__digit(text[1]) < 0)
      return NULL;
    ((unsigned char *)bytes)[used++] =
        (unsigned char)(snapshot__digit(text[0]) << 4 | snapshot__digit(text[1]));
  }
  return text;
}

static bool snapshot__read_entry(const char *text, catalog_model_t *catalog)
{
  catalog_model_entry_t entry = {.dll_missing = false};
  const char *at = snapshot__read_bytes(text, &entry.info, sizeof entry.info);

  if (at == NULL || at != text + 2 * sizeof entry.info || *at != ' ')
    return false;
  at = snapshot__read_bytes(at + 1, entry.path, (CATALOG_PATH_CHARS - 1) * sizeof *entry.path);
  entry.info.name[CATALOG_NAME_CHARS - 1] = 0;
  return at != NULL && *at == '\n' && catalog_model_append(catalog, &entry);
}

static bool snapshot__read_body(const char *text, machine_catalogs_t *catalogs)
{
  unsigned view, count, sum, due = 0;
  const char *at = text + sizeof snapshot_head - 1;

  if (strncmp(text, snapshot_head, sizeof snapshot_head - 1) != 0)
    return false;
  for (const char *next; (next = strchr(at, '\n')) != NULL; at = next + 1) {
    if (*at == '#')
      continue;
    if (sscanf(at, "catalog %u %u", &view, &count) == 2) {
      if (due || view != catalogs->views || view >= VIEWS)
        return false;
      catalogs->views++;
      due = count;
    } else if (strncmp(at, "entry ", 6) == 0) {
      if (!due-- || !snapshot__read_entry(at + 6, &catalogs->view[catalogs->views - 1]))
        return false;
    } else {
      return sscanf(at, "end %8x", &sum) == 1 && sum == snapshot__sum(text, (size_t)(at - text)) && !due &&
             catalogs->views && !next[1];
    }
  }
  return false;
}

bool snapshot_read(const char *text, machine_catalogs_t *catalogs)
{
  *catalogs = (machine_catalogs_t){.views = 0};
  if (snapshot__read_body(text, catalogs))
    return true;
  machine_catalogs_free(catalogs);
  *catalogs = (machine_catalogs_t){.views = 0};
  return false;
}
