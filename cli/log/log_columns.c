#include "log_columns.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "triple_text.h"

static const char columns[] = "%-23s  %-13s %-18s %-28s %-34s %s";

void log_columns_print_heading(void)
{
  printf(columns, "TIME (UTC)", "VERDICT", "ERROR", "PROGRAM", "SOCKET", "DECIDED BY");
  putchar('\n');
}

/* ---- fields ---- */

static bool log_columns__has(const json_t *record, const char *key)
{
  return json_object_get(record, key) != NULL;
}

static const char *log_columns__text_of(const json_t *record, const char *key)
{
  const char *text = json_string_value(json_object_get(record, key));

  return text != NULL ? text : "";
}

static long long log_columns__number_of(const json_t *record, const char *key)
{
  return (long long)json_integer_value(json_object_get(record, key));
}

static policy_triple_t log_columns__triple_of(const json_t *record, const char *key)
{
  const json_t *triple = json_object_get(record, key);

  return (policy_triple_t){(int32_t)log_columns__number_of(triple, "af"),
                           (int32_t)log_columns__number_of(triple, "type"),
                           (int32_t)log_columns__number_of(triple, "protocol")};
}

/* ---- columns ---- */

typedef struct column {
  char text[8192];
  size_t used; /* more than fits where it is cut */
} column_t;

static void log_columns__put(column_t *column, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void log_columns__put(column_t *column, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  if (column->used < sizeof column->text)
    column->used +=
        (size_t)vsnprintf(column->text + column->used, sizeof column->text - column->used, format, arguments);
  va_end(arguments);
}

/* "10-raw.lua:3 no raw: why", and what was logged. */
static void log_columns__put_decider(column_t *by, const json_t *record)
{
  const char *file = log_columns__text_of(record, "file"), *rule = log_columns__text_of(record, "rule"),
             *reason = log_columns__text_of(record, "reason"), *log = log_columns__text_of(record, "log");

  if (file[0])
    log_columns__put(by, "%s:%lld%s%s", file, log_columns__number_of(record, "line"), rule[0] ? " " : "",
                     rule);
  if (reason[0])
    log_columns__put(by, "%s%s", by->used ? ": " : "", reason);
  if (log[0])
    log_columns__put(by, "%slog: %s", by->used ? "; " : "", log);
}

/* "10-raw.lua:3: what is wrong; suggestion: what to do". */
static void log_columns__put_report(column_t *by, const json_t *record)
{
  const char *file = log_columns__text_of(record, "file");

  if (file[0] && log_columns__has(record, "line"))
    log_columns__put(by, "%s:%lld: ", file, log_columns__number_of(record, "line"));
  else if (file[0])
    log_columns__put(by, "%s: ", file);
  log_columns__put(by, "%s", log_columns__text_of(record, "message"));
  if (log_columns__text_of(record, "suggestion")[0])
    log_columns__put(by, "; suggestion: %s", log_columns__text_of(record, "suggestion"));
}

static void log_columns__put_counts(column_t *by, const json_t *record)
{
  if (log_columns__has(record, "repeated"))
    log_columns__put(by, " (%lld more like it)", log_columns__number_of(record, "repeated"));
  if (log_columns__has(record, "dropped"))
    log_columns__put(by, " (before it %lld left out: too many in a minute)",
                     log_columns__number_of(record, "dropped"));
  if (log_columns__has(record, "lost"))
    log_columns__put(by, " (before it %lld could not be written)", log_columns__number_of(record, "lost"));
}

static void log_columns__put_socket(column_t *socket, const json_t *record)
{
  policy_triple_t from = log_columns__triple_of(record, "effective"),
                  to = log_columns__triple_of(record, "rewritten");
  char text[TRIPLE_TEXT_MAX];

  log_columns__put(socket, "%s", triple_text(&from, text));
  if (log_columns__has(record, "rewritten"))
    log_columns__put(socket, " -> %s", triple_text(&to, text));
}

/* In audit mode nothing but the log comes of a rejection or a rewrite. */
static bool log_columns__is_audited(const json_t *record)
{
  return strcmp(log_columns__text_of(record, "mode"), "audit") == 0 &&
         strcmp(log_columns__text_of(record, "verdict"), "allow") != 0;
}

/* Any program may append to a log: what it wrote must not steer a terminal. */
static void log_columns__print_plain(const char *text)
{
  for (; *text; text++)
    putchar((unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text);
  putchar('\n');
}

void log_columns_print(const json_t *record)
{
  bool is_report = strcmp(log_columns__text_of(record, "kind"), "policy") == 0;
  const char *error = log_columns__text_of(record, "error");
  char time[32], verdict[32];
  column_t program = {.used = 0}, socket = {.used = 0}, by = {.used = 0}, line = {.used = 0};

  snprintf(time, sizeof time, "%.23s", log_columns__text_of(record, "time"));
  if (strlen(time) > 10)
    time[10] = ' ';
  snprintf(verdict, sizeof verdict, "%s%.16s", log_columns__is_audited(record) ? "would " : "",
           log_columns__text_of(record, is_report ? "severity" : "verdict"));
  log_columns__put(&program, "%.120s (%lld)", log_columns__text_of(record, "app"),
                   log_columns__number_of(record, "pid"));
  if (is_report) {
    log_columns__put(&socket, "-");
    log_columns__put_report(&by, record);
  } else {
    log_columns__put_socket(&socket, record);
    log_columns__put_decider(&by, record);
  }
  log_columns__put_counts(&by, record);
  log_columns__put(&line, columns, time, verdict, error[0] ? error : "-", program.text, socket.text, by.text);
  log_columns__print_plain(line.text);
}
