#include "evaluate.h"

#include <stdio.h>

#include "evaluation.h"
#include "rule_explain.h"

/* What the functions of a file may spend in one decision, in what a single call may: each of thousands could
 * stay just within its own instructions. */
enum { FILE_ALLOWANCE = 16 };

/* ---- failures ---- */

/* Count a failure of the function under way, and report it once. That the host has no memory is no policy's
 * fault. */
static void evaluate__note_failure(evaluation_t *evaluation, const script_result_t *result)
{
  policy_set_t *set = evaluation->set;
  const entry_t *entry = evaluation->entry;
  const char *file = set->files[entry->file].name;
  bool quarantined = result->outcome != SCRIPT_STARVED &&
                     quarantine_note_failure(&set->quarantine, &evaluation->failures, entry);

  if (set->host->report == NULL || set->linted)
    return;
  if (quarantine_report_due(&set->quarantine, entry)) {
    policy_report_t report = script_report(evaluation->error_line, result->message, &result->hint);

    report.file = file;
    set->host->report(set->host->context, &report);
  }
  if (quarantined)
    set->host->report(
        set->host->context,
        &(policy_report_t){.severity = POLICY_ERROR,
                           .file = file,
                           .message = "the policy failed too often: its functions are quarantined",
                           .advice = "fix it; its functions run again once the policies are reloaded"});
}

/* Apart from evaluate__run_function, whose path is the hot one. */
static __attribute__((noinline)) bool evaluate__function_failed(evaluation_t *evaluation,
                                                                const script_result_t *result)
{
  if (result->line)
    evaluation->error_line = result->line;
  if (evaluation->failure != NULL)
    *evaluation->failure = *result;
  policy_report_t report = script_report(evaluation->error_line, result->message, &result->hint);
  policy_report_message(&report, evaluation->detail, sizeof evaluation->detail);
  evaluate__note_failure(evaluation, result);
  return evaluation_fail(evaluation, POLICY_ENTRY_FAILED);
}

/* The file's functions have had their instructions in this decision. */
static __attribute__((noinline)) bool evaluate__file_overspent(evaluation_t *evaluation)
{
  script_result_t result = {.outcome = SCRIPT_BUDGET};

  snprintf(result.message, sizeof result.message,
           "the functions of the file have spent %d times the instruction limit in one decision",
           FILE_ALLOWANCE);
  return evaluate__function_failed(evaluation, &result);
}

/* ---- entries; each is true where the evaluation ends ---- */

static bool evaluate__run_function(evaluation_t *evaluation)
{
  policy_set_t *set = evaluation->set;
  const entry_t *entry = evaluation->entry;
  bool failures = quarantine_is_needed(&set->quarantine);

  if (failures && quarantine_holds(&set->quarantine, entry->file)) {
    snprintf(evaluation->detail, sizeof evaluation->detail,
             "the policy failed too often: its functions are quarantined");
    return evaluation_fail(evaluation, POLICY_ENTRY_QUARANTINED);
  }
  if (evaluation->spending_file != entry->file) {
    evaluation->spending_file = entry->file;
    evaluation->spent = 0;
  }
  if (evaluation->spent >= (uint64_t)set->settings.instruction_limit * FILE_ALLOWANCE)
    return evaluate__file_overspent(evaluation);
  script_result_t result;
  policy_call_t call; /* not zeroed: `reason` is large */
  call.request = evaluation->request;
  call.triple = &evaluation->subject.triple;
  call.file = set->files[entry->file].name;
  call.function = entry->function;
  call.request_number = evaluation->request_number;
  call.log = evaluation->verdict->log;
  call.log_size = sizeof evaluation->verdict->log;
  lua_states_call(&set->states, evaluation->slot, &call, &result);
  evaluation->request_number = call.request_number;
  evaluation->cost += result.cost;
  evaluation->spent += result.cost;
  if (result.outcome != SCRIPT_OK)
    return evaluate__function_failed(evaluation, &result);
  if (failures)
    quarantine_note_success(&set->quarantine, entry->function);
  if (!call.returned_verdict) {
    evaluation->outcome = POLICY_ENTRY_SAYS_NOTHING;
    return false;
  }
  return evaluation_apply(evaluation, &call.verdict, call.reason);
}

static bool evaluate__run_rule(evaluation_t *evaluation)
{
  const entry_t *entry = evaluation->entry;
  const rule_t *rule = entry->rule;

  evaluation->outcome = POLICY_ENTRY_NO_MATCH;
  if (!entry->concerns || !rule_matches(rule, &evaluation->subject))
    return false;
  if (entry->unknown != NULL) {
    snprintf(evaluation->detail, sizeof evaluation->detail,
             "the rule asks for `%s`, which cannot be determined for this process", entry->unknown);
    return evaluation_fail(evaluation, POLICY_ENTRY_FAILED);
  }
  return evaluation_apply(evaluation, rule->verdict, rule->verdict->reason);
}

