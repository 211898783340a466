#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "commands.h"
#include "log_files.h"
#include "log_record.h"
#include "options.h"

#ifdef _WIN32
#include "settings.h"
#include "utf8.h"
#endif

enum { FOLLOW_EVERY_MS = 500, TIME_CHARS = 40 };

typedef struct log_reading {
  log_filter_t filter;
  bool as_json;
} log_reading_t;

static void log__nap(void)
{
#ifdef _WIN32
  Sleep(FOLLOW_EVERY_MS);
#else
  nanosleep(&(struct timespec){.tv_nsec = FOLLOW_EVERY_MS * 1000 * 1000}, NULL);
#endif
}

/* A moment so long ago, as records write it. */
static void log__ago(double seconds, char text[TIME_CHARS])
{
  time_t then = time(NULL) - (time_t)seconds;
  struct tm *utc = gmtime(&then);

  if (utc == NULL || !strftime(text, TIME_CHARS, "%Y-%m-%dT%H:%M:%S", utc))
    text[0] = 0;
}

/* "2026-11-22", "2026-11-22T21:00", "2026-11-22 21:00:05", or how long ago: "90s", "15m", "2h", "3d".
 * `target` is a text of TIME_CHARS. */
static bool log__parse_since(const char *name, const char *value, void *target)
{
  static const char shape[] = "0000-00-00T00:00:00.000Z";
  static const struct {
    char letter;
    long seconds;
  } units[] = {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', 24 * 60 * 60}};
  char *since = target, *end;
  long count = strtol(value, &end, 10);

  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    if (end != value && count >= 0 && count < 1000000 && end[0] == units[i].letter && !end[1]) {
      log__ago((double)count * (double)units[i].seconds, since);
      return true;
    }
  size_t length = strlen(value);
  bool fits = length >= 10 && length < sizeof shape && length != 11;
  for (size_t i = 0; fits && i < length; i++)
    fits = shape[i] == '0'   ? value[i] >= '0' && value[i] <= '9'
           : shape[i] == 'T' ? value[i] == 'T' || value[i] == ' '
                             : value[i] == shape[i];
  if (!fits) {
    fprintf(stderr,
            "sockwarden log: --%s: '%s' is no time such as 2026-11-22, 2026-11-22T21:00 or 15m, 2h, 3d\n",
            name, value);
    return false;
  }
  strcpy(since, value);
  if (length > 10)
    since[10] = 'T';
  return true;
}

static bool log__parse_verdict(const char *name, const char *value, void *target)
{
  if (strcmp(value, "allow") == 0 || strcmp(value, "reject") == 0 || strcmp(value, "rewrite") == 0) {
    *(const char **)target = value;
    return true;
  }
  fprintf(stderr, "sockwarden log: --%s: '%s' is none of allow, reject, rewrite\n", name, value);
  return false;
}

static void log__hear_line(void *context, const char *file, const char *line, size_t length, bool whole)
{
  log_reading_t *reading = context;
  log_record_kind_t kind =
      whole ? log_record_look(line, length, &reading->filter, !reading->as_json) : LOG_RECORD_BROKEN;

  if (kind == LOG_RECORD_BROKEN) {
    fprintf(stderr, "sockwarden log: %s: a line is %s; it is left out\n", file,
            whole ? "no record" : "not whole");
  } else if (kind == LOG_RECORD_ASKED && reading->as_json) {
    fwrite(line, 1, length, stdout);
    putchar('\n');
  }
}

/* On Windows where the settings say; elsewhere it must be given. */
static const char *log__default_folder(void)
{
#ifdef _WIN32
  static char folder[SETTINGS_LOG_DIR_CHARS * 3];
  static policy_settings_t settings;
  settings_log_t log;
  policy_settings_default(&settings);
  settings_read(&settings, &log, NULL);
  return utf8_fill(log.dir, folder, sizeof folder) && folder[0] ? folder : NULL;
#else
  return NULL;
#endif
}

static int log__prune(log_files_t *files, uint32_t days)
{
  char moment[TIME_CHARS], day[9];
  size_t deleted;

  log__ago((double)days * 24 * 60 * 60, moment);
  snprintf(day, sizeof day, "%.4s%.2s%.2s", moment, moment + 5, moment + 8);
  size_t failed = log_files_prune(files, day, &deleted);
  printf("%u file%s deleted\n", (unsigned)deleted, deleted == 1 ? "" : "s");
  return failed ? EXIT_FAILED : EXIT_DONE;
}

static int log__read_all(log_files_t *files, log_reading_t *reading, bool follow)
{
  if (!reading->as_json)
    log_record_head();
  for (;;) {
    bool read = log_files_read(files, !follow, log__hear_line, reading);

    fflush(stdout);
    if (!follow)
      return read ? EXIT_DONE : EXIT_FAILED;
    if (ferror(stdout))
      return EXIT_FAILED; /* whoever read along has gone */
    log__nap();
    log_files_find(files); /* a folder that is away for a moment may come back */
  }
}

int command_log(int argc, char **argv)
{
  log_files_t files = {.folder = NULL};
  log_reading_t reading = {.as_json = false};
  char since[TIME_CHARS] = "";
  bool follow = false;
  uint32_t days = UINT32_MAX;
  const option_t options[] = {
      {"log-dir", OPTION_TEXT, &files.folder, "DIR", "read this folder; on Windows LogDir unless given",
       NULL},
      {"follow", OPTION_SWITCH, &follow, NULL, "go on with what is written from now on", NULL},
      {"since", OPTION_OTHER, since, "TIME", "from then on: 2026-11-22T21:00 (UTC), or 15m, 2h, 3d ago",
       log__parse_since},
      {"app", OPTION_TEXT, &reading.filter.app, "GLOB", "of programs with that name or path only", NULL},
      {"verdict", OPTION_OTHER, &reading.filter.verdict, "VERDICT", "allow, reject or rewrite only",
       log__parse_verdict},
      {"json", OPTION_SWITCH, &reading.as_json, NULL, "print the records as they are, one a line", NULL},
      {"prune", OPTION_NUMBER, &days, "DAYS", "delete files of days further back than that instead", NULL},
      {0}};
  int status =
      options_parse("log", "[--log-dir DIR] [--follow] [--since TIME] [...]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  if (files.folder == NULL)
    files.folder = log__default_folder();
  if (files.folder == NULL) {
    fprintf(stderr, "sockwarden log: which folder? Try: sockwarden log --log-dir logs\n");
    return EXIT_USAGE;
  }
  if (since[0]) {
    reading.filter.since = since;
    snprintf(files.since, sizeof files.since, "%.4s%.2s%.2s", since, since + 5, since + 8);
  }
  const char *trouble = log_files_find(&files);
  if (trouble != NULL) {
    fprintf(stderr, "sockwarden log: %s %s\n", files.folder, trouble);
    status = EXIT_FAILED;
  } else {
    status = days != UINT32_MAX ? log__prune(&files, days) : log__read_all(&files, &reading, follow);
  }
  log_files_free(&files);
  return status;
}
