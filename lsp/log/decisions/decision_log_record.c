#include "decision_log_record.h"

#include <stdio.h>
#include <string.h>

/* The longest each text gets, escapes included: together they fit (LOG_BODY_MAX). */
enum {
  NAME_MOST = 200,
  PATH_MOST = 640,
  ACCOUNT_MOST = 200,
  PROVIDER_MOST = 260,
  FILE_MOST = 300,
  RULE_MOST = 240,
  REASON_MOST = 480,
  LOG_MOST = 800,
  MESSAGE_MOST = 800,
  WORD_MOST = 64
};

static const char *record__attribute(process_attributes_t *attributes, policy_attribute_t attribute)
{
  policy_attribute_value_t value;

  return attributes != NULL && process_attributes_read(attributes, attribute, &value) ? value.text : NULL;
}

static void record__process(log_text_t *text, process_attributes_t *attributes)
{
  log_text_string(text, "app", record__attribute(attributes, POLICY_ATTRIBUTE_NAME), NAME_MOST);
  log_text_number(text, "pid", (int64_t)GetCurrentProcessId());
  log_text_string(text, "path", record__attribute(attributes, POLICY_ATTRIBUTE_PATH), PATH_MOST);
  log_text_string(text, "sid", record__attribute(attributes, POLICY_ATTRIBUTE_SID), ACCOUNT_MOST);
  log_text_string(text, "user", attributes != NULL ? process_attributes_user_if_known(attributes) : NULL,
                  ACCOUNT_MOST);
}

static void record__triple(log_text_t *text, const char *key, const policy_triple_t *triple)
{
  log_text_open(text, key);
  log_text_number(text, "af", triple->af);
  log_text_number(text, "type", triple->type);
  log_text_number(text, "protocol", triple->protocol);
  log_text_close(text);
}

/* An empty text is left out. */
static const char *record__some(const char *value)
{
  return value[0] != '\0' ? value : NULL;
}

size_t decision_log_record_decision(process_attributes_t *attributes, const policy_request_t *request,
                                    const policy_verdict_t *verdict, char body[LOG_BODY_MAX])
{
  log_text_t text = {.bytes = body, .size = LOG_BODY_MAX};

  log_text_string(&text, "kind", "decision", WORD_MOST);
  log_text_string(&text, "mode", policy_mode_name(verdict->mode), WORD_MOST);
  log_text_string(&text, "verdict", policy_action_name(verdict->decided), WORD_MOST);
  if (verdict->decided == POLICY_REJECT) {
    log_text_number(&text, "code", verdict->error);
    log_text_string(&text, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error), WORD_MOST);
  }
  if (verdict->failed)
    log_text_true(&text, "failed");
  record__process(&text, attributes);
  record__triple(&text, "requested", &request->requested);
  record__triple(&text, "effective", &request->effective);
  if (verdict->decided == POLICY_REWRITE)
    record__triple(&text, "rewritten", &verdict->wanted);
  log_text_number(&text, "flags", request->flags);
  if (request->shared)
    log_text_true(&text, "shared");
  log_text_string(&text, "provider", request->provider, PROVIDER_MOST);
  log_text_string(&text, "file", record__some(verdict->file), FILE_MOST);
  if (verdict->file[0] != '\0')
    log_text_number(&text, "line", verdict->line);
  log_text_string(&text, "rule", record__some(verdict->rule), RULE_MOST);
  log_text_string(&text, "reason", record__some(verdict->reason), REASON_MOST);
  log_text_string(&text, "log", record__some(verdict->log), LOG_MOST);
  log_text_number(&text, "generation", verdict->generation);
  log_text_hash(&text, "policies", verdict->set_hash);
  return text.used;
}

/* What to do: the correction, the advice, or both. NULL where there is neither. */
static const char *record__suggestion(const policy_report_t *report, char text[MESSAGE_MOST])
{
  if (report->correction == NULL)
    return report->advice;
  snprintf(text, MESSAGE_MOST, "did you mean %s?%s%s", report->correction, report->advice != NULL ? " " : "",
           report->advice != NULL ? report->advice : "");
  return text;
}

size_t decision_log_record_report(process_attributes_t *attributes, const policy_report_t *report,
                                  char body[LOG_BODY_MAX])
{
  char suggestion[MESSAGE_MOST];
  log_text_t text = {.bytes = body, .size = LOG_BODY_MAX};

  log_text_string(&text, "kind", "policy", WORD_MOST);
  log_text_string(&text, "severity", policy_severity_name(report->severity), WORD_MOST);
  record__process(&text, attributes);
  log_text_string(&text, "file", report->file, FILE_MOST);
  if (report->file != NULL && report->line > 0)
    log_text_number(&text, "line", report->line);
  log_text_string(&text, "message", report->message, MESSAGE_MOST);
  log_text_string(&text, "suggestion", record__suggestion(report, suggestion), MESSAGE_MOST);
  return text.used;
}

size_t decision_log_record_line(const SYSTEMTIME *now, const char *body, size_t body_size,
                                const log_counts_t *counts, char line[LOG_RECORD_MAX])
{
  char time[32];
  log_text_t text = {.bytes = line, .size = LOG_RECORD_MAX};

  snprintf(time, sizeof time, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", now->wYear, now->wMonth, now->wDay,
           now->wHour, now->wMinute, now->wSecond, now->wMilliseconds);
  line[text.used++] = '{';
  log_text_string(&text, "time", time, sizeof time);
  line[text.used++] = ',';
  memcpy(line + text.used, body, body_size);
  text.used += body_size;
  if (counts->cost >= 0)
    log_text_number(&text, "cost", counts->cost);
  if (counts->repeated > 0)
    log_text_number(&text, "repeated", counts->repeated);
  if (counts->dropped > 0)
    log_text_number(&text, "dropped", counts->dropped);
  if (counts->lost > 0)
    log_text_number(&text, "lost", counts->lost);
  memcpy(line + text.used, "}\n", 2);
  return text.used + 2;
}