static inline __attribute__((always_inline)) bool evaluate__run_entry(evaluation_t *evaluation, size_t index)
{
  const entry_t *entry = &evaluation->set->entries[index];

  evaluation->entry = entry;
  evaluation->error_line = entry->line;
  evaluation->cost = entry->concerns; /* otherwise what it costs pruned away */
  evaluation->detail[0] = 0;
  bool ended = entry->rule != NULL ? evaluate__run_rule(evaluation) : evaluate__run_function(evaluation);
  evaluation->verdict->cost += evaluation->cost;
  return ended;
}

static void evaluate__visit(evaluation_t *evaluation,
                            void (*visit)(void *context, const policy_entry_t *entry), void *context)
{
  const policy_set_t *set = evaluation->set;
  const rule_t *rule;
  policy_entry_t entry = policy_set_entry(set, (size_t)(evaluation->entry - set->entries), &rule);

  if (evaluation->outcome == POLICY_ENTRY_NO_MATCH)
    rule_explain(rule, &set->attributes, &evaluation->subject, evaluation->detail, sizeof evaluation->detail);
  entry.outcome = evaluation->outcome;
  entry.detail = evaluation->detail;
  entry.cost = evaluation->cost;
  visit(context, &entry);
}

/* ---- rules that do not match are skipped ---- */

/* The next entry from `from` on that is a function or a rule that matches. The rules skipped cost what they
 * always cost. */
static __attribute__((noinline)) size_t evaluate__skip_rules(evaluation_t *evaluation, size_t from)
{
  policy_set_t *set = evaluation->set;
  size_t next = from;
  const match_key_t key = {.subject = &evaluation->subject,
                           .provider_number = set->by_provider ? evaluation->request->provider_number : 0,
                           .from = (uint32_t)from};
  match_t *match = match_cache_place(&set->matches, &set->memory, evaluation->slot, &key);

  if (match != NULL && match_is_about(match, &key)) {
    next += match->count;
  } else {
    while (next < set->entry_count && set->entries[next].rule != NULL &&
           !rule_matches(set->entries[next].rule, &evaluation->subject))
      next++;
    if (match != NULL)
      match_set(match, &key, (uint32_t)(next - from));
  }
  evaluation->verdict->cost += next - from;
  return next;
}

static inline size_t evaluate__skip(evaluation_t *evaluation, size_t from)
{
  const policy_set_t *set = evaluation->set;

  if (set->entry_count < from + MATCH_CACHE_WORTH || set->unpruned ||
      (set->by_provider && !evaluation->request->provider_number))
    return from;
  return evaluate__skip_rules(evaluation, from);
}

/* ---- the whole ---- */

static void evaluate__finish(evaluation_t *evaluation, bool ended)
{
  policy_verdict_t *verdict = evaluation->verdict;
  const policy_settings_t *settings = &evaluation->set->settings;

  if (!ended && verdict->decided == POLICY_ALLOW && settings->default_verdict == POLICY_REJECT) {
    verdict->decided = POLICY_REJECT;
    verdict->error = WSAEACCES;
    if (!verdict->reason[0])
      snprintf(verdict->reason, sizeof verdict->reason,
               "no policy allows it, and the default verdict is to reject");
  }
  verdict_enforce(verdict, settings->mode, evaluation->request);
}

static __attribute__((noinline)) void
evaluate__reject_all(const policy_set_t *set, const policy_request_t *request, policy_verdict_t *verdict)
{
  evaluation_start_verdict(verdict, set, request);
  verdict_fail(verdict, POLICY_REJECT, set->rejects_all);
  verdict_enforce(verdict, set->settings.mode, request);
}

void evaluate(policy_set_t *set, size_t slot, const policy_request_t *request, policy_verdict_t *verdict,
              void (*visit)(void *context, const policy_entry_t *entry), void *context)
{
  if (set->rejects_all != NULL) {
    evaluate__reject_all(set, request, verdict);
    return;
  }
  evaluation_start_verdict(verdict, set, request);
  if (set->settings.mode == POLICY_MODE_OFF)
    return; /* pass through, whatever the default verdict */
  evaluation_t evaluation;
  evaluation_start(&evaluation, set, slot, request, verdict);
  bool ended = false;
  for (size_t i = evaluate__skip(&evaluation, 0); i < set->entry_count;
       i = evaluate__skip(&evaluation, i + 1)) {
    ended = evaluate__run_entry(&evaluation, i);
    if (visit != NULL)
      evaluate__visit(&evaluation, visit, context);
    if (ended)
      break;
  }
  evaluate__finish(&evaluation, ended);
}

policy_entry_outcome_t evaluate_alone(policy_set_t *set, size_t index, const policy_request_t *request,
                                      policy_verdict_t *verdict, script_result_t *failure)
{
  evaluation_t evaluation;

  if (set->files[set->entries[index].file].broken)
    return POLICY_ENTRY_SAYS_NOTHING;
  evaluation_start_verdict(verdict, set, request);
  evaluation_start(&evaluation, set, 0, request, verdict);
  evaluation.failure = failure;
  evaluate__run_entry(&evaluation, index);
  if (evaluation.outcome == POLICY_ENTRY_FAILED)
    quarantine_lift(&set->quarantine, evaluation.entry->file); /* it has not failed in earnest */
  return evaluation.outcome;
}
