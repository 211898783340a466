#include "matrix_json.h"

#include "json.h"

static void matrix_json__triple(json_writer_t *json, const policy_triple_t *triple)
{
  json_number(json, "af", triple->af);
  json_number(json, "type", triple->type);
  json_number(json, "protocol", triple->protocol);
}

static void matrix_json__decision(json_writer_t *json, const policy_verdict_t *verdict)
{
  json_text(json, "verdict", policy_action_name(verdict->action));
  if (verdict->action == POLICY_REJECT) {
    json_number(json, "code", verdict->error);
    json_text(json, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  } else if (verdict->action == POLICY_REWRITE) {
    json_open(json, "becomes", '{');
    matrix_json__triple(json, &verdict->triple);
    json_close(json, '}');
  }
  json_text_or_none(json, "file", verdict->file);
  json_number_or_none(json, "line", verdict->line);
  json_text_or_none(json, "rule", verdict->rule);
}

static void matrix_json__cell(json_writer_t *json, const matrix_t *matrix, size_t program, size_t call)
{
  json_open(json, NULL, '{');
  json_text(json, "app", matrix->programs[program].path);
  matrix_json__triple(json, &matrix->now.triples[call]);
  if (matrix->other != NULL) {
    json_open(json, "before", '{');
    matrix_json__decision(json, decisions_at(&matrix->before, program, call));
    json_close(json, '}');
    json_open(json, "after", '{');
    matrix_json__decision(json, decisions_at(&matrix->now, program, call));
    json_close(json, '}');
  } else {
    matrix_json__decision(json, decisions_at(&matrix->now, program, call));
  }
  json_close(json, '}');
}

static void matrix_json__idle(json_writer_t *json, const decisions_t *decisions)
{
  json_open(json, "idle", '[');
  for (size_t i = 0; i < decisions->entry_count; i++) {
    const decided_entry_t *entry = &decisions->entries[i];

    if (entry->decided)
      continue;
    json_open(json, NULL, '{');
    json_text(json, "file", entry->file);
    json_number(json, "line", entry->line);
    json_text_or_none(json, "rule", entry->rule);
    json_text(json, "kind", entry->function ? "function" : "rule");
    json_close(json, '}');
  }
  json_close(json, ']');
}

void matrix_json_print(const matrix_t *matrix)
{
  json_writer_t json = {.stream = stdout};

  json_open(&json, NULL, '{');
  json_text(&json, "policies", matrix->folder);
  if (matrix->other != NULL)
    json_text(&json, "against", matrix->other);
  json_open(&json, "cells", '[');
  for (size_t program = 0; program < matrix->program_count; program++)
    for (size_t call = 0; call < matrix->now.calls; call++)
      if (matrix->other == NULL || matrix_changes(matrix, program, call))
        matrix_json__cell(&json, matrix, program, call);
  json_close(&json, ']');
  matrix_json__idle(&json, &matrix->now);
  json_close(&json, '}');
  json_end_line(&json);
}
