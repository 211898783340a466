#include "matrix_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "legend.h"
#include "triple_text.h"

enum { CELL_MAX = 200, CELLS_MAX = 3 * CELL_MAX };

/* Row 0 holds the programs, column 0 the calls. */
typedef struct table {
  const matrix_t *matrix;
  size_t rows, columns;
  char **cells;
  size_t *widths;          /* of the columns */
  legend_t legend, before; /* what decides by the one folder and by the other */
} table_t;

/* ---- texts ---- */

/* False where memory is short. */
static bool matrix_table__decision_text(const policy_verdict_t *verdict, legend_t *legend,
                                        char text[CELL_MAX])
{
  char triple[TRIPLE_TEXT_MAX];
  int used = snprintf(text, CELL_MAX, "%s", policy_action_name(verdict->action));

  if (verdict->action == POLICY_REJECT)
    used += snprintf(text + used, CELL_MAX - (size_t)used, " %s",
                     policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  else if (verdict->action == POLICY_REWRITE)
    used += snprintf(text + used, CELL_MAX - (size_t)used, " %s", triple_text(&verdict->triple, triple));
  if (!verdict->file[0])
    return true;
  size_t number = legend_number(legend, verdict);
  snprintf(text + used, CELL_MAX - (size_t)used, " [%zu]", number);
  return number != 0;
}

static bool matrix_table__cell_text(table_t *table, size_t program, size_t call, char text[CELLS_MAX])
{
  const matrix_t *matrix = table->matrix;
  char now[CELL_MAX], before[CELL_MAX];

  if (!matrix_table__decision_text(decisions_at(&matrix->now, program, call), &table->legend, now))
    return false;
  if (matrix->other == NULL) {
    snprintf(text, CELLS_MAX, "%s", now);
    return true;
  }
  if (!matrix_table__decision_text(decisions_at(&matrix->before, program, call), &table->before, before))
    return false;
  if (matrix_changes(matrix, program, call))
    snprintf(text, CELLS_MAX, "%s -> %s", before, now);
  else
    snprintf(text, CELLS_MAX, "=");
  return true;
}

/* The protocols of a row: by name where they are few. */
static void matrix_table__protocols_text(const matrix_t *matrix, size_t row, char text[CELL_MAX])
{
  const decisions_t *now = &matrix->now;
  size_t all = 0, own = 0;
  int used = 0;

  for (size_t call = 0; call < now->calls; call++) {
    all += now->base_entries[call] == now->base_entries[row];
    own += matrix->rows[call] == row;
  }
  if (all > 1 && own == all) {
    snprintf(text, CELL_MAX, "any protocol");
    return;
  }
  if (own > 4) {
    snprintf(text, CELL_MAX, "%zu of %zu protocols%s", own, all, own * 2 > all ? ", the others" : "");
    return;
  }
  text[0] = 0;
  for (size_t call = row; call < now->calls; call++) {
    char name[TRIPLE_TEXT_MAX];

    if (matrix->rows[call] == row)
      used += snprintf(text + used, CELL_MAX - (size_t)used, "%s%.40s", used ? ", " : "",
                       triple_text_protocol(&now->triples[call], name));
  }
}

static void matrix_table__call_text(const matrix_t *matrix, size_t row, char text[CELLS_MAX])
{
  char socket[TRIPLE_TEXT_MAX], protocols[CELL_MAX];

  matrix_table__protocols_text(matrix, row, protocols);
  snprintf(text, CELLS_MAX, "%s %s", triple_text_socket(&matrix->now.triples[row], socket), protocols);
}

/* ---- the table ---- */

static bool matrix_table__set(table_t *table, size_t row, size_t column, const char *text)
{
  size_t length = strlen(text);
  char *copy = malloc(length + 1);

  if (copy == NULL)
    return false;
  table->cells[row * table->columns + column] = strcpy(copy, text);
  if (length > table->widths[column])
    table->widths[column] = length;
  return true;
}

static bool matrix_table__add_row(table_t *table, size_t call)
{
  char text[CELLS_MAX];
  size_t row = table->rows++;

  matrix_table__call_text(table->matrix, call, text);
  if (!matrix_table__set(table, row, 0, text))
    return false;
  for (size_t i = 0; i < table->matrix->program_count; i++)
    if (!matrix_table__cell_text(table, i, call, text) || !matrix_table__set(table, row, i + 1, text))
      return false;
  return true;
}

static bool matrix_table__fill(table_t *table, const matrix_t *matrix)
{
  table->matrix = matrix;
  table->columns = matrix->program_count + 1;
  table->cells = calloc((matrix->now.calls + 1) * table->columns, sizeof *table->cells);
  table->widths = calloc(table->columns, sizeof *table->widths);
  if (table->cells == NULL || table->widths == NULL)
    return false;
  table->rows = 1;
  if (!matrix_table__set(table, 0, 0, ""))
    return false;
  for (size_t i = 0; i < matrix->program_count; i++)
    if (!matrix_table__set(table, 0, i + 1,
                           matrix->programs[i].path[0] ? matrix->programs[i].path : "(unnamed program)"))
      return false;
  for (size_t call = 0; call < matrix->now.calls; call++)
    if (matrix->rows[call] == call && !matrix_table__add_row(table, call))
      return false;
  return true;
}

static void matrix_table__free(table_t *table)
{
  for (size_t i = 0; table->cells != NULL && i < table->rows * table->columns; i++)
    free(table->cells[i]);
  free(table->cells);
  free(table->widths);
  legend_free(&table->legend);
  legend_free(&table->before);
}

/* ---- printing ---- */

static const char *matrix_table__colour(policy_action_t action)
{
  return action == POLICY_ALLOW ? "\x1b[32m" : action == POLICY_REJECT ? "\x1b[31m" : "\x1b[33m";
}

/* `call`: whose verdicts colour the cells; MATRIX_NO_ROW for none. */
static void matrix_table__print_row(const table_t *table, size_t row, size_t call)
{
  for (size_t column = 0; column < table->columns; column++) {
    const char *text = table->cells[row * table->columns + column];
    bool coloured = call != MATRIX_NO_ROW && column > 0, last = column + 1 == table->columns;

    if (column > 0)
      printf("  ");
    if (coloured)
      printf("%s", matrix_table__colour(decisions_at(&table->matrix->now, column - 1, call)->action));
    printf("%s%s", text, coloured ? "\x1b[0m" : "");
    if (!last)
      printf("%*s", (int)(table->widths[column] - strlen(text)), "");
  }
  putchar('\n');
}

static void matrix_table__print_rows(const table_t *table, bool colours)
{
  size_t row = 0;

  matrix_table__print_row(table, row++, MATRIX_NO_ROW);
  for (size_t call = 0; call < table->matrix->now.calls; call++)
    if (table->matrix->rows[call] == call)
      matrix_table__print_row(table, row++, colours ? call : MATRIX_NO_ROW);
}

static void matrix_table__print_idle(const decisions_t *decisions)
{
  bool any = false;

  for (size_t i = 0; i < decisions->entry_count; i++) {
    const decided_entry_t *entry = &decisions->entries[i];

    if (entry->decided)
      continue;
    if (!any)
      printf("\nThese decide nothing for the programs given:\n");
    any = true;
    printf("  %s:%d  %s%s%s%s\n", entry->file, (int)entry->line, entry->function ? "on_socket" : "rule",
           entry->rule[0] ? " \"" : "", entry->rule, entry->rule[0] ? "\"" : "");
  }
}

bool matrix_table_print(const matrix_t *matrix, bool colours)
{
  table_t table = {0};
  bool filled = matrix_table__fill(&table, matrix);

  if (filled && matrix->other != NULL && table.rows == 1)
    printf("nothing changes from %s to %s\n", matrix->other, matrix->folder);
  else if (filled)
    matrix_table__print_rows(&table, colours);
  if (filled) {
    legend_print(&table.before, matrix->other);
    legend_print(&table.legend, matrix->other != NULL ? matrix->folder : NULL);
  }
  if (filled && matrix->other == NULL)
    matrix_table__print_idle(&matrix->now);
  matrix_table__free(&table);
  return filled;
}
