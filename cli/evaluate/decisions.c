#include "decisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluator.h"
#include "base_catalog.h"

typedef struct walk {
  decisions_t *decisions;
  size_t step; /* the walk visits the steps in order */
  bool short_of_memory;
} walk_t;

static void decisions__list_step(void *context, const policy_entry_t *step)
{
  walk_t *walk = context;
  decisions_t *decisions = walk->decisions;

  if (decisions->step_count == decisions->step_room) {
    size_t room = decisions->step_room ? decisions->step_room * 2 : 64;
    decided_step_t *steps = realloc(decisions->steps, room * sizeof *steps);

    if (steps == NULL) {
      walk->short_of_memory = true;
      return;
    }
    decisions->steps = steps;
    decisions->step_room = room;
  }
  decided_step_t *listed = &decisions->steps[decisions->step_count++];
  memset(listed, 0, sizeof *listed);
  snprintf(listed->file, sizeof listed->file, "%s", step->file);
  snprintf(listed->rule, sizeof listed->rule, "%s", step->rule != NULL ? step->rule : "");
  listed->line = step->line;
  listed->function = step->function;
}

static void decisions__note_step(void *context, const policy_entry_t *step)
{
  walk_t *walk = context;

  if (walk->step < walk->decisions->step_count)
    walk->decisions->steps[walk->step].decided |= step->outcome == POLICY_ENTRY_ALLOWS ||
                                                  step->outcome == POLICY_ENTRY_REJECTS ||
                                                  step->outcome == POLICY_ENTRY_REWRITES;
  walk->step++;
}

static bool decisions__list_calls(decisions_t *decisions)
{
  size_t count, at = 0;
  const policy_base_entry_t *entries = base_catalog_entries(&count);

  for (size_t i = 0; i < count; i++)
    decisions->calls += (size_t)entries[i].protocol_offset + 1;
  decisions->triples = calloc(decisions->calls, sizeof *decisions->triples);
  decisions->entries = calloc(decisions->calls, sizeof *decisions->entries);
  if (decisions->triples == NULL || decisions->entries == NULL)
    return false;
  for (size_t i = 0; i < count; i++)
    for (int32_t offset = 0; offset <= entries[i].protocol_offset; offset++, at++) {
      decisions->triples[at] = entries[i].triple;
      decisions->triples[at].protocol += offset;
      decisions->entries[at] = i;
    }
  return true;
}

static bool decisions__decide(decisions_t *decisions, evaluator_t *evaluator, const request_spec_t *program,
                              size_t index)
{
  for (size_t call = 0; call < decisions->calls; call++) {
    request_spec_t question = *program;
    walk_t walk = {decisions, 0, false};

    question.requested = question.effective = decisions->triples[call];
    question.names_requested = question.names_effective = true;
    if (!evaluator_decide(evaluator, &question, &decisions->verdicts[index * decisions->calls + call],
                          decisions__note_step, &walk))
      return false;
    if (index == 0 && call == 0) { /* now the steps are loaded; this walk is noted below */
      policy_engine_entries(evaluator_engine(evaluator, &question), decisions__list_step, &walk);
      walk.step = 0;
      if (walk.short_of_memory ||
          !evaluator_decide(evaluator, &question, &decisions->verdicts[0], decisions__note_step, &walk))
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
  free(decisions->entries);
  free(decisions->verdicts);
  free(decisions->steps);
}

const policy_verdict_t *decisions_at(const decisions_t *decisions, size_t program, size_t call)
{
  return &decisions->verdicts[program * decisions->calls + call];
}
