#include "log_record.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "policy_tools.h"
#include "describe.h"

static const char columns[] = "%-23s  %-13s %-18s %-28s %-34s %s\n";

void log_record_head(void)
{
  printf(columns, "TIME (UTC)", "VERDICT", "ERROR", "PROGRAM", "SOCKET", "DECIDED BY");
}

static const char *log_record__text_of(const json_t *record, const char *key)
{
  const char *text = json_string_value(json_object_get(record, key));

  return text != NULL ? text : "";
}

static long long log_record__number_of(const json_t *record, const char *key)
{
  return (long long)json_integer_value(json_object_get(record, key));
}

static bool log_record__is_asked(const json_t *record, const log_filter_t *filter)
{
  if (filter->since != NULL && strcmp(log_record__text_of(record, "time"), filter->since) < 0)
    return false;
  if (filter->verdict != NULL && strcmp(log_record__text_of(record, "verdict"), filter->verdict) != 0)
    return false;
  return filter->app == NULL || policy_app_matches(filter->app, log_record__text_of(record, "app"),
                                                   log_record__text_of(record, "path"));
}

static policy_triple_t log_record__triple_of(const json_t *record, const char *key)
{
  const json_t *triple = json_object_get(record, key);

  return (policy_triple_t){(int32_t)log_record__number_of(triple, "af"),
                           (int32_t)log_record__number_of(triple, "type"),
                           (int32_t)log_record__number_of(triple, "protocol")};
}

/* What a program or a policy wrote must not steer a terminal. */
static void log_record__plain(char *text)
{
  for (; *text; text++)
    if ((unsigned char)*text < 0x20 || *text == 0x7f)
      *text = ' ';
}

/* "10-raw.lua:3 no raw: why" and what was logged, and the counts. */
static void log_record__describe(const json_t *record, char *text, size_t size)
{
  const char *file = log_record__text_of(record, "file"), *rule = log_record__text_of(record, "rule"),
             *why = log_record__text_of(record, "reason"), *logged = log_record__text_of(record, "log");
  size_t used = 0;

  text[0] = 0;
#define PUT(...)                                                                                             \
  do {                                                                                                       \
    if (used < size)                                                                                         \
      used += (size_t)snprintf(text + used, size - used, __VA_ARGS__);                                       \
  } while (0)
  if (strcmp(log_record__text_of(record, "kind"), "policy") == 0) {
    if (file[0] && json_object_get(record, "line") != NULL)
      PUT("%s:%lld: ", file, log_record__number_of(record, "line"));
    else if (file[0])
      PUT("%s: ", file);
    PUT("%s", log_record__text_of(record, "message"));
    if (log_record__text_of(record, "suggestion")[0])
      PUT(" = suggestion: %s", log_record__text_of(record, "suggestion"));
  } else {
    if (file[0])
      PUT("%s:%lld%s%s", file, log_record__number_of(record, "line"), rule[0] ? " " : "", rule);
    if (why[0])
      PUT("%s%s", used ? ": " : "", why);
    if (logged[0])
      PUT("%slog: %s", used ? "; " : "", logged);
  }
  if (json_object_get(record, "repeated") != NULL)
    PUT(" (%lld more like it)", log_record__number_of(record, "repeated"));
  if (json_object_get(record, "dropped") != NULL)
    PUT(" (before it %lld left out: too many in a minute)", log_record__number_of(record, "dropped"));
  if (json_object_get(record, "lost") != NULL)
    PUT(" (before it %lld could not be written)", log_record__number_of(record, "lost"));
#undef PUT
}

static void log_record__print_record(const json_t *record)
{
  char time[32], verdict[32], program[160],
      socket[2 * DESCRIBE_TEXT_MAX + 8] = "", by[4096], one[DESCRIBE_TEXT_MAX], other[DESCRIBE_TEXT_MAX];

  snprintf(time, sizeof time, "%.23s", log_record__text_of(record, "time"));
  if (strlen(time) > 10)
    time[10] = ' ';
  bool policy = strcmp(log_record__text_of(record, "kind"), "policy") == 0;
  bool audit = strcmp(log_record__text_of(record, "mode"), "audit") == 0 &&
               strcmp(log_record__text_of(record, "verdict"), "allow") != 0;
  snprintf(verdict, sizeof verdict, "%s%.16s", audit ? "would " : "",
           policy ? log_record__text_of(record, "severity") : log_record__text_of(record, "verdict"));
  snprintf(program, sizeof program, "%.120s (%lld)", log_record__text_of(record, "app"),
           log_record__number_of(record, "pid"));
  if (!policy) {
    policy_triple_t from = log_record__triple_of(record, "effective"),
                    to = log_record__triple_of(record, "rewritten");

    if (json_object_get(record, "rewritten") != NULL)
      snprintf(socket, sizeof socket, "%s -> %s", describe_triple(&from, one), describe_triple(&to, other));
    else
      snprintf(socket, sizeof socket, "%s", describe_triple(&from, one));
  }
  log_record__describe(record, by, sizeof by);
  log_record__plain(program);
  log_record__plain(by);
  const char *error = log_record__text_of(record, "error");
  printf(columns, time, verdict, error[0] ? error : "-", program, socket[0] ? socket : "-", by);
}

log_record_kind_t log_record_look(const char *line, size_t length, const log_filter_t *filter, bool print)
{
  json_t *record = json_loadb(line, length, 0, NULL);
  const char *kind = log_record__text_of(record, "kind");
  log_record_kind_t found = LOG_RECORD_BROKEN;

  if (log_record__text_of(record, "time")[0] &&
      (strcmp(kind, "decision") == 0 || strcmp(kind, "policy") == 0))
    found = log_record__is_asked(record, filter) ? LOG_RECORD_ASKED : LOG_RECORD_OTHER;
  if (found == LOG_RECORD_ASKED && print)
    log_record__print_record(record);
  json_decref(record);
  return found;
}
