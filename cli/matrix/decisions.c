#include "decisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_catalog.h"
#include "evaluator.h"

typedef struct evaluation {
  decisions_t *decisions;
  size_t entry; /* entries are visited in the order in which they are listed */
  bool out_of_memory;
} evaluation_t;

static void decisions__list_entry(void *context, const policy_entry_t *entry)
{
  evaluation_t *evaluation = context;
  decisions_t *decisions = evaluation->decisions;

  if (decisions->entry_count == decisions->entry_room) {
    size_t room = decisions->entry_room ? decisions->entry_room * 2 : 64;
    decided_entry_t *entries = realloc(decisions->entries, room * sizeof *entries);

    if (entries == NULL) {
      evaluation->out_of_memory = true;
      return;
    }
    decisions->entries = entries;
    decisions->entry_room = room;
  }
  decided_entry_t *listed = &decisions->entries[decisions->entry_count++];
  memset(listed, 0, sizeof *listed);
  snprintf(listed->file, sizeof listed->file, "%s", entry->file);
  snprintf(listed->rule, sizeof listed->rule, "%s", entry->rule != NULL ? entry->rule : "");
  listed->line = entry->line;
  listed->function = entry->function;
}

static void decisions__note_entry(void *context, const policy_entry_t *entry)
{
  evaluation_t *evaluation = context;

  if (evaluation->entry < evaluation->decisions->entry_count)
    evaluation->decisions->entries[evaluation->entry].decided |= entry->outcome == POLICY_ENTRY_ALLOWS ||
                                                                 entry->outcome == POLICY_ENTRY_REJECTS ||
                                                                 entry->outcome == POLICY_ENTRY_REWRITES;
  evaluation->entry++;
}

static bool decisions__list_calls(decisions_t *decisions)
{
  size_t count, at = 0;
  const policy_base_entry_t *base = base_catalog_entries(&count);

  for (size_t i = 0; i < count; i++)
    decisions->calls += (size_t)base[i].protocol_offset + 1;
  decisions->triples = calloc(decisions->calls, sizeof *decisions->triples);
  decisions->base_entries = calloc(decisions->calls, sizeof *decisions->base_entries);
  if (decisions->triples == NULL || decisions->base_entries == NULL)
    return false;
  for (size_t i = 0; i < count; i++)
    for (int32_t offset = 0; offset <= base[i].protocol_offset; offset++, at++) {
      decisions->triples[at] = base[i].triple;
      decisions->triples[at].protocol += offset;
      decisions->base_entries[at] = i;
    }
  return true;
}

static bool decisions__decide(decisions_t *decisions, evaluator_t *evaluator, const request_spec_t *program,
                              size_t index)
{
  for (size_t call = 0; call < decisions->calls; call++) {
    request_spec_t spec = *program;
    policy_verdict_t *verdict = &decisions->verdicts[index * decisions->calls + call];
    evaluation_t evaluation = {decisions, 0, false};

    spec.requested = spec.effective = decisions->triples[call];
    spec.names_requested = spec.names_effective = true;
    if (!evaluator_decide(evaluator, &spec, verdict, decisions__note_entry, &evaluation))
      return false;
    if (index == 0 && call == 0) { /* now the policies are loaded: list their entries, and decide once more */
      policy_engine_entries(evaluator_engine(evaluator, &spec), decisions__list_entry, &evaluation);
      evaluation.entry = 0;
      if (evaluation.out_of_memory ||
          !evaluator_decide(evaluator, &spec, verdict, decisions__note_entry, &evaluation))
        return false;
    }
  }
  return true;
}

bool decisions_make(decisions_t *decisions, const policy_settings_t *settings, const request_spec_t *programs,
                    size_t program_count)
{
  memset(decisions, 0, sizeof *decisions);
  evaluator_t *evaluator = evaluator_create(settings, NULL);
  bool made = evaluator != NULL && decisions__list_calls(decisions);
  decisions->programs = program_count;
  decisions->verdicts = made ? calloc(program_count * decisions->calls, sizeof *decisions->verdicts) : NULL;
  made = made && decisions->verdicts != NULL;
  for (size_t i = 0; made && i < program_count; i++)
    made = decisions__decide(decisions, evaluator, &programs[i], i);
  decisions->errors = evaluator != NULL ? evaluator_errors(evaluator) : 0;
  evaluator_destroy(evaluator);
  return made;
}

void decisions_free(decisions_t *decisions)
{
  free(decisions->triples);
  free(decisions->base_entries);
  free(decisions->verdicts);
  free(decisions->entries);
}

const policy_verdict_t *decisions_at(const decisions_t *decisions, size_t program, size_t call)
{
  return &decisions->verdicts[program * decisions->calls + call];
}
