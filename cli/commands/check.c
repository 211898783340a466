#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_catalog.h"
#include "commands.h"
#include "given_host.h"
#include "json.h"
#include "locate.h"
#include "options.h"
#include "platform.h"
#include "describe.h"
#include "policy_tools.h"
#ifdef _WIN32
#include "machine_policies.h"
#endif

typedef struct finding {
  policy_severity_t severity;
  char *file; /* NULL where it is about the folder */
  int32_t line;
  char *message, *suggestion;
  size_t order; /* as found */
} finding_t;

typedef struct findings {
  finding_t *list;
  size_t count, room;
  const char *folder;
  /* The file last read. */
  char *file, *text;
} findings_t;

static char *check__keep(const char *text)
{
  char *copy = text != NULL ? malloc(strlen(text) + 1) : NULL;

  return copy != NULL ? strcpy(copy, text) : NULL;
}

static void check__hear(void *context, const policy_report_t *report)
{
  findings_t *findings = context;

  if (findings->count == findings->room) {
    size_t room = findings->room ? findings->room * 2 : 16;
    finding_t *list = realloc(findings->list, room * sizeof *list);

    if (list == NULL)
      return;
    findings->list = list;
    findings->room = room;
  }
  findings->list[findings->count] = (finding_t){report->severity,
                                                check__keep(report->file),
                                                report->line,
                                                check__keep(report->message),
                                                check__keep(report->advice),
                                                findings->count};
  findings->count++;
}

