#include "check_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "locate.h"
#include "native_files.h"

/* ---- sources ---- */

/* The policy file last read. */
typedef struct source {
  const char *folder, *file; /* borrowed; file: NULL where none was read */
  char *text;                /* NULL where it could not be */
} source_t;

static location_t check_report__locate(source_t *source, const check_finding_t *finding)
{
  enum { MOST = 4 * 1024 * 1024 }; /* larger files are not loaded */
  char path[POLICY_PATH_MAX + POLICY_FILE_MAX];

  if (finding->file == NULL)
    return locate(NULL, finding->line, finding->subject);
  if (source->file == NULL || strcmp(source->file, finding->file) != 0) {
    free(source->text);
    snprintf(path, sizeof path, "%s/%s", source->folder, finding->file);
    source->text = native_files_read(path, MOST);
    source->file = finding->file;
  }
  return locate(source->text, finding->line, finding->subject);
}

/* ---- for people ---- */

/* The line, and a mark below the column; tabs stay tabs, so that the mark stands right. */
static void check_report__print_source(const location_t *location)
{
  fprintf(stderr, "%5d | %.*s\n", (int)location->line, (int)location->length, location->source);
  if (!location->column)
    return;
  fprintf(stderr, "      | ");
  int32_t column = 1;
  for (const char *c = location->source; column < location->column; c++) {
    if (((unsigned char)*c & 0xc0) == 0x80)
      continue;
    fputc(*c == '\t' ? '\t' : ' ', stderr);
    column++;
  }
  fprintf(stderr, "^\n");
}

static void check_report__print_finding(const check_finding_t *finding, const location_t *location)
{
  if (finding->file != NULL) {
    fprintf(stderr, "%s:", finding->file);
    if (location->line)
      fprintf(stderr, "%d:", (int)location->line);
    if (location->column)
      fprintf(stderr, "%d:", (int)location->column);
    fputc(' ', stderr);
  }
  fprintf(stderr, "%s: %s", policy_severity_name(finding->severity), finding->message);
  if (finding->correction != NULL)
    fprintf(stderr, " (did you mean %s?)", finding->correction);
  fputc('\n', stderr);
  if (location->source != NULL)
    check_report__print_source(location);
  if (finding->advice != NULL)
    fprintf(stderr, "      = advice: %s\n", finding->advice);
}

static const char *check_report__plural(size_t count)
{
  return count == 1 ? "" : "s";
}

static void check_report__print_totals(const check_totals_t *totals)
{
  if (totals->errors)
    printf("%zu error%s", totals->errors, check_report__plural(totals->errors));
  else
    printf("ok: %zu %s, %zu %s", totals->policies, totals->policies == 1 ? "policy" : "policies",
           totals->entries, totals->entries == 1 ? "entry" : "entries");
  if (totals->warnings)
    printf(", %zu warning%s", totals->warnings, check_report__plural(totals->warnings));
  putchar('\n');
}

void check_report_print(const check_findings_t *findings, const char *folder, const check_totals_t *totals)
{
  source_t source = {.folder = folder};

  for (size_t i = 0; i < findings->count; i++) {
    location_t location = check_report__locate(&source, &findings->list[i]);

    check_report__print_finding(&findings->list[i], &location);
  }
  check_report__print_totals(totals);
  free(source.text);
}

/* ---- for programs ---- */

static void check_report__json_finding(json_writer_t *json, const check_finding_t *finding,
                                       const location_t *location)
{
  char source[512];

  snprintf(source, sizeof source, "%.*s", (int)location->length,
           location->source != NULL ? location->source : "");
  json_open(json, NULL, '{');
  json_text(json, "severity", policy_severity_name(finding->severity));
  json_text(json, "file", finding->file);
  json_number_or_none(json, "line", location->line);
  json_number_or_none(json, "column", location->column);
  json_text(json, "message", finding->message);
  json_text(json, "subject", finding->subject);
  json_text(json, "correction", finding->correction);
  json_text(json, "advice", finding->advice);
  json_text(json, "source", location->source != NULL ? source : NULL);
  json_close(json, '}');
}

void check_report_print_json(const check_findings_t *findings, const char *folder,
                             const check_totals_t *totals)
{
  source_t source = {.folder = folder};
  json_writer_t json = {.stream = stdout};

  json_open(&json, NULL, '{');
  json_number(&json, "policies", (int64_t)totals->policies);
  json_number(&json, "entries", (int64_t)totals->entries);
  json_number(&json, "errors", (int64_t)totals->errors);
  json_number(&json, "warnings", (int64_t)totals->warnings);
  json_open(&json, "findings", '[');
  for (size_t i = 0; i < findings->count; i++) {
    location_t location = check_report__locate(&source, &findings->list[i]);

    check_report__json_finding(&json, &findings->list[i], &location);
  }
  json_close(&json, ']');
  json_close(&json, '}');
  json_end_line(&json);
  free(source.text);
}
