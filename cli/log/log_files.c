#include "log_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "native_files.h"

/* No record is nearly as long (lsp/log/decisions/decision_log_record.h). */
enum { LINE_MAX_BYTES = 64 * 1024, PATH_BYTES = 4096 };

static const char prefix[] = "sockwarden-", suffix[] = ".jsonl";
enum { PREFIX = sizeof prefix - 1, DAY = 8, NAME = PREFIX + DAY + 1 + 3 + sizeof suffix - 1 };

static bool log_files__is_log(const char *name)
{
  if (strlen(name) != NAME || strncmp(name, prefix, PREFIX) != 0 ||
      strcmp(name + NAME - (sizeof suffix - 1), suffix) != 0 || name[PREFIX + DAY] != '-')
    return false;
  return strspn(name + PREFIX, "0123456789") == DAY && strspn(name + PREFIX + DAY + 1, "0123456789") == 3;
}

static bool log_files__add(void *context, const char *name)
{
  log_files_t *files = context;

  if (!log_files__is_log(name) || strncmp(name + PREFIX, files->since, strlen(files->since)) < 0)
    return true;
  for (size_t i = 0; i < files->count; i++)
    if (strcmp(files->files[i].name, name) == 0)
      return true;
  if (files->count == files->room) {
    size_t room = files->room ? files->room * 2 : 16;
    log_file_t *grown = realloc(files->files, room * sizeof *grown);

    if (grown == NULL)
      return false;
    files->files = grown;
    files->room = room;
  }
  log_file_t *file = &files->files[files->count++];
  memcpy(file->name, name, NAME + 1);
  file->read = 0;
  return true;
}

static int log_files__by_name(const void *a, const void *b)
{
  return strcmp(((const log_file_t *)a)->name, ((const log_file_t *)b)->name);
}

bool log_files_find(log_files_t *files)
{
  bool listed = native_files_list(files->folder, log_files__add, files);
  int error = errno;

  if (files->count)
    qsort(files->files, files->count, sizeof *files->files, log_files__by_name);
  errno = error;
  return listed;
}

static void log_files__path_of(const log_files_t *files, const log_file_t *file, char path[PATH_BYTES])
{
  snprintf(path, PATH_BYTES, "%.4000s/%s", files->folder, file->name);
}

/* One line into `text`, "\n" included; its length, 0 at the end. A line longer than any record comes in
 * pieces. */
static size_t log_files__read_line(FILE *stream, char text[LINE_MAX_BYTES])
{
  size_t length = 0;

  for (int c; length < LINE_MAX_BYTES && (c = getc(stream)) != EOF;) {
    text[length++] = (char)c;
    if (c == '\n')
      break;
  }
  return length;
}

static bool log_files__read_one(const log_files_t *files, log_file_t *file, bool last, log_line_fn *line,
                                void *context)
{
  static char text[LINE_MAX_BYTES];
  char path[PATH_BYTES];

  log_files__path_of(files, file, path);
  FILE *stream = native_files_open(path);
  if (stream == NULL) {
    fprintf(stderr, "sockwarden log: cannot read %s: %s\n", file->name, strerror(errno));
    return false;
  }
  if (fseek(stream, file->read, SEEK_SET) == 0)
    for (size_t length; (length = log_files__read_line(stream, text)) > 0; file->read += (long)length) {
      bool whole = text[length - 1] == '\n';

      if (!whole && !last && length < LINE_MAX_BYTES)
        break;
      line(context, file->name, text, length - whole, whole);
    }
  fclose(stream);
  return true;
}

bool log_files_read(log_files_t *files, bool last, log_line_fn *line, void *context)
{
  bool read = true;

  for (size_t i = 0; i < files->count; i++)
    read &= log_files__read_one(files, &files->files[i], last, line, context);
  return read;
}

size_t log_files_prune(const log_files_t *files, const char *day, size_t *deleted)
{
  size_t failed = 0;
  char path[PATH_BYTES];

  *deleted = 0;
  for (size_t i = 0; i < files->count; i++) {
    if (strncmp(files->files[i].name + PREFIX, day, DAY) >= 0)
      continue;
    log_files__path_of(files, &files->files[i], path);
    if (native_files_delete(path) == 0) {
      ++*deleted;
    } else {
      fprintf(stderr, "sockwarden log: cannot delete %s: %s\n", files->files[i].name, strerror(errno));
      failed++;
    }
  }
  return failed;
}

void log_files_free(log_files_t *files)
{
  free(files->files);
}
