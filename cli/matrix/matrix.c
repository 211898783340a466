#include "matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- comparing ---- */

static bool matrix__same_verdict(const policy_verdict_t *a, const policy_verdict_t *b)
{
  return a->action == b->action && a->error == b->error &&
         memcmp(&a->triple, &b->triple, sizeof a->triple) == 0;
}

bool matrix_changes(const matrix_t *matrix, size_t program, size_t call)
{
  return !matrix__same_verdict(decisions_at(&matrix->now, program, call),
                               decisions_at(&matrix->before, program, call));
}

static bool matrix__is_shown(const matrix_t *matrix, size_t call)
{
  if (matrix->other == NULL)
    return true;
  for (size_t i = 0; i < matrix->program_count; i++)
    if (matrix_changes(matrix, i, call))
      return true;
  return false;
}

/* Whether two calls get the same from the same rule or function. A call that is not rewritten goes on with a
 * triple of its own. */
static bool matrix__same_cell(const decisions_t *decisions, size_t program, size_t a, size_t b)
{
  policy_verdict_t left = *decisions_at(decisions, program, a);
  const policy_verdict_t *right = decisions_at(decisions, program, b);

  if (left.action != POLICY_REWRITE && right->action != POLICY_REWRITE)
    left.triple = right->triple;
  return matrix__same_verdict(&left, right) && left.line == right->line &&
         strcmp(left.file, right->file) == 0 && strcmp(left.rule, right->rule) == 0;
}

static bool matrix__same_row(const matrix_t *matrix, size_t a, size_t b)
{
  if (matrix->now.base_entries[a] != matrix->now.base_entries[b])
    return false;
  for (size_t i = 0; i < matrix->program_count; i++)
    if (!matrix__same_cell(&matrix->now, i, a, b) ||
        (matrix->other != NULL && !matrix__same_cell(&matrix->before, i, a, b)))
      return false;
  return true;
}

static bool matrix__make_rows(matrix_t *matrix)
{
  size_t calls = matrix->now.calls;

  matrix->rows = calloc(calls, sizeof *matrix->rows);
  if (matrix->rows == NULL)
    return false;
  for (size_t call = 0; call < calls; call++) {
    matrix->rows[call] = matrix__is_shown(matrix, call) ? call : MATRIX_NO_ROW;
    for (size_t first = 0; first < call && matrix->rows[call] == call; first++)
      if (matrix->rows[first] == first && matrix__same_row(matrix, first, call))
        matrix->rows[call] = first;
  }
  return true;
}

/* ---- making ---- */

bool matrix_make(matrix_t *matrix, const policy_settings_t *settings, const char *other,
                 const request_spec_t *programs, size_t program_count)
{
  policy_settings_t settings_before = *settings;

  *matrix = (matrix_t){
      .programs = programs, .program_count = program_count, .folder = settings->policy_dir, .other = other};
  if (!decisions_make(&matrix->now, settings, programs, program_count))
    return false;
  if (other != NULL) {
    snprintf(settings_before.policy_dir, sizeof settings_before.policy_dir, "%s", other);
    if (!decisions_make(&matrix->before, &settings_before, programs, program_count))
      return false;
  }
  return matrix__make_rows(matrix);
}

void matrix_free(matrix_t *matrix)
{
  decisions_free(&matrix->now);
  decisions_free(&matrix->before);
  free(matrix->rows);
}

size_t matrix_errors(const matrix_t *matrix)
{
  return matrix->now.errors + matrix->before.errors;
}
