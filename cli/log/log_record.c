#include "log_record.h"

#include <string.h>

#include "policy_tools.h"

static const char *log_record__text_of(const json_t *record, const char *key)
{
  const char *text = json_string_value(json_object_get(record, key));

  return text != NULL ? text : "";
}

json_t *log_record_parse(const char *line, size_t length)
{
  json_t *record = json_loadb(line, length, 0, NULL);
  const char *kind = log_record__text_of(record, "kind");

  if (log_record__text_of(record, "time")[0] &&
      (strcmp(kind, "decision") == 0 || strcmp(kind, "policy") == 0))
    return record;
  json_decref(record);
  return NULL;
}

bool log_record_passes(const json_t *record, const log_filter_t *filter)
{
  if (filter->since != NULL && strcmp(log_record__text_of(record, "time"), filter->since) < 0)
    return false;
  if (filter->verdict != NULL && strcmp(log_record__text_of(record, "verdict"), filter->verdict) != 0)
    return false;
  return filter->app == NULL || policy_app_matches(filter->app, log_record__text_of(record, "app"),
                                                   log_record__text_of(record, "path"));
}
