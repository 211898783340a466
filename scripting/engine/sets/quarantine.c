#include "quarantine.h"

enum { FAILURES = 8 };

bool quarantine_open(quarantine_t *quarantine, arena_t *arena, size_t files, size_t functions)
{
  quarantine->files = arena_new(arena, files * sizeof *quarantine->files);
  quarantine->functions = arena_new(arena, (functions + 1) * sizeof *quarantine->functions);
  return quarantine->files != NULL && quarantine->functions != NULL;
}

static unsigned quarantine__count(quarantine_count_t *count, uint32_t file)
{
  if (count->file != file)
    count->failures = 0;
  count->file = file;
  return ++count->failures;
}

bool quarantine_note_failure(quarantine_t *quarantine, quarantine_count_t *count, const entry_t *function)
{
  atomic_store(&quarantine->failed, true);
  unsigned in_a_row = atomic_fetch_add(&quarantine->functions[function->function].failures, 1) + 1;
  unsigned in_this_decision = quarantine__count(count, function->file);
  return (in_a_row >= FAILURES || in_this_decision >= FAILURES) &&
         !atomic_exchange(&quarantine->files[function->file], true);
}

bool quarantine_report_due(quarantine_t *quarantine, const entry_t *function)
{
  return !atomic_exchange(&quarantine->functions[function->function].reported, true);
}

void quarantine_lift(quarantine_t *quarantine, uint32_t file)
{
  atomic_store(&quarantine->files[file], false);
}
