#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "decisions.h"
#include "json.h"
#include "request_options.h"
#include "terminal.h"
#include "describe.h"

enum { PROGRAMS = 64, CELL_MAX = 200 };

typedef struct matrix {
  request_spec_t programs[PROGRAMS];
  size_t program_count;
  const char *folder, *other; /* other: NULL where nothing is compared */
  decisions_t now, before;
  bool colours;
} matrix_t;

/* ---- what is shown ---- */

static bool matrix__same_verdict(const policy_verdict_t *a, const policy_verdict_t *b)
{
  return a->action == b->action && a->error == b->error &&
         memcmp(&a->triple, &b->triple, sizeof a->triple) == 0;
}

/* The same, decided at the same place. */
static bool matrix__same_decision(const policy_verdict_t *a, const policy_verdict_t *b)
{
  return matrix__same_verdict(a, b) && a->line == b->line && strcmp(a->file, b->file) == 0 &&
         strcmp(a->rule, b->rule) == 0;
}

static bool matrix__changes(const matrix_t *matrix, size_t program, size_t call)
{
  return !matrix__same_verdict(decisions_at(&matrix->now, program, call),
                               decisions_at(&matrix->before, program, call));
}

static bool matrix__is_shown(const matrix_t *matrix, size_t call)
{
  if (matrix->other == NULL)
    return true;
  for (size_t i = 0; i < matrix->program_count; i++)
    if (matrix__changes(matrix, i, call))
      return true;
  return false;
}

/* Two calls of one entry that would be the same row. What a call goes on as may be its own triple. */
static bool matrix__same_cell(const decisions_t *decisions, size_t program, size_t a, size_t b)
{
  policy_verdict_t left = *decisions_at(decisions, program, a);
  const policy_verdict_t *right = decisions_at(decisions, program, b);

  if (left.action == POLICY_REWRITE ? right->action != POLICY_REWRITE : right->action == POLICY_REWRITE)
    return false;
  if (left.action != POLICY_REWRITE)
    left.triple = right->triple;
  return matrix__same_decision(&left, right);
}

static bool matrix__same_row(const matrix_t *matrix, size_t a, size_t b)
{
  if (matrix->now.entries[a] != matrix->now.entries[b])
    return false;
  for (size_t i = 0; i < matrix->program_count; i++)
    if (!matrix__same_cell(&matrix->now, i, a, b) ||
        (matrix->other != NULL && !matrix__same_cell(&matrix->before, i, a, b)))
      return false;
  return true;
}

/* ---- for people ---- */

/* Who decided, told below the table by number. */
typedef struct legend {
  const policy_verdict_t **deciders;
  size_t count, room;
} legend_t;

static size_t matrix__legend_number(legend_t *legend, const policy_verdict_t *verdict)
{
  for (size_t i = 0; i < legend->count; i++) {
    const policy_verdict_t *known = legend->deciders[i];

    if (known->line == verdict->line && strcmp(known->file, verdict->file) == 0 &&
        strcmp(known->rule, verdict->rule) == 0)
      return i + 1;
  }
  if (legend->count == legend->room) {
    size_t room = legend->room ? legend->room * 2 : 32;
    const policy_verdict_t **deciders = realloc(legend->deciders, room * sizeof *deciders);

    if (deciders == NULL)
      return 0;
    legend->deciders = deciders;
    legend->room = room;
  }
  legend->deciders[legend->count++] = verdict;
  return legend->count;
}

