#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct line {
  bool code, hit;
  bool pending; /* it ran while loading, and may turn out to be a rule's */
  int32_t rule; /* the line of the rule it belongs to; 0 for none */
} line_t;

struct coverage_file {
  char name[POLICY_FILE_MAX];
  line_t *lines; /* by number; [0] is unused */
  size_t line_room;
  coverage_entry_t *entries;
  size_t entry_count, entry_room;
  size_t loaded;  /* entries registered in the load under way, */
  size_t visited; /* and evaluated in the decision under way */
  bool running;   /* lines have run since code was found: the next code begins another load */
};

struct coverage {
  policy_watch_t watch;
  coverage_file_t *files;
  size_t file_count, file_room;
};

static void *coverage__grow(void *array, size_t needed, size_t *room, size_t size)
{
  if (needed <= *room)
    return array;
  size_t larger = *room ? *room * 2 : 16;
  if (larger < needed)
    larger = needed;
  void *moved = realloc(array, larger * size);
  if (moved == NULL) {
    fprintf(stderr, "sockwarden: out of memory\n");
    exit(1);
  }
  memset((char *)moved + *room * size, 0, (larger - *room) * size);
  *room = larger;
  return moved;
}

static coverage_file_t *coverage__file_of(coverage_t *coverage, const char *name)
{
  for (size_t i = 0; i < coverage->file_count; i++)
    if (strcmp(coverage->files[i].name, name) == 0)
      return &coverage->files[i];
  coverage->files = coverage__grow(coverage->files, coverage->file_count + 1, &coverage->file_room,
                                   sizeof *coverage->files);
  coverage_file_t *file = &coverage->files[coverage->file_count++];
  snprintf(file->name, sizeof file->name, "%s", name);
  return file;
}

static line_t *coverage__line_of(coverage_file_t *file, int32_t number)
{
  file->lines = coverage__grow(file->lines, (size_t)number + 1, &file->line_room, sizeof *file->lines);
  return &file->lines[number];
}

/* ---- watching ---- */

/* Lines that ran and belong to no rule have been reached. */
static void coverage__settle(coverage_file_t *file)
{
  for (size_t i = 0; i < file->line_room; i++) {
    file->lines[i].hit |= file->lines[i].pending;
    file->lines[i].pending = false;
  }
}

static void coverage__add_code(void *context, const char *name, int32_t number)
{
  coverage_file_t *file = coverage__file_of(context, name);

  if (file->running) {
    coverage__settle(file);
    file->running = false;
    file->loaded = 0;
  }
  coverage__line_of(file, number)->code = true;
}

static void coverage__add_line(void *context, const char *name, int32_t number)
{
  coverage_file_t *file = coverage__file_of(context, name);

  file->running = true;
  if (number > 0 && !coverage__line_of(file, number)->rule)
    coverage__line_of(file, number)->pending = true;
}

static void coverage__add_entry(void *context, const char *name, int32_t number, bool function)
{
  coverage_file_t *file = coverage__file_of(context, name);

  for (size_t i = (size_t)number; !function && i < file->line_room; i++)
    if (file->lines[i].pending) {
      file->lines[i].pending = false;
      file->lines[i].rule = number;
    }
  coverage__settle(file);
  size_t index = file->loaded++;
  if (index < file->entry_count)
    return; /* loaded once more, for another program */
  file->entries = coverage__grow(file->entries, index + 1, &file->entry_room, sizeof *file->entries);
  file->entries[file->entry_count++] = (coverage_entry_t){.line = number, .function = function};
}

coverage_t *coverage_create(void)
{
  coverage_t *coverage = calloc(1, sizeof *coverage);

  if (coverage != NULL)
    coverage->watch = (policy_watch_t){coverage, coverage__add_code, coverage__add_line, coverage__add_entry};
  return coverage;
}

void coverage_destroy(coverage_t *coverage)
{
  if (coverage == NULL)
    return;
  for (size_t i = 0; i < coverage->file_count; i++) {
    free(coverage->files[i].lines);
    free(coverage->files[i].entries);
  }
  free(coverage->files);
  free(coverage);
}

const policy_watch_t *coverage_watch(coverage_t *coverage)
{
  return &coverage->watch;
}

void coverage_begin(coverage_t *coverage)
{
  for (size_t i = 0; i < coverage->file_count; i++)
    coverage->files[i].visited = 0;
}

void coverage_visit(void *context, const policy_entry_t *entry)
{
  coverage_file_t *file = coverage__file_of(context, entry->file);

  if (file->visited >= file->entry_count)
    return;
  coverage_entry_t *known = &file->entries[file->visited++];
  snprintf(known->rule, sizeof known->rule, "%s", entry->rule != NULL ? entry->rule : "");
  known->reached |= known->function
                        ? entry->outcome != POLICY_ENTRY_QUARANTINED
                        : entry->outcome == POLICY_ENTRY_ALLOWS || entry->outcome == POLICY_ENTRY_REJECTS ||
                              entry->outcome == POLICY_ENTRY_REWRITES;
}

/* ---- results ---- */

unsigned coverage_percent(coverage_count_t count)
{
  return count.all ? (unsigned)(count.reached * 100 / count.all) : 100;
}

const coverage_file_t *coverage_file(const coverage_t *coverage, size_t index)
{
  return index < coverage->file_count ? &coverage->files[index] : NULL;
}

const coverage_entry_t *coverage_file_entry(const coverage_file_t *file, size_t index)
{
  return index < file->entry_count ? &file->entries[index] : NULL;
}

const char *coverage_file_name(const coverage_file_t *file)
{
  return file->name;
}

coverage_count_t coverage_file_entries(const coverage_file_t *file)
{
  coverage_count_t count = {0, file->entry_count};

  for (size_t i = 0; i < file->entry_count; i++)
    count.reached += file->entries[i].reached;
  return count;
}

static bool coverage__is_reached_rule(const coverage_file_t *file, int32_t number)
{
  for (size_t i = 0; i < file->entry_count; i++)
    if (file->entries[i].line == number && file->entries[i].reached)
      return true;
  return false;
}

static bool coverage__is_reached(const coverage_file_t *file, size_t number)
{
  const line_t *line = &file->lines[number];

  return line->rule ? coverage__is_reached_rule(file, line->rule) : line->hit || line->pending;
}

coverage_count_t coverage_file_lines(const coverage_file_t *file)
{
  coverage_count_t count = {0, 0};

  for (size_t i = 0; i < file->line_room; i++)
    if (file->lines[i].code) {
      count.all++;
      count.reached += coverage__is_reached(file, i);
    }
  return count;
}

size_t coverage_file_missed_line(const coverage_file_t *file, size_t after)
{
  for (size_t i = after + 1; i < file->line_room; i++)
    if (file->lines[i].code && !coverage__is_reached(file, i))
      return i;
  return 0;
}

static coverage_count_t coverage__of_all(const coverage_t *coverage,
                                         coverage_count_t (*of_file)(const coverage_file_t *file))
{
  coverage_count_t all = {0, 0};

  for (size_t i = 0; i < coverage->file_count; i++) {
    coverage_count_t count = of_file(&coverage->files[i]);

    all.reached += count.reached;
    all.all += count.all;
  }
  return all;
}

coverage_count_t coverage_entries(const coverage_t *coverage)
{
  return coverage__of_all(coverage, coverage_file_entries);
}

coverage_count_t coverage_lines(const coverage_t *coverage)
{
  return coverage__of_all(coverage, coverage_file_lines);
}
