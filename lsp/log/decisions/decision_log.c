#include "decision_log.h"

#include "decision_log_file.h"
#include "decision_log_lock.h"
#include "decision_log_record.h"
#include "decision_log_repeats.h"
#include "log_clock.h"

enum { MINUTE_MS = 60 * 1000 };

/* The time and the cost, about. */
enum { BESIDE_BODY = 56 };

static volatile LONG level = LOG_LEVEL_NOTHING;
static volatile LONG dropped, lost, failure;

/* Under decision_log_lock. */
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
static void decision_log__send(log_record_t *record)
{
  char line[LOG_RECORD_MAX];
  log_counts_t *counts = &record->counts;
  SYSTEMTIME now;

  if (record->size == 0)
    return;
  uint32_t records = counts->repeated > 0 ? counts->repeated : 1; /* that this one stands for */
  if (!decision_log_lock()) {
    InterlockedExchangeAdd(&lost, (LONG)records);
    return;
  }
  bool waits = failing && log_clock_tick() - failed_at < LOG_RETRY_MS;
  bool may_write = !waits && decision_log__may_write(record->size + BESIDE_BODY);
  decision_log_unlock();
  if (!may_write) {
    InterlockedExchangeAdd(waits ? &lost : &dropped, (LONG)records);
    return;
  }

  counts->dropped = (uint32_t)InterlockedExchange(&dropped, 0);
  counts->lost = (uint32_t)InterlockedExchange(&lost, 0);
  log_clock_time(&now);
  size_t size = decision_log_record_line(&now, record, line);
  DWORD error = decision_log_file_append(&now, line, (DWORD)size);
  InterlockedExchange(&failure, (LONG)error);
  if (error != 0) {
    InterlockedExchangeAdd(&dropped, (LONG)counts->dropped);
    InterlockedExchangeAdd(&lost, (LONG)(counts->lost + records));
  }
  if (decision_log_lock()) {
    failing = error != 0;
    failed_at = log_clock_tick();
    decision_log_unlock();
  }
}

bool decision_log_decision(process_attributes_t *attributes, const policy_request_t *request,
                           const policy_verdict_t *verdict)
{
  log_record_t record, overdue;

  decision_log_record_decision(attributes, request, verdict, &record);
  if (!decision_log_lock()) {
    InterlockedIncrement(&lost);
    return false;
  }
  bool is_new = decision_log_repeats_add(&record, &overdue);
  decision_log_unlock();
  decision_log__send(&overdue);
  if (is_new)
    decision_log__send(&record);
  return is_new;
}

void decision_log_report(process_attributes_t *attributes, const policy_report_t *report)
{
  log_record_t record;

  if (level == LOG_LEVEL_NOTHING || (report->severity == POLICY_INFO && level != LOG_LEVEL_EVERYTHING))
    return;
  decision_log_record_report(attributes, report, &record);
  decision_log__send(&record);
}

/* Write the counts that have waited for so long. */
static void decision_log__flush(DWORD waited)
{
  log_record_t record;

  do {
    if (!decision_log_repeats_pending() || !decision_log_lock())
      return;
    decision_log_repeats_take(waited, &record);
    decision_log_unlock();
    decision_log__send(&record);
  } while (record.size > 0);
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
  decision_log_repeats_forget();
  decision_log_unlock();
}
