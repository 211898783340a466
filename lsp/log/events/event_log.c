#include "event_log.h"

#include <stdio.h>
#include <string.h>
#include "event_log_send.h"
#include "log_clock.h"

enum { TEXT_CHARS = 480, STRINGS_MOST = 6, MINUTE_MS = 60 * 1000 };

/* One event's strings. The first two name the program. */
typedef struct event {
  WCHAR text[STRINGS_MOST][TEXT_CHARS];
  LPCWSTR strings[STRINGS_MOST];
  WORD count;
} event_t;

/* The limits are kept without a lock: two threads at the same moment may get one event more through. */
static volatile LONG minute_start, minute_events, left_out;
static volatile LONG rest_start, rest_ms;

/* The Event Viewer takes "%1" in a string for an insertion mark (Microsoft, ReportEvent): the percent sign is
 * replaced by one that only looks like it. */
static void event__add(event_t *event, const char *text)
{
  WCHAR *wide = event->text[event->count];

  /* Too long: what fits. No character takes more UTF-16 units than bytes. */
  int length = (int)strnlen(text, TEXT_CHARS - 1);

  length = MultiByteToWideChar(CP_UTF8, 0, text, length, wide, TEXT_CHARS - 1);
  wide[length] = L'\0';
  for (WCHAR *c = wide; *c != L'\0'; c++)
    if (c[0] == L'%' && c[1] >= L'0' && c[1] <= L'9')
      c[0] = 0xff05;
  event->strings[event->count++] = wide;
}

static void event__begin(event_t *event, process_attributes_t *attributes)
{
  policy_attribute_value_t name;
  char pid[16];

  event->count = 0;
  event__add(event, attributes != NULL && process_attributes_read(attributes, POLICY_ATTRIBUTE_NAME, &name)
                        ? name.text
                        : "?");
  snprintf(pid, sizeof pid, "%lu", (unsigned long)GetCurrentProcessId());
  event__add(event, pid);
}

static bool event__resting(void)
{
  return rest_ms != 0 && log_clock_tick() - (DWORD)rest_start < (DWORD)rest_ms;
}

/* Whether this minute has room for one more. */
static bool event__may_write(void)
{
  DWORD now = log_clock_tick();

  if (now - (DWORD)minute_start >= MINUTE_MS) {
    InterlockedExchange(&minute_start, (LONG)now);
    InterlockedExchange(&minute_events, 0);
  }
  return InterlockedIncrement(&minute_events) <= EVENTS_A_MINUTE;
}

static void event__write(WORD type, DWORD id, event_t *event)
{
  DWORD before = log_clock_tick();
  bool written = event_log_send(type, id, event->strings, event->count);
  DWORD took = log_clock_tick() - before;

  InterlockedExchange(&rest_start, (LONG)(before + took));
  InterlockedExchange(&rest_ms, took > EVENT_SLOW_MS ? EVENT_REST_MS : written ? 0 : EVENT_RETRY_MS);
  if (!written)
    InterlockedIncrement(&left_out);
}

static void event__send(process_attributes_t *attributes, WORD type, DWORD id, event_t *event)
{
  if (event__resting() || !event__may_write()) {
    InterlockedIncrement(&left_out);
    return;
  }
  event__write(type, id, event);
  LONG before = event__resting() ? 0 : InterlockedExchange(&left_out, 0);
  if (before == 0)
    return;
  char number[16];
  event__begin(event, attributes);
  snprintf(number, sizeof number, "%ld", (long)before);
  event__add(event, number);
  event__write(EVENTLOG_INFORMATION_TYPE, EVENT_LEFT_OUT, event);
}

static const char *event__constant(policy_constants_t constants, int32_t value, char *text, size_t size)
{
  const char *name = policy_constant_name(constants, value);

  if (name != NULL)
    return name;
  snprintf(text, size, "%ld", (long)value);
  return text;
}

void event_log_decision(process_attributes_t *attributes, const policy_request_t *request,
                        const policy_verdict_t *verdict)
{
  event_t event;
  char text[POLICY_FILE_MAX + POLICY_RULE_MAX + 32], af[16], type[16], protocol[16];
  const policy_triple_t *triple = &request->effective;
  bool audit = verdict->mode == POLICY_MODE_AUDIT;

  if (verdict->decided != POLICY_REJECT)
    return;
  event__begin(&event, attributes);
  snprintf(text, sizeof text, "%s, %s, %s", event__constant(POLICY_CONSTANTS_AF, triple->af, af, sizeof af),
           event__constant(POLICY_CONSTANTS_TYPE, triple->type, type, sizeof type),
           event__constant(POLICY_CONSTANTS_PROTOCOL, triple->protocol, protocol, sizeof protocol));
  event__add(&event, text);
  snprintf(text, sizeof text, "%s (%ld)",
           event__constant(POLICY_CONSTANTS_ERROR, verdict->error, af, sizeof af), (long)verdict->error);
  event__add(&event, text);
  if (verdict->file[0] != '\0')
    snprintf(text, sizeof text, "%s:%ld%s%s", verdict->file, (long)verdict->line,
             verdict->rule[0] != '\0' ? ", " : "", verdict->rule);
  else
    snprintf(text, sizeof text, "no policy");
  event__add(&event, text);
  event__add(&event, verdict->reason[0] != '\0' ? verdict->reason : "none given");
  event__send(attributes, audit ? EVENTLOG_INFORMATION_TYPE : EVENTLOG_WARNING_TYPE,
              audit ? EVENT_WOULD_REJECT : EVENT_REJECTED, &event);
}

void event_log_report(process_attributes_t *attributes, const policy_report_t *report)
{
  event_t event;
  char text[TEXT_CHARS];
  policy_report_t shown = *report; /* the advice goes into a string of its own */
  bool error = report->severity == POLICY_ERROR;

  if (report->severity == POLICY_INFO)
    return;
  shown.advice = NULL;
  policy_report_text(&shown, text, sizeof text);
  event__begin(&event, attributes);
  event__add(&event, text);
  event__add(&event, report->advice != NULL ? report->advice
                                            : "run sockwarden check for details (docs/operations.md)");
  event__send(attributes, error ? EVENTLOG_ERROR_TYPE : EVENTLOG_WARNING_TYPE,
              error ? EVENT_POLICY_ERROR : EVENT_POLICY_WARNING, &event);
}

void event_log_unwritable(process_attributes_t *attributes, DWORD error)
{
  event_t event;
  char number[16];

  event__begin(&event, attributes);
  snprintf(number, sizeof number, "%lu", (unsigned long)error);
  event__add(&event, number);
  event__send(attributes, EVENTLOG_WARNING_TYPE, EVENT_LOG_UNWRITABLE, &event);
}
