#include "coverage_report.h"

#include <stdio.h>

/* "3, 7-9": runs of missed lines. */
static void coverage_report__print_missed_lines(const coverage_file_t *file)
{
  const char *between = " ";

  for (size_t line = 0; (line = coverage_file_missed_line(file, line)) != 0;) {
    size_t first = line;

    while (coverage_file_missed_line(file, line) == line + 1)
      line++;
    printf("%s%zu", between, first);
    if (line > first)
      printf("-%zu", line);
    between = ", ";
  }
  putchar('\n');
}

static void coverage_report__print_file(const coverage_file_t *file, const char *prefix)
{
  coverage_count_t entries = coverage_file_entries(file), lines = coverage_file_lines(file);
  const coverage_entry_t *entry;

  printf("%s%s: entries %zu of %zu, lines %zu of %zu\n", prefix, coverage_file_name(file), entries.reached,
         entries.all, lines.reached, lines.all);
  for (size_t i = 0; (entry = coverage_file_entry(file, i)) != NULL; i++)
    if (!entry->reached)
      printf("%s  not reached: %s at line %d%s%s\n", prefix, entry->function ? "on_socket" : "rule",
             (int)entry->line, entry->rule[0] ? ", " : "", entry->rule);
  if (lines.reached < lines.all) {
    printf("%s  not reached: lines", prefix);
    coverage_report__print_missed_lines(file);
  }
}

void coverage_report_print(const coverage_t *coverage, const char *prefix)
{
  coverage_count_t entries = coverage_entries(coverage), lines = coverage_lines(coverage);
  const coverage_file_t *file;

  for (size_t i = 0; (file = coverage_file(coverage, i)) != NULL; i++)
    coverage_report__print_file(file, prefix);
  printf("%scoverage: entries %u%% (%zu of %zu), lines %u%% (%zu of %zu)\n", prefix,
         coverage_percent(entries), entries.reached, entries.all, coverage_percent(lines), lines.reached,
         lines.all);
}

static void coverage_report__json_count(json_writer_t *json, const char *name, coverage_count_t count)
{
  json_open(json, name, '{');
  json_number(json, "reached", (int64_t)count.reached);
  json_number(json, "all", (int64_t)count.all);
  json_number(json, "percent", coverage_percent(count));
  json_close(json, '}');
}

static void coverage_report__json_file(json_writer_t *json, const coverage_file_t *file)
{
  const coverage_entry_t *entry;

  json_open(json, NULL, '{');
  json_text(json, "file", coverage_file_name(file));
  coverage_report__json_count(json, "entries", coverage_file_entries(file));
  coverage_report__json_count(json, "lines", coverage_file_lines(file));
  json_open(json, "missed_entries", '[');
  for (size_t i = 0; (entry = coverage_file_entry(file, i)) != NULL; i++)
    if (!entry->reached)
      json_number(json, NULL, entry->line);
  json_close(json, ']');
  json_open(json, "missed_lines", '[');
  for (size_t line = 0; (line = coverage_file_missed_line(file, line)) != 0;)
    json_number(json, NULL, (int64_t)line);
  json_close(json, ']');
  json_close(json, '}');
}

void coverage_report_json(const coverage_t *coverage, json_writer_t *json)
{
  const coverage_file_t *file;

  json_open(json, "coverage", '{');
  coverage_report__json_count(json, "entries", coverage_entries(coverage));
  coverage_report__json_count(json, "lines", coverage_lines(coverage));
  json_open(json, "files", '[');
  for (size_t i = 0; (file = coverage_file(coverage, i)) != NULL; i++)
    coverage_report__json_file(json, file);
  json_close(json, ']');
  json_close(json, '}');
}
