#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "log_columns.h"
#include "log_files.h"
#include "log_record.h"
#include "log_time.h"
#include "options.h"
#include "policy.h"

#ifdef _WIN32
#include "settings.h"
#include "utf8.h"
#else
#include <time.h>
#endif

enum { FOLLOW_EVERY_MS = 500 };

typedef struct log_reading {
  log_filter_t filter;
  bool as_json;
} log_reading_t;

static void log__wait(void)
{
#ifdef _WIN32
  Sleep(FOLLOW_EVERY_MS);
#else
  nanosleep(&(struct timespec){.tv_nsec = FOLLOW_EVERY_MS * 1000 * 1000}, NULL);
#endif
}

/* `target` is a text of LOG_TIME_CHARS. */
static bool log__parse_since(const char *name, const char *value, void *target)
{
  if (log_time_parse(value, target))
    return true;
  fprintf(stderr,
          "sockwarden log: --%s: '%s' is not a time such as 2026-11-22, 2026-11-22T21:00, 15m, 2h or 3d\n",
          name, value);
  return false;
}

static bool log__parse_verdict(const char *name, const char *value, void *target)
{
  policy_action_t action;

  if (policy_action_value(value, &action)) {
    *(const char **)target = value;
    return true;
  }
  fprintf(stderr, "sockwarden log: --%s must be allow, reject or rewrite, not '%s'\n", name, value);
  return false;
}

static void log__take_line(void *context, const char *file, const char *line, size_t length, bool whole)
{
  log_reading_t *reading = context;
  json_t *record = whole ? log_record_parse(line, length) : NULL;

  if (record == NULL) {
    fprintf(stderr, "sockwarden log: %s: skipped a line that is %s\n", file,
            whole ? "not a record" : "incomplete");
  } else if (log_record_passes(record, &reading->filter)) {
    if (reading->as_json) {
      fwrite(line, 1, length, stdout);
      putchar('\n');
    } else {
      log_columns_print(record);
    }
  }
  json_decref(record);
}

/* On Windows the one in the settings; elsewhere it must be given. */
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
  char moment[LOG_TIME_CHARS], day[9];
  size_t deleted;

  log_time_ago((double)days * 24 * 60 * 60, moment);
  log_time_day(moment, day);
  size_t failed = log_files_prune(files, day, &deleted);
  printf("%u file%s deleted\n", (unsigned)deleted, deleted == 1 ? "" : "s");
  return failed ? EXIT_FAILED : EXIT_DONE;
}

static int log__read_all(log_files_t *files, log_reading_t *reading, bool follow)
{
  if (!reading->as_json)
    log_columns_print_heading();
  for (;;) {
    bool read = log_files_read(files, !follow, log__take_line, reading);

    fflush(stdout);
    if (!follow)
      return read ? EXIT_DONE : EXIT_FAILED;
    if (ferror(stdout))
      return EXIT_FAILED; /* whoever read along has gone */
    log__wait();
    log_files_find(files); /* a folder that is away for a moment may come back */
  }
}

int command_log(int argc, char **argv)
{
  log_files_t files = {.folder = NULL};
  log_reading_t reading = {.as_json = false};
  char since[LOG_TIME_CHARS] = "";
  bool follow = false;
  uint32_t days = UINT32_MAX;
  const option_t options[] = {
      {"log-dir", OPTION_TEXT, &files.folder, "DIR",
       "the folder to read; default on Windows: the setting LogDir", NULL},
      {"follow", OPTION_SWITCH, &follow, NULL, "keep printing new records", NULL},
      {"since", OPTION_OTHER, since, "TIME", "only from then on: 2026-11-22T21:00 (UTC), or 15m, 2h, 3d ago",
       log__parse_since},
      {"app", OPTION_TEXT, &reading.filter.app, "PATTERN", "only programs of that name or path, as in a rule",
       NULL},
      {"verdict", OPTION_OTHER, &reading.filter.verdict, "VERDICT", "only allow, reject or rewrite",
       log__parse_verdict},
      {"json", OPTION_SWITCH, &reading.as_json, NULL, "print the records as they are, one a line", NULL},
      {"prune", OPTION_NUMBER, &days, "DAYS", "delete the files older than DAYS days instead", NULL},
      {0}};
  int status = options_parse("log", "[--log-dir DIR] [OPTIONS]", options, argc, argv, NULL);

  if (status >= 0)
    return status;
  if (files.folder == NULL)
    files.folder = log__default_folder();
  if (files.folder == NULL) {
    fprintf(stderr, "sockwarden log: no folder given. Try: sockwarden log --log-dir logs\n");
    return EXIT_USAGE;
  }
  if (since[0]) {
    reading.filter.since = since;
    log_time_day(since, files.since);
  }
  if (!log_files_find(&files)) {
    fprintf(stderr, "sockwarden log: %s: %s\n", files.folder, strerror(errno));
    status = EXIT_FAILED;
  } else {
    status = days != UINT32_MAX ? log__prune(&files, days) : log__read_all(&files, &reading, follow);
  }
  log_files_free(&files);
  return status;
}
