#include "decision_log_repeats.h"

#include <string.h>
#include "log_clock.h"

/* Programs ask for IPv4 and IPv6 in turn: so many different decisions are counted at the same time. */
enum { REMEMBERED = 4 };

/* A decision that was written, and how often an equal one came since. */
typedef struct remembered {
  uint32_t repeated;
  DWORD written; /* tick */
  uint64_t cost; /* of the last one */
  size_t size;   /* 0: this place is free */
  char body[LOG_BODY_MAX];
} remembered_t;

static remembered_t remembered[REMEMBERED];

static void decision_log_repeats__take(remembered_t *entry, log_record_t *record)
{
  record->size = 0;
  if (entry->repeated == 0)
    return;
  memcpy(record->body, entry->body, entry->size);
  record->size = entry->size;
  record->counts = (log_counts_t){.cost = (int64_t)entry->cost, .repeated = entry->repeated};
  entry->repeated = 0;
  entry->written = log_clock_tick();
}

/* The place of an equal decision; else a free one, else the oldest, *equal then false. */
static remembered_t *decision_log_repeats__find(const log_record_t *record, bool *equal)
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

bool decision_log_repeats_add(const log_record_t *record, log_record_t *overdue)
{
  bool equal;
  remembered_t *place = decision_log_repeats__find(record, &equal);

  overdue->size = 0;
  if (equal) {
    place->repeated++;
    place->cost = (uint64_t)record->counts.cost;
    if (log_clock_tick() - place->written >= LOG_REPEAT_MS)
      decision_log_repeats__take(place, overdue);
    return false;
  }
  decision_log_repeats__take(place, overdue);
  memcpy(place->body, record->body, record->size);
  place->size = record->size;
  place->cost = (uint64_t)record->counts.cost;
  place->written = log_clock_tick();
  return true;
}

void decision_log_repeats_take(DWORD waited, log_record_t *record)
{
  record->size = 0;
  for (int i = 0; i < REMEMBERED && record->size == 0; i++)
    if (log_clock_tick() - remembered[i].written >= waited)
      decision_log_repeats__take(&remembered[i], record);
}

bool decision_log_repeats_pending(void)
{
  uint32_t repeated = 0;

  for (int i = 0; i < REMEMBERED; i++)
    repeated |= remembered[i].repeated;
  return repeated != 0;
}

void decision_log_repeats_forget(void)
{
  for (int i = 0; i < REMEMBERED; i++)
    remembered[i].size = 0;
}
