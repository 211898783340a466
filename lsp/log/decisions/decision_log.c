#include "decision_log.h"

#include <string.h>
#include "decision_log_file.h"
#include "decision_log_lock.h"
#include "decision_log_record.h"
#include "log_clock.h"

/* Programs ask for IPv4 and IPv6 in turn: so many different decisions are counted at the same time. */
enum { REMEMBERED = 4, MINUTE_MS = 60 * 1000 };

/* The time and the cost, about. */
enum { BESIDE_BODY = 56 };

/* A decision that was written, and how often an equal one came since. */
typedef struct remembered {
  uint32_t repeated;
  DWORD written; /* tick */
  uint64_t cost; /* of the last one */
  size_t size;   /* 0: this place is free */
  char body[LOG_BODY_MAX];
} remembered_t;

/* A record on its way to the file. */
typedef struct outgoing {
  log_counts_t counts;
  size_t size; /* 0: none */
  char body[LOG_BODY_MAX];
} outgoing_t;

static volatile LONG level = LOG_LEVEL_NOTHING;
static volatile LONG dropped, lost, failure;

/* Under decision_log_lock. */
static remembered_t remembered[REMEMBERED];
static DWORD minute_start, minute_bytes, failed_at;
static bool failing;

bool decision_log_is_on(void)
{
  return level != LOG_LEVEL_NOTHING;
}

bool decision_log_wants(const policy_verdict_t *verdict)
{
  if (level == LOG_LEVEL_NOTHING || verdict->mode == POLICY_MODE_OFF)
    return false;
  return level == LOG_LEVEL_EVERYTHING || verdict->decided != POLICY_ALLOW || verdict->failed ||
         verdict->log[0] != '\0';
}

DWORD decision_log_failure(void)
{
  return (DWORD)failure;
}

/* Under the lock: whether so many bytes may be written now. */
static bool decision_log__may_write(size_t size)
{
  DWORD now = log_clock_tick();

  if (now - minute_start >= MINUTE_MS) {
    minute_start = now;
    minute_bytes = 0;
  }
  if (minute_bytes + size > LOG_MINUTE_BYTES)
    return false;
  minute_bytes += (DWORD)size;
  return true;
}

/* Not under the lock. */
static void decision_log__send(const outgoing_t *out)
{
  char line[LOG_RECORD_MAX];
  log_counts_t counts = out->counts;
  uint32_t records = counts.repeated > 0 ? counts.repeated : 1; /* that this one stands for */
  SYSTEMTIME now;

  if (out->size == 0)
    return;
  if (!decision_log_lock()) {
    InterlockedExchangeAdd(&lost, (LONG)records);
    return;
  }
  bool waits = failing && log_clock_tick() - failed_at < LOG_RETRY_MS;
  bool may_write = !waits && decision_log__may_write(out->size + BESIDE_BODY);
  decision_log_unlock();
  if (!may_write) {
    InterlockedExchangeAdd(waits ? &lost : &dropped, (LONG)records);
    return;
  }

  counts.dropped = (uint32_t)InterlockedExchange(&dropped, 0);
  counts.lost = (uint32_t)InterlockedExchange(&lost, 0);
  log_clock_time(&now);
  size_t size = decision_log_record_line(&now, out->body, out->size, &counts, line);
  DWORD error = decision_log_file_append(&now, line, (DWORD)size);
  InterlockedExchange(&failure, (LONG)error);
  if (error != 0) {
    InterlockedExchangeAdd(&dropped, (LONG)counts.dropped);
    InterlockedExchangeAdd(&lost, (LONG)(counts.lost + records));
  }
  if (decision_log_lock()) {
    failing = error != 0;
    failed_at = log_clock_tick();
    decision_log_unlock();
  }
}

/* Under the lock: what was only counted, as a record to send; the count starts anew. */
static void decision_log__take(remembered_t *entry, outgoing_t *out)
{
  out->size = 0;
  if (entry->repeated == 0)
    return;
  memcpy(out->body, entry->body, entry->size);
  out->size = entry->size;
  out->counts = (log_counts_t){.cost = (int64_t)entry->cost, .repeated = entry->repeated};
  entry->repeated = 0;
  entry->written = log_clock_tick();
}

/* Under the lock: the place of an equal decision; else a free one, else the oldest, *equal then false. */
static remembered_t *decision_log__find(const outgoing_t *record, bool *equal)
{
  DWORD now = log_clock_tick();
  remembered_t *place = &remembered[0];

  for (int i = 0; i < REMEMBERED; i++) {
    remembered_t *entry = &remembered[i];

    *equal = entry->size == record->size && memcmp(entry->body, record->body, record->size) == 0;
    if (*equal)
      return entry;
    if (place->size != 0 && (entry->size == 0 || now - entry->written > now - place->written))
      place = entry;
  }
  return place;
}

/* Under the lock. True where the record is new. *overdue receives a count that is to be written, too. */
static bool decision_log__remember(const outgoing_t *record, outgoing_t *overdue)
{
  bool equal;
  remembered_t *place = decision_log__find(record, &equal);

  if (equal) {
    place->repeated++;
    place->cost = (uint64_t)record->counts.cost;
    if (log_clock_tick() - place->written >= LOG_REPEAT_MS)
      decision_log__take(place, overdue);
    return false;
  }
  decision_log__take(place, overdue);
  memcpy(place->body, record->body, record->size);
  place->size = record->size;
  place->cost = (uint64_t)record->counts.cost;
  place->written = log_clock_tick();
  return true;
}

bool decision_log_decision(process_attributes_t *attributes, const policy_request_t *request,
                           const policy_verdict_t *verdict)
{
  outgoing_t record, overdue;

  record.counts = (log_counts_t){.cost = (int64_t)verdict->cost};
  record.size = decision_log_record_decision(attributes, request, verdict, record.body);
  overdue.size = 0;
  if (!decision_log_lock()) {
    InterlockedIncrement(&lost);
    return false;
  }
  bool is_new = decision_log__remember(&record, &overdue);
  decision_log_unlock();
  decision_log__send(&overdue);
  if (is_new)
    decision_log__send(&record);
  return is_new;
}

void decision_log_report(process_attributes_t *attributes, const policy_report_t *report)
{
  outgoing_t record;

  if (level == LOG_LEVEL_NOTHING || (report->severity == POLICY_INFO && level != LOG_LEVEL_EVERYTHING))
    return;
  record.counts = (log_counts_t){.cost = -1};
  record.size = decision_log_record_report(attributes, report, record.body);
  decision_log__send(&record);
}

/* Counts that have waited for so long; all where that is 0. */
static void decision_log__flush(DWORD waited)
{
  outgoing_t out;

  for (int i = 0; i < REMEMBERED; i++) {
    out.size = 0;
    if (remembered[i].repeated == 0 || !decision_log_lock())
      continue;
    if (log_clock_tick() - remembered[i].written >= waited)
      decision_log__take(&remembered[i], &out);
    decision_log_unlock();
    decision_log__send(&out);
  }
}

void decision_log_configure(const settings_log_t *settings)
{
  decision_log_file_use(settings->dir);
  InterlockedExchange(&level, (LONG)settings->level);
  decision_log__flush(LOG_REPEAT_MS);
}

void decision_log_end(void)
{
  decision_log__flush(0);
  decision_log_file_close();
  if (!decision_log_lock())
    return;
  for (int i = 0; i < REMEMBERED; i++)
    remembered[i].size = 0;
  decision_log_unlock();
}
