#include "evaluation.h"

#include <stdio.h>
#include <string.h>

#include "text_cut.h"

/* The entry under way decided. */
static void evaluation__credit(evaluation_t *evaluation, const char *reason)
{
  policy_verdict_t *verdict = evaluation->verdict;
  const entry_t *entry = evaluation->entry;

  text_copy(verdict->file, sizeof verdict->file, evaluation->set->files[entry->file].name);
  text_copy(verdict->rule, sizeof verdict->rule,
            entry->rule != NULL && entry->rule->name != NULL ? entry->rule->name : "");
  text_copy(verdict->reason, sizeof verdict->reason, reason);
  verdict->line = entry->line;
}

static void evaluation__reject(evaluation_t *evaluation, int32_t error, const char *reason)
{
  evaluation__credit(evaluation, reason);
  evaluation->outcome = POLICY_ENTRY_REJECTS;
  evaluation->verdict->decided = POLICY_REJECT;
  evaluation->verdict->error = error;
  evaluation->verdict->triple = evaluation->request->effective;
}

/* False: a rewrite never ends the evaluation. */
static bool evaluation__rewrite(evaluation_t *evaluation, const verdict_value_t *value, const char *reason)
{
  policy_verdict_t *verdict = evaluation->verdict;
  policy_triple_t next = verdict_value_rewritten(value, &evaluation->subject.triple);

  if (memcmp(&next, &evaluation->subject.triple, sizeof next) == 0) {
    evaluation->outcome = POLICY_ENTRY_SAYS_NOTHING;
    snprintf(evaluation->detail, sizeof evaluation->detail, "the rewrite changes nothing");
    return false;
  }
  if (evaluation->request->shared) { /* another process already created it: docs/winsock-notes.md 2 */
    evaluation->outcome = POLICY_ENTRY_SAYS_NOTHING;
    snprintf(evaluation->detail, sizeof evaluation->detail, "a shared socket is never rewritten");
    return false;
  }
  evaluation->outcome = POLICY_ENTRY_REWRITES;
  evaluation->subject.triple = next;
  evaluation->request_number = 0;
  verdict->decided = POLICY_REWRITE;
  verdict->triple = next;
  evaluation__credit(evaluation, reason);
  return false;
}

bool evaluation_apply(evaluation_t *evaluation, const verdict_value_t *value, const char *reason)
{
  if (value->action == POLICY_REWRITE)
    return evaluation__rewrite(evaluation, value, reason);
  if (value->action == POLICY_REJECT) {
    evaluation__reject(evaluation, value->error, reason);
    return true;
  }
  evaluation->outcome = POLICY_ENTRY_ALLOWS;
  if (evaluation->verdict->decided != POLICY_REWRITE)
    evaluation__credit(evaluation, reason);
  return true;
}

bool evaluation_fail(evaluation_t *evaluation, policy_entry_outcome_t outcome)
{
  policy_verdict_t *verdict = evaluation->verdict;
  bool ends = evaluation->set->settings.on_error == POLICY_REJECT;
  bool first = !verdict->failed;

  verdict->failed = true;
  char reason[POLICY_REASON_MAX];
  snprintf(reason, sizeof reason, "%s:%d: %.*s", evaluation->set->files[evaluation->entry->file].name,
           (int)evaluation->error_line, POLICY_REASON_MAX / 2, evaluation->detail);
  text_cut(reason);
  if (ends)
    evaluation__reject(evaluation, WSAEACCES, reason);
  else if (first && verdict->decided == POLICY_ALLOW)
    text_copy(verdict->reason, sizeof verdict->reason, reason);
  evaluation->outcome = outcome;
  return ends;
}