/* By file and line; what is about the folder first. */
static int check__by_place(const void *a, const void *b)
{
  const finding_t *left = a, *right = b;
  int order = strcmp(left->file != NULL ? left->file : "", right->file != NULL ? right->file : "");

  if (order)
    return order;
  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static const char *check__text_of(findings_t *findings, const char *file)
{
  const memory_t memory = {NULL, NULL};
  size_t size;

  if (file == NULL)
    return NULL;
  if (findings->file != NULL && strcmp(findings->file, file) == 0)
    return findings->text;
  free(findings->file);
  free(findings->text);
  findings->file = check__keep(file);
  findings->text = NULL;
  if (platform_read_file(findings->folder, file, 4 * 1024 * 1024, &memory, &findings->text, &size, NULL) !=
      PLATFORM_OK)
    findings->text = NULL;
  return findings->text;
}

static const char *check__severity_name(policy_severity_t severity)
{
  return severity == POLICY_ERROR ? "error" : severity == POLICY_WARNING ? "warning" : "note";
}

/* The line, and a mark below the column; tabs stay tabs, so that the mark stands right. */
static void check__print_source(const location_t *location)
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

static void check__print_finding(findings_t *findings, const finding_t *finding)
{
  location_t location = locate(check__text_of(findings, finding->file), finding->line, finding->message);

  if (finding->file != NULL)
    fprintf(stderr, "%s:", finding->file);
  if (finding->file != NULL && location.line)
    fprintf(stderr, "%d:", (int)location.line);
  if (finding->file != NULL && location.column)
    fprintf(stderr, "%d:", (int)location.column);
  fprintf(stderr, "%s%s: %s\n", finding->file != NULL ? " " : "", check__severity_name(finding->severity),
          finding->message);
  if (location.source != NULL)
    check__print_source(&location);
  if (finding->suggestion != NULL)
    fprintf(stderr, "      = suggestion: %s\n", finding->suggestion);
}

static void check__json_finding(json_t *json, findings_t *findings, const finding_t *finding)
{
  location_t location = locate(check__text_of(findings, finding->file), finding->line, finding->message);
  char source[512];

  snprintf(source, sizeof source, "%.*s", (int)location.length,
           location.source != NULL ? location.source : "");
  json_open(json, NULL, '{');
  json_text(json, "severity", check__severity_name(finding->severity));
  json_text(json, "file", finding->file);
  if (location.line)
    json_number(json, "line", location.line);
  else
    json_none(json, "line");
  if (location.column)
    json_number(json, "column", location.column);
  else
    json_none(json, "column");
  json_text(json, "message", finding->message);
  json_text(json, "suggestion", finding->suggestion);
  json_text(json, "source", location.source != NULL ? source : NULL);
  json_close(json, '}');
}

typedef struct totals {
  size_t policies, steps, errors, warnings;
} totals_t;

static void check__print_json(findings_t *findings, const totals_t *totals)
{
  json_t json = {stdout, false};

  json_open(&json, NULL, '{');
  json_number(&json, "policies", (int64_t)totals->policies);
  json_number(&json, "steps", (int64_t)totals->steps);
  json_number(&json, "errors", (int64_t)totals->errors);
  json_number(&json, "warnings", (int64_t)totals->warnings);
  json_open(&json, "findings", '[');
  for (size_t i = 0; i < findings->count; i++)
    check__json_finding(&json, findings, &findings->list[i]);
  json_close(&json, ']');
  json_close(&json, '}');
  putchar('\n');
}

static const char *check__plural(size_t count)
{
  return count == 1 ? "" : "s";
}

static void check__print_totals(const totals_t *totals)
{
  if (totals->errors)
    printf("%zu error%s", totals->errors, check__plural(totals->errors));
  else
    printf("ok: %zu %s, %zu step%s", totals->policies, totals->policies == 1 ? "policy" : "policies",
           totals->steps, check__plural(totals->steps));
  if (totals->warnings)
    printf(", %zu warning%s", totals->warnings, check__plural(totals->warnings));
  putchar('\n');
}

static void check__clear(findings_t *findings)
{
  for (size_t i = 0; i < findings->count; i++) {
    free(findings->list[i].file);
    free(findings->list[i].message);
    free(findings->list[i].suggestion);
  }
  free(findings->list);
  free(findings->file);
  free(findings->text);
}

int command_check(int argc, char **argv)
{
  given_host_t given;
  const char *folder;
  bool as_json = false;

  given_host_init(&given);
  const option_t options[] = {
      {"json", OPTION_SWITCH, &as_json, NULL, "print the findings as one JSON object", NULL}, {0}};
  int status = options_parse("check", "DIR [--json]", options, argc, argv, &folder);
  if (status >= 0)
    return status;
  if (folder == NULL) {
    fprintf(stderr, "sockwarden check: which folder? Try: sockwarden check policies\n");
    return EXIT_USAGE;
  }
  if (strlen(folder) >= sizeof given.settings.policy_dir) {
    fprintf(stderr, "sockwarden check: the folder's name is too long\n");
    return EXIT_USAGE;
  }
  strcpy(given.settings.policy_dir, folder);
#ifdef _WIN32
  /* What the provider would refuse to load from there. */
  if (machine_policies_are_in(folder))
    given.settings.protection = POLICY_PROTECTION_WARNED;
#endif
  /* Functions are tried as a program that no policy knows. */
  given.question.path = "C:\\Program Files\\Example\\example.exe";
  given.question.user = "EXAMPLE\\user";
  given.question.sid = "S-1-5-21-1-2-3-1001";
  given.question.pid = 4000;

  findings_t findings = {.folder = folder};
  given.report = check__hear;
  given.report_context = &findings;
  policy_host_t host = given_host_policy_host(&given);
  policy_engine_t *engine = policy_engine_create(&host);
  if (engine == NULL) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  size_t entry_count;
  const policy_base_entry_t *entries = base_catalog_entries(&entry_count);
  totals_t totals = {0};
  totals.errors = policy_engine_check(engine, entries, entry_count, &totals.policies, &totals.steps);
  totals.warnings = given.warnings;
  policy_engine_destroy(engine);
  if (findings.count)
    qsort(findings.list, findings.count, sizeof *findings.list, check__by_place);
  if (as_json) {
    check__print_json(&findings, &totals);
  } else {
    for (size_t i = 0; i < findings.count; i++)
      check__print_finding(&findings, &findings.list[i]);
    check__print_totals(&totals);
  }
  check__clear(&findings);
  return totals.errors ? EXIT_FAILED : EXIT_DONE;
}
