/*
 * log_files.h - the files of a decision log, read as one: in order of day and number, and again and again
 * where they grow.
 */
#ifndef SOCKWARDEN_LOG_FILES_H
#define SOCKWARDEN_LOG_FILES_H

#include <stdbool.h>
#include <stddef.h>

enum { LOG_FILE_NAME_MAX = 40 };

typedef struct log_file {
  char name[LOG_FILE_NAME_MAX]; /* sockwarden-20261122-000.jsonl */
  long read;                    /* bytes handed out so far */
} log_file_t;

typedef struct log_files {
  const char *folder;
  char since[9]; /* "20261122": files of earlier days are left out; "" for all */
  log_file_t *files;
  size_t count, room;
} log_files_t;

/* Called for each line, without its end. `whole` is false for one that has no end. */
typedef void log_line_fn(void *context, const char *file, const char *line, size_t length, bool whole);

/* Find the files of the folder; again, to add those that are new. False, and errno, where it cannot be read.
 */
bool log_files_find(log_files_t *files);

/* Hand out what is new. What has no end yet is handed out only where `last`: it may still be written. False
 * where a file cannot be read: that is reported on stderr. */
bool log_files_read(log_files_t *files, bool last, log_line_fn *line, void *context);

/* Delete the files of days before that one ("20261122"). Returns how many could not be, each of which is
 * reported on stderr; *deleted receives how many were. */
size_t log_files_prune(const log_files_t *files, const char *day, size_t *deleted);

void log_files_free(log_files_t *files);

#endif
