#include "coverage.h"

#include <stdlib.h>
#include <string.h>

typedef struct line {
  bool code, hit;
  bool pending; /* it ran while loading, and may turn out to be a rule's */
  int32_t rule; /* the line of the rule it belongs to; 0 for none */
} line_t;

typedef struct step {
  int32_t line;
  bool function, reached;
  char rule[POLICY_RULE_MAX];
} step_t;

typedef struct file {
  char name[POLICY_FILE_MAX];
  line_t *lines; /* by number; [0] is unused */
  size_t line_room;
  step_t *steps;
  size_t step_count, step_room;
  size_t loaded; /* steps registered in the load under way, */
  size_t walked; /* and visited in the decision under way */
  bool running;  /* code was told and then lines ran: the next code begins another load */
} file_t;

struct coverage {
  policy_watch_t watch;
  file_t *files;
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

static file_t *coverage__file_of(coverage_t *coverage, const char *name)
{
  for (size_t i = 0; i < coverage->file_count; i++)
    if (strcmp(coverage->files[i].name, name) == 0)
      return &coverage->files[i];
  coverage->files = coverage__grow(coverage->files, coverage->file_count + 1, &coverage->file_room,
                                   sizeof *coverage->files);
  file_t *file = &coverage->files[coverage->file_count++];
  snprintf(file->name, sizeof file->name, "%s", name);
  return file;
}

static line_t *coverage__line_of(file_t *file, int32_t number)
{
  file->lines = coverage__grow(file->lines, (size_t)number + 1, &file->line_room, sizeof *file->lines);
  return &file->lines[number];
}

/* ---- watching ---- */

/* Lines that ran and belong to no rule have been reached. */
static void coverage__settle(file_t *file)
{
  for (size_t i = 0; i < file->line_room; i++) {
    file->lines[i].hit |= file->lines[i].pending;
    file->lines[i].pending = false;
  }
}

static void coverage__hear_code(void *context, const char *name, int32_t number)
{
  file_t *file = coverage__file_of(context, name);

  if (file->running) {
    coverage__settle(file);
    file->running = false;
    file->loaded = 0;
  }
  coverage__line_of(file, number)->code = true;
}

static void coverage__hear_line(void *context, const char *name, int32_t number)
{
  file_t *file = coverage__file_of(context, name);

  file->running = true;
  if (number > 0 && !coverage__line_of(file, number)->rule)
    coverage__line_of(file, number)->pending = true;
}

static void coverage__hear_step(void *context, const char *name, int32_t number, bool function)
{
  file_t *file = coverage__file_of(context, name);

  for (size_t i = (size_t)number; !function && i < file->line_room; i++)
    if (file->lines[i].pending) {
      file->lines[i].pending = false;
      file->lines[i].rule = number;
    }
  coverage__settle(file);
  size_t index = file->loaded++;
  if (index < file->step_count)
    return; /* loaded once more, for another program */
  file->steps = coverage__grow(file->steps, index + 1, &file->step_room, sizeof *file->steps);
  file->steps[file->step_count++] = (step_t){.line = number, .function = function};
}

coverage_t *coverage_create(void)
{
  coverage_t *coverage = calloc(1, sizeof *coverage);

  if (coverage != NULL)
    coverage->watch =
        (policy_watch_t){coverage, coverage__hear_code, coverage__hear_line, coverage__hear_step};
  return coverage;
}

void coverage_destroy(coverage_t *coverage)
{
  if (coverage == NULL)
    return;
  for (size_t i = 0; i < coverage->file_count; i++) {
    free(coverage->files[i].lines);
    free(coverage->files[i].steps);
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
    coverage->files[i].walked = 0;
}

void coverage_step(void *context, const policy_entry_t *walked)
{
  file_t *file = coverage__file_of(context, walked->file);

  if (file->walked >= file->step_count)
    return;
  step_t *step = &file->steps[file->walked++];
  snprintf(step->rule, sizeof step->rule, "%s", walked->rule != NULL ? walked->rule : "");
  step->reached |= step->function
                       ? walked->outcome != POLICY_ENTRY_QUARANTINED
                       : walked->outcome == POLICY_ENTRY_ALLOWS || walked->outcome == POLICY_ENTRY_REJECTS ||
                             walked->outcome == POLICY_ENTRY_REWRITES;
}

/* ---- counting ---- */

static bool coverage__is_reached_rule(const file_t *file, int32_t number)
{
  for (size_t i = 0; i < file->step_count; i++)
    if (file->steps[i].line == number && file->steps[i].reached)
      return true;
  return false;
}

static bool coverage__is_reached(const file_t *file, size_t number)
{
  const line_t *line = &file->lines[number];

  return line->rule ? coverage__is_reached_rule(file, line->rule) : line->hit || line->pending;
}

typedef struct count {
  size_t reached, all;
} count_t;

static count_t coverage__count_steps(const file_t *file)
{
  count_t count = {0, file->step_count};

  for (size_t i = 0; i < file->step_count; i++)
    count.reached += file->steps[i].reached;
  return count;
}

static count_t coverage__count_lines(const file_t *file)
{
  count_t count = {0, 0};

  for (size_t i = 0; i < file->line_room; i++)
    if (file->lines[i].code) {
      count.all++;
      count.reached += coverage__is_reached(file, i);
    }
  return count;
}

static count_t coverage__count_all(const coverage_t *coverage, count_t (*of_file)(const file_t *file))
{
  count_t all = {0, 0};

  for (size_t i = 0; i < coverage->file_count; i++) {
    count_t count = of_file(&coverage->files[i]);

    all.reached += count.reached;
    all.all += count.all;
  }
  return all;
}

static unsigned coverage__percent(count_t count)
{
  return count.all ? (unsigned)(count.reached * 100 / count.all) : 100;
}

unsigned coverage_of_rules(coverage_t *coverage)
{
  return coverage__percent(coverage__count_all(coverage, coverage__count_steps));
}

unsigned coverage_of_lines(coverage_t *coverage)
{
  return coverage__percent(coverage__count_all(coverage, coverage__count_lines));
}

/* ---- telling ---- */

static bool coverage__is_missed(const file_t *file, size_t number)
{
  return number < file->line_room && file->lines[number].code && !coverage__is_reached(file, number);
}

/* "3, 7-9": runs of missed lines. */
static void coverage__print_missed_lines(const file_t *file, FILE *stream)
{
  const char *between = " ";

  for (size_t i = 1; i < file->line_room; i++) {
    if (!coverage__is_missed(file, i))
      continue;
    size_t last = i;
    while (coverage__is_missed(file, last + 1))
      last++;
    fprintf(stream, "%s%zu", between, i);
    if (last > i)
      fprintf(stream, "-%zu", last);
    between = ", ";
    i = last;
  }
  fputc('\n', stream);
}

void coverage_print(coverage_t *coverage, FILE *stream, const char *prefix)
{
  count_t steps = coverage__count_all(coverage, coverage__count_steps),
          lines = coverage__count_all(coverage, coverage__count_lines);

  for (size_t i = 0; i < coverage->file_count; i++) {
    const file_t *file = &coverage->files[i];
    count_t own_steps = coverage__count_steps(file), own_lines = coverage__count_lines(file);

    fprintf(stream, "%s%s: rules %zu of %zu, lines %zu of %zu\n", prefix, file->name, own_steps.reached,
            own_steps.all, own_lines.reached, own_lines.all);
    for (size_t j = 0; j < file->step_count; j++)
      if (!file->steps[j].reached)
        fprintf(stream, "%s  not reached: %s at line %d%s%s\n", prefix,
                file->steps[j].function ? "on_socket" : "rule", (int)file->steps[j].line,
                file->steps[j].rule[0] ? ", " : "", file->steps[j].rule);
    if (own_lines.reached < own_lines.all) {
      fprintf(stream, "%s  not reached: lines", prefix);
      coverage__print_missed_lines(file, stream);
    }
  }
  fprintf(stream, "%scoverage: rules %u%% (%zu of %zu), lines %u%% (%zu of %zu)\n", prefix,
          coverage__percent(steps), steps.reached, steps.all, coverage__percent(lines), lines.reached,
          lines.all);
}

static void coverage__json_count(json_t *json, const char *name, count_t count)
{
  json_open(json, name, '{');
  json_number(json, "reached", (int64_t)count.reached);
  json_number(json, "all", (int64_t)count.all);
  json_number(json, "percent", coverage__percent(count));
  json_close(json, '}');
}

void coverage_json(coverage_t *coverage, json_t *json)
{
  json_open(json, "coverage", '{');
  coverage__json_count(json, "rules", coverage__count_all(coverage, coverage__count_steps));
  coverage__json_count(json, "lines", coverage__count_all(coverage, coverage__count_lines));
  json_open(json, "files", '[');
  for (size_t i = 0; i < coverage->file_count; i++) {
    const file_t *file = &coverage->files[i];

    json_open(json, NULL, '{');
    json_text(json, "file", file->name);
    coverage__json_count(json, "rules", coverage__count_steps(file));
    coverage__json_count(json, "lines", coverage__count_lines(file));
    json_open(json, "missed_rules", '[');
    for (size_t j = 0; j < file->step_count; j++)
      if (!file->steps[j].reached)
        json_number(json, NULL, file->steps[j].line);
    json_close(json, ']');
    json_open(json, "missed_lines", '[');
    for (size_t j = 1; j < file->line_room; j++)
      if (coverage__is_missed(file, j))
        json_number(json, NULL, (int64_t)j);
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
  json_close(json, '}');
}