static void matrix__cell_text(const policy_verdict_t *verdict, legend_t *legend, char text[CELL_MAX])
{
  char triple[DESCRIBE_TEXT_MAX];
  int used = snprintf(text, CELL_MAX, "%s", describe_action(verdict->action));

  if (verdict->action == POLICY_REJECT)
    used += snprintf(text + used, CELL_MAX - (size_t)used, " %s",
                     policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  else if (verdict->action == POLICY_REWRITE)
    used += snprintf(text + used, CELL_MAX - (size_t)used, " %s", describe_triple(&verdict->triple, triple));
  if (verdict->file[0])
    snprintf(text + used, CELL_MAX - (size_t)used, " [%zu]", matrix__legend_number(legend, verdict));
}

static void matrix__print_cell(const matrix_t *matrix, policy_action_t action, const char *text, size_t width)
{
  static const char *const colours[] = {"\x1b[32m", "\x1b[31m", "\x1b[33m"};

  printf("%s%s%s%*s", matrix->colours ? colours[action] : "", text, matrix->colours ? "\x1b[0m" : "",
         (int)(width > strlen(text) ? width - strlen(text) : 0), "");
}

/* The protocols of a row: those from `first` on that make the same one. */
static void matrix__protocols_text(const matrix_t *matrix, size_t first, char text[CELL_MAX])
{
  const decisions_t *now = &matrix->now;
  size_t entry_calls = 0, calls = 0;
  int used = 0;
  char name[DESCRIBE_TEXT_MAX];

  for (size_t i = 0; i < now->calls; i++) {
    entry_calls += now->entries[i] == now->entries[first];
    calls += matrix__is_shown(matrix, i) && matrix__same_row(matrix, first, i);
  }
  if (entry_calls > 1 && calls == entry_calls) {
    snprintf(text, CELL_MAX, "any protocol");
    return;
  }
  if (calls > 4) {
    snprintf(text, CELL_MAX, "%zu of %zu protocols%s", calls, entry_calls,
             calls * 2 > entry_calls ? ", the others" : "");
    return;
  }
  text[0] = 0;
  for (size_t i = first; i < now->calls; i++)
    if (matrix__is_shown(matrix, i) && matrix__same_row(matrix, first, i))
      used += snprintf(text + used, CELL_MAX - (size_t)used, "%s%.40s", used ? ", " : "",
                       describe_protocol(&now->triples[i], name));
}

static bool matrix__is_first_of_row(const matrix_t *matrix, size_t call)
{
  if (!matrix__is_shown(matrix, call))
    return false;
  for (size_t i = 0; i < call; i++)
    if (matrix__is_shown(matrix, i) && matrix__same_row(matrix, i, call))
      return false;
  return true;
}

static void matrix__call_text(const matrix_t *matrix, size_t call, char text[3 * CELL_MAX])
{
  char af[DESCRIBE_TEXT_MAX], type[DESCRIBE_TEXT_MAX], protocols[CELL_MAX];
  const policy_triple_t *triple = &matrix->now.triples[call];

  matrix__protocols_text(matrix, call, protocols);
  snprintf(text, 3 * CELL_MAX, "%s %s %s", describe_number(POLICY_CONSTANTS_AF, triple->af, af),
           describe_number(POLICY_CONSTANTS_TYPE, triple->type, type), protocols);
}

static const char *matrix__program_text(const request_spec_t *program)
{
  return program->path[0] ? program->path : "(a program of no name)";
}

static void matrix__row_cell(const matrix_t *matrix, size_t program, size_t call, legend_t *legend,
                             legend_t *before, char text[2 * CELL_MAX])
{
  char cell[CELL_MAX];

  matrix__cell_text(decisions_at(&matrix->now, program, call), legend, cell);
  if (matrix->other == NULL) {
    snprintf(text, 2 * CELL_MAX, "%s", cell);
    return;
  }
  char old[CELL_MAX];
  matrix__cell_text(decisions_at(&matrix->before, program, call), before, old);
  if (matrix__changes(matrix, program, call))
    snprintf(text, 2 * CELL_MAX, "%.180s -> %.180s", old, cell);
  else
    snprintf(text, 2 * CELL_MAX, "=");
}

static void matrix__print_rows(const matrix_t *matrix, legend_t *legend, legend_t *before)
{
  size_t widths[PROGRAMS + 1] = {0};
  char text[3 * CELL_MAX];

  for (int printing = 0; printing < 2; printing++) {
    if (printing) {
      widths[matrix->program_count] = 0; /* nothing stands behind the last column */
      printf("%*s", (int)widths[0], "");
      for (size_t i = 0; i < matrix->program_count; i++)
        printf("  %-*s", (int)widths[i + 1], matrix__program_text(&matrix->programs[i]));
      putchar('\n');
    }
    for (size_t call = 0; call < matrix->now.calls; call++) {
      if (!matrix__is_first_of_row(matrix, call))
        continue;
      matrix__call_text(matrix, call, text);
      if (printing)
        printf("%-*s", (int)widths[0], text);
      else if (strlen(text) > widths[0])
        widths[0] = strlen(text);
      for (size_t i = 0; i < matrix->program_count; i++) {
        matrix__row_cell(matrix, i, call, legend, before, text);
        size_t least = strlen(matrix__program_text(&matrix->programs[i]));
        if (printing) {
          printf("  ");
          matrix__print_cell(matrix, decisions_at(&matrix->now, i, call)->action, text, widths[i + 1]);
        } else {
          widths[i + 1] = strlen(text) > widths[i + 1] ? strlen(text) : widths[i + 1];
          widths[i + 1] = least > widths[i + 1] ? least : widths[i + 1];
        }
      }
      if (printing)
        putchar('\n');
    }
  }
}

static void matrix__print_legend(const legend_t *legend, const char *folder)
{
  if (legend->count && folder != NULL)
    printf("\nin %s:\n", folder);
  else if (legend->count)
    putchar('\n');
  for (size_t i = 0; i < legend->count; i++) {
    const policy_verdict_t *verdict = legend->deciders[i];

    printf("[%zu] %s:%d%s%s%s\n", i + 1, verdict->file, (int)verdict->line,
           verdict->rule[0] ? "  rule \"" : "", verdict->rule, verdict->rule[0] ? "\"" : "");
  }
}

static void matrix__print_idle(const decisions_t *decisions)
{
  bool any = false;

  for (size_t i = 0; i < decisions->step_count; i++) {
    const decided_step_t *step = &decisions->steps[i];

    if (step->decided)
      continue;
    if (!any)
      printf("\nThese decide nothing for any program given:\n");
    any = true;
    printf("  %s:%d  %s%s%s%s\n", step->file, (int)step->line, step->function ? "on_socket" : "rule",
           step->rule[0] ? " \"" : "", step->rule, step->rule[0] ? "\"" : "");
  }
}

static void matrix__print_matrix(const matrix_t *matrix)
{
  legend_t legend = {0}, before = {0};
  size_t shown = 0;

  for (size_t i = 0; i < matrix->now.calls; i++)
    shown += matrix__is_shown(matrix, i);
  if (matrix->other != NULL && !shown)
    printf("nothing changes from %s to %s\n", matrix->other, matrix->folder);
  else
    matrix__print_rows(matrix, &legend, &before);
  matrix__print_legend(&before, matrix->other);
  matrix__print_legend(&legend, matrix->other != NULL ? matrix->folder : NULL);
  if (matrix->other == NULL)
    matrix__print_idle(&matrix->now);
  free(legend.deciders);
  free(before.deciders);
}

/* ---- for programs ---- */

static void matrix__json_decision(json_t *json, const policy_verdict_t *verdict)
{
  json_text(json, "verdict", describe_action(verdict->action));
  if (verdict->action == POLICY_REJECT) {
    json_number(json, "code", verdict->error);
    json_text(json, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  } else if (verdict->action == POLICY_REWRITE) {
    json_open(json, "becomes", '{');
    json_number(json, "af", verdict->triple.af);
    json_number(json, "type", verdict->triple.type);
    json_number(json, "protocol", verdict->triple.protocol);
    json_close(json, '}');
  }
  json_text(json, "file", describe_or_null(verdict->file));
  if (verdict->file[0])
    json_number(json, "line", verdict->line);
  else
    json_none(json, "line");
  json_text(json, "rule", describe_or_null(verdict->rule));
}

static void matrix__json_cell(json_t *json, const matrix_t *matrix, size_t program, size_t call)
{
  const policy_triple_t *triple = &matrix->now.triples[call];

  json_open(json, NULL, '{');
  json_text(json, "app", matrix->programs[program].path);
  json_number(json, "af", triple->af);
  json_number(json, "type", triple->type);
  json_number(json, "protocol", triple->protocol);
  if (matrix->other != NULL) {
    json_open(json, "before", '{');
    matrix__json_decision(json, decisions_at(&matrix->before, program, call));
    json_close(json, '}');
    json_open(json, "after", '{');
    matrix__json_decision(json, decisions_at(&matrix->now, program, call));
    json_close(json, '}');
  } else {
    matrix__json_decision(json, decisions_at(&matrix->now, program, call));
  }
  json_close(json, '}');
}

static void matrix__json_matrix(const matrix_t *matrix)
{
  json_t json = {stdout, false};

  json_open(&json, NULL, '{');
  json_text(&json, "policies", matrix->folder);
  if (matrix->other != NULL)
    json_text(&json, "against", matrix->other);
  json_open(&json, "cells", '[');
  for (size_t program = 0; program < matrix->program_count; program++)
    for (size_t call = 0; call < matrix->now.calls; call++)
      if (matrix->other == NULL || matrix__changes(matrix, program, call))
        matrix__json_cell(&json, matrix, program, call);
  json_close(&json, ']');
  json_open(&json, "idle", '[');
  for (size_t i = 0; i < matrix->now.step_count; i++) {
    const decided_step_t *step = &matrix->now.steps[i];

    if (step->decided)
      continue;
    json_open(&json, NULL, '{');
    json_text(&json, "file", step->file);
    json_number(&json, "line", step->line);
    json_text(&json, "rule", describe_or_null(step->rule));
    json_text(&json, "kind", step->function ? "function" : "rule");
    json_close(&json, '}');
  }
  json_close(&json, ']');
  json_close(&json, '}');
  putchar('\n');
}

/* ---- the command ---- */

static bool matrix__add_program(const char *name, const char *value, void *target)
{
  matrix_t *matrix = target;

  if (matrix->program_count == PROGRAMS) {
    fprintf(stderr, "sockwarden matrix: --%s: %d programs are enough\n", name, PROGRAMS);
    return false;
  }
  matrix->programs[matrix->program_count++].path = value;
  return true;
}

static bool matrix__decide_all(matrix_t *matrix, const policy_settings_t *settings)
{
  policy_settings_t other = *settings;

  snprintf(other.policy_dir, sizeof other.policy_dir, "%s", matrix->other != NULL ? matrix->other : "");
  return decisions_make(&matrix->now, settings, matrix->programs, matrix->program_count) &&
         (matrix->other == NULL ||
          decisions_make(&matrix->before, &other, matrix->programs, matrix->program_count));
}

int command_matrix(int argc, char **argv)
{
  static matrix_t matrix; /* large */
  policy_settings_t settings;
  request_spec_t common;
  const char *folder = NULL;
  bool as_json = false;
  option_t options[REQUEST_OPTIONS_MAX + 5] = {
      {"policies", OPTION_OTHER, settings.policy_dir, "DIR", "the folder of policies",
       request_options_folder},
      {"app", OPTION_OTHER, &matrix, "PATH", "a program; give it again for further ones",
       matrix__add_program},
      {"against", OPTION_TEXT, &matrix.other, "OTHERDIR", "print only what changes from OTHERDIR to DIR",
       NULL},
      {"json", OPTION_SWITCH, &as_json, NULL, "print one JSON object", NULL},
  };

  policy_settings_default(&settings);
  request_spec_init(&common);
  option_t *row = request_options_process(options + 4, &common);
  request_options_settings(row, &settings);
  int status = options_parse("matrix", "DIR --app PATH [--app PATH ...] [--against OTHERDIR]", options, argc,
                             argv, &folder);
  if (status >= 0)
    return status;
  if (folder != NULL && settings.policy_dir[0]) {
    fprintf(stderr, "sockwarden matrix: '%s' is one argument too many\n", folder);
    return EXIT_USAGE;
  }
  if (folder != NULL && !request_options_folder("policies", folder, settings.policy_dir))
    return EXIT_USAGE;
  if (!settings.policy_dir[0]) {
    fprintf(stderr, "sockwarden matrix: which policies? Try: sockwarden matrix policies --app 'C:\\x.exe'\n");
    return EXIT_USAGE;
  }
  for (size_t i = 0; i < matrix.program_count || i == 0; i++) {
    const char *path = i < matrix.program_count ? matrix.programs[i].path : "";

    matrix.programs[i] = common;
    matrix.programs[i].path = path;
  }
  matrix.program_count += !matrix.program_count;
  matrix.folder = settings.policy_dir;
  matrix.colours = terminal_has_colours();
  bool made = matrix__decide_all(&matrix, &settings);
  if (!made)
    fprintf(stderr, "sockwarden: out of memory\n");
  else if (as_json)
    matrix__json_matrix(&matrix);
  else
    matrix__print_matrix(&matrix);
  size_t errors = matrix.now.errors + matrix.before.errors;
  decisions_free(&matrix.now);
  decisions_free(&matrix.before);
  return errors || !made ? EXIT_FAILED : EXIT_DONE;
}
