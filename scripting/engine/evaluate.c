#include "policy_set_parts.h"

#include <stdio.h>
#include <string.h>

#include "text_match.h"

/* After so many failures in a row a policy's functions are not run any more until the next load. */
enum { FAILURES_UNTIL_SET_ASIDE = 8 };

/* What the functions of a file may spend in one decision, in what a single call may: each of thousands could
 * stay just within its own steps. */
enum { FILE_ALLOWANCE = 16 };

enum { WSAEACCES = 10013 };

/* Memos a seat has; and the shortest walk that is worth them. */
enum { MEMOS = 32, MEMO_STEPS = 4 };

static void evaluate__start_verdict(policy_verdict_t *verdict, const policy_request_t *request)
{
  verdict->action = verdict->decided = POLICY_ALLOW;
  verdict->triple = verdict->wanted = request->effective;
  verdict->error = 0;
  verdict->failed = false;
  verdict->line = 0;
  verdict->generation = 0;
  verdict->set_hash = 0;
  verdict->mode = POLICY_MODE_ENFORCE;
  verdict->cost = 0;
  verdict->file[0] = verdict->rule[0] = verdict->reason[0] = verdict->log[0] = 0;
}

static void evaluate__name_set(policy_verdict_t *verdict, const policy_set_t *set)
{
  verdict->generation = set->generation;
  verdict->set_hash = set->hash;
  verdict->mode = set->settings.mode;
}

void policy_set_failure(policy_action_t on_error, const policy_request_t *request, const char *reason,
                        policy_verdict_t *verdict)
{
  evaluate__start_verdict(verdict, request);
  verdict->failed = true;
  verdict->action = verdict->decided = on_error;
  verdict->error = on_error == POLICY_REJECT ? WSAEACCES : 0;
  text_copy(verdict->reason, sizeof verdict->reason, reason);
}

typedef struct walk {
  policy_set_t *set;
  size_t seat;
  const policy_request_t *request;
  policy_verdict_t *verdict;
  rule_subject_t subject; /* with the triple in force so far */
  const step_t *step;     /* under way */
  int32_t error_line;     /* of what made it fail; the step's own where unknown */
  uint64_t cost;          /* of that step */
  uint32_t failing_file;  /* the last whose function failed in this walk, */
  unsigned failing;       /* and how many of its functions did */
  uint32_t spending_file; /* the last whose function ran in this walk, */
  uint64_t spent;         /* and what its functions have cost */
  int request_number;     /* policy_call_t's, as long as the triple and the state stay */
  policy_entry_outcome_t outcome;
  char detail[SCRIPT_MESSAGE_MAX + SCRIPT_SUGGESTION_MAX + 32];
} walk_t;

/* The step under way is what the verdict is credited to. */
static void evaluate__credit(walk_t *walk, const char *reason)
{
  policy_verdict_t *verdict = walk->verdict;
  const step_t *step = walk->step;

  text_copy(verdict->file, sizeof verdict->file, walk->set->files[step->file].name);
  text_copy(verdict->rule, sizeof verdict->rule,
            step->rule != NULL && step->rule->name != NULL ? step->rule->name : "");
  text_copy(verdict->reason, sizeof verdict->reason, reason);
  verdict->line = step->line;
}

static void evaluate__reject(walk_t *walk, int32_t error, const char *reason)
{
  evaluate__credit(walk, reason);
  walk->outcome = POLICY_ENTRY_REJECTS;
  walk->verdict->decided = POLICY_REJECT;
  walk->verdict->error = error;
  walk->verdict->triple = walk->request->effective;
}

/* Apply what a step said. True where the walk ends. */
static bool evaluate__apply(walk_t *walk, const verdict_value_t *value, const char *reason)
{
  policy_verdict_t *verdict = walk->verdict;

  if (value->action == POLICY_REJECT) {
    evaluate__reject(walk, value->error, reason);
    return true;
  }
  if (value->action == POLICY_ALLOW) {
    walk->outcome = POLICY_ENTRY_ALLOWS;
    if (verdict->decided != POLICY_REWRITE)
      evaluate__credit(walk, reason);
    return true;
  }
  policy_triple_t next = verdict_rewrites(value, &walk->subject.triple);
  if (memcmp(&next, &walk->subject.triple, sizeof next) == 0) {
    walk->outcome = POLICY_ENTRY_SAYS_NOTHING;
    snprintf(walk->detail, sizeof walk->detail, "the rewrite changes nothing");
    return false;
  }
  if (walk->request->shared) { /* another process already created it: docs/winsock-notes.md 2 */
    walk->outcome = POLICY_ENTRY_SAYS_NOTHING;
    snprintf(walk->detail, sizeof walk->detail, "a shared socket is never rewritten");
    return false;
  }
  walk->outcome = POLICY_ENTRY_REWRITES;
  walk->subject.triple = next;
  walk->request_number = 0;
  verdict->decided = POLICY_REWRITE;
  verdict->triple = next;
  evaluate__credit(walk, reason);
  return false;
}

/* The step failed, as walk->detail tells. True where the walk ends. */
static bool evaluate__fail(walk_t *walk, policy_entry_outcome_t outcome)
{
  policy_verdict_t *verdict = walk->verdict;
  bool ends = walk->set->settings.on_error == POLICY_REJECT;
  bool first = !verdict->failed;

  verdict->failed = true;
  char reason[POLICY_REASON_MAX];
  snprintf(reason, sizeof reason, "%s:%d: %.*s", walk->set->files[walk->step->file].name,
           (int)walk->error_line, POLICY_REASON_MAX / 2, walk->detail);
  text_cut(reason);
  if (ends)
    evaluate__reject(walk, WSAEACCES, reason);
  else if (first && verdict->decided == POLICY_ALLOW)
    text_copy(verdict->reason, sizeof verdict->reason, reason);
  walk->outcome = outcome;
  return ends;
}

/* How many functions of the file have failed in this walk: a file with many would take its budget many times
 * over. */
static unsigned evaluate__count_in_walk(walk_t *walk)
{
  if (walk->failing_file != walk->step->file)
    walk->failing = 0;
  walk->failing_file = walk->step->file;
  return ++walk->failing;
}

/* Keep count of a failing function and tell of it. That the host has no memory is no policy's fault. */
static void evaluate__note_failure(walk_t *walk, const script_result_t *result)
{
  const policy_host_t *host = walk->set->host;
  policy_file_t *file = &walk->set->files[walk->step->file];
  record_t *record = &walk->set->records[walk->step->function];
  bool set_aside = false;

  if (result->outcome != SCRIPT_STARVED) {
    atomic_store(&walk->set->troubled, true);
    unsigned in_a_row = atomic_fetch_add(&record->failures, 1) + 1;
    unsigned in_this_walk = evaluate__count_in_walk(walk);
    if (in_a_row >= FAILURES_UNTIL_SET_ASIDE || in_this_walk >= FAILURES_UNTIL_SET_ASIDE)
      set_aside = !atomic_exchange(&file->set_aside, true);
  }
  if (host->report == NULL || walk->set->quiet)
    return;
  policy_report_t report = {.severity = POLICY_ERROR,
                            .file = file->name,
                            .line = walk->error_line,
                            .message = result->message,
                            .advice = result->suggestion[0] ? result->suggestion : NULL};
  if (!atomic_exchange(&record->reported, true))
    host->report(host->context, &report);
  if (set_aside) {
    report = (policy_report_t){.severity = POLICY_ERROR,
                               .file = file->name,
                               .message = "the policy failed too often in a row: its functions are set aside",
                               .advice = "mend it; it runs again once the policies are reloaded"};
    host->report(host->context, &report);
  }
}

static void evaluate__forget_failures(record_t *record)
{
  if (atomic_load_explicit(&record->failures, memory_order_relaxed))
    atomic_store(&record->failures, 0);
}

/* Apart from run_function, whose path is the hot one. */
static __attribute__((noinline)) bool evaluate__function_failed(walk_t *walk, const script_result_t *result)
{
  const char *suggestion = result->suggestion;

  if (result->line)
    walk->error_line = result->line;
  snprintf(walk->detail, sizeof walk->detail, "%s%s%s%s", result->message,
           suggestion[0] ? " (did you mean " : "", suggestion, suggestion[0] ? "?)" : "");
  evaluate__note_failure(walk, result);
  return evaluate__fail(walk, POLICY_ENTRY_FAILED);
}

/* The file's functions have had their steps in this walk. */
static __attribute__((noinline)) bool evaluate__file_overspent(walk_t *walk)
{
  script_result_t result = {.outcome = SCRIPT_BUDGET};

  snprintf(result.message, sizeof result.message,
           "the functions of the file have spent %d times the instruction limit in one decision",
           FILE_ALLOWANCE);
  return evaluate__function_failed(walk, &result);
}

static bool evaluate__run_function(walk_t *walk)
{
  policy_set_t *set = walk->set;
  const policy_file_t *file = &set->files[walk->step->file];
  bool troubled = atomic_load_explicit(&set->troubled, memory_order_relaxed);

  if (troubled && atomic_load_explicit(&file->set_aside, memory_order_relaxed)) {
    snprintf(walk->detail, sizeof walk->detail, "the policy was set aside for failing too often");
    return evaluate__fail(walk, POLICY_ENTRY_QUARANTINED);
  }
  if (walk->spending_file != walk->step->file) {
    walk->spending_file = walk->step->file;
    walk->spent = 0;
  }
  if (walk->spent >= (uint64_t)set->settings.instruction_limit * FILE_ALLOWANCE)
    return evaluate__file_overspent(walk);
  script_result_t result;
  policy_call_t call; /* not zeroed: `reason` is large */
  call.request = walk->request;
  call.triple = &walk->subject.triple;
  call.file = file->name;
  call.function = walk->step->function;
  call.request_number = walk->request_number;
  call.log = walk->verdict->log;
  call.log_size = sizeof walk->verdict->log;
  set_states_call(set, walk->seat, &call, &result);
  walk->request_number = call.request_number;
  walk->cost += result.cost;
  walk->spent += result.cost;
  if (result.outcome != SCRIPT_OK)
    return evaluate__function_failed(walk, &result);
  if (troubled)
    evaluate__forget_failures(&set->records[walk->step->function]);
  if (call.answer == ANSWER_NOTHING) {
    walk->outcome = POLICY_ENTRY_SAYS_NOTHING;
    return false;
  }
  return evaluate__apply(walk, &call.verdict, call.reason);
}

static bool evaluate__run_rule(walk_t *walk, bool concerns)
{
  const rule_t *rule = walk->step->rule;

  walk->outcome = POLICY_ENTRY_NO_MATCH;
  if (!concerns || !rule_matches(rule, &walk->subject))
    return false;
  if (walk->step->unknown != NULL) {
    snprintf(walk->detail, sizeof walk->detail,
             "the rule asks for `%s`, which cannot be determined for this process", walk->step->unknown);
    return evaluate__fail(walk, POLICY_ENTRY_FAILED);
  }
  return evaluate__apply(walk, rule->verdict, rule->verdict->reason);
}

static void evaluate__tell(walk_t *walk, void (*visit)(void *context, const policy_entry_t *step),
                           void *context)
{
  const rule_t *rule = walk->step->rule;

  if (walk->outcome == POLICY_ENTRY_NO_MATCH)
    rule_explain(rule, &walk->set->facts, &walk->subject, walk->detail, sizeof walk->detail);
  policy_entry_t step = {.file = walk->set->files[walk->step->file].name,
                         .line = walk->step->line,
                         .rule = rule != NULL ? rule->name : NULL,
                         .function = rule == NULL,
                         .outcome = walk->outcome,
                         .detail = walk->detail,
                         .cost = walk->cost};
  visit(context, &step);
}

/* From what was decided to what is done. */
static void evaluate__enforce(policy_verdict_t *verdict, const policy_settings_t *settings,
                              const policy_request_t *request)
{
  verdict->action = verdict->decided;
  verdict->wanted = verdict->triple;
  if (settings->mode == POLICY_MODE_AUDIT && verdict->decided != POLICY_ALLOW) {
    verdict->action = POLICY_ALLOW;
    verdict->triple = request->effective;
  }
}

static void evaluate__finish(walk_t *walk, bool ended)
{
  policy_verdict_t *verdict = walk->verdict;
  const policy_settings_t *settings = &walk->set->settings;

  if (!ended && verdict->decided == POLICY_ALLOW && settings->default_verdict == POLICY_REJECT) {
    verdict->decided = POLICY_REJECT;
    verdict->error = WSAEACCES;
    if (!verdict->reason[0])
      snprintf(verdict->reason, sizeof verdict->reason,
               "no policy allows it, and the default verdict is to reject");
  }
  evaluate__enforce(verdict, settings, walk->request);
}

static void evaluate__start_walk(walk_t *walk, policy_set_t *set, size_t seat,
                                 const policy_request_t *request, policy_verdict_t *verdict)
{
  walk->set = set;
  walk->seat = seat;
  walk->request = request;
  walk->verdict = verdict;
  walk->failing_file = walk->failing = 0;
  walk->spending_file = 0;
  walk->spent = 0;
  walk->request_number = 0;
  walk->subject = (rule_subject_t){request->effective, request->flags, request->shared,
                                   request->provider != NULL ? request->provider : ""};
}

/* True where the walk ends. */
static inline __attribute__((always_inline)) bool evaluate__run_step(walk_t *walk, size_t index)
{
  const policy_set_t *set = walk->set;
  bool concerns = !set->complete || set->concerns[index];

  walk->step = &set->steps[index];
  walk->error_line = walk->step->line;
  walk->cost = concerns; /* what cannot concern the process costs what it costs when folded away */
  walk->detail[0] = 0;
  bool ended = walk->step->rule != NULL ? evaluate__run_rule(walk, concerns) : evaluate__run_function(walk);
  walk->verdict->cost += walk->cost;
  return ended;
}

/* By which calls through different providers are told apart, where that matters. */
static uint64_t evaluate__provider_number(const walk_t *walk)
{
  return walk->set->by_provider ? walk->request->provider_number : 0;
}

/* Where the seat remembers, or will, about calls like this one from this step on; NULL where memory is short.
 */
static memo_t *evaluate__memo_for(const walk_t *walk, size_t from)
{
  memo_t **memos = &walk->set->memos[walk->seat];
  const rule_subject_t *subject = &walk->subject;

  if (*memos == NULL && (*memos = memory_new(&walk->set->memory, MEMOS * sizeof **memos)) == NULL)
    return NULL;
  uint32_t hash = (uint32_t)subject->triple.af * 31 + (uint32_t)subject->triple.type;
  hash = hash * 31 + (uint32_t)subject->triple.protocol;
  hash = hash * 31 + subject->flags + (uint32_t)from + (uint32_t)evaluate__provider_number(walk);
  return &(*memos)[(hash * 0x9e3779b1u) >> 27];
}

static bool evaluate__memo_holds(const memo_t *memo, const walk_t *walk, size_t from)
{
  const rule_subject_t *subject = &walk->subject;

  return memo->count && memo->from == from && memo->triple.af == subject->triple.af &&
         memo->triple.type == subject->triple.type && memo->triple.protocol == subject->triple.protocol &&
         memo->flags == subject->flags && memo->shared == subject->shared &&
         memo->provider_number == evaluate__provider_number(walk);
}

/*
 * The next step from `from` on that has something to say or is a function. What rules match depends on the
 * call alone, and programs make few kinds of sockets: what was found out for a call is remembered for others
 * like it. The rules passed over cost what they always cost.
 */
static __attribute__((noinline)) size_t evaluate__pass_rules_over(walk_t *walk, size_t from)
{
  const policy_set_t *set = walk->set;
  size_t next = from;
  memo_t *memo = evaluate__memo_for(walk, from);

  if (memo != NULL && evaluate__memo_holds(memo, walk, from)) {
    next += memo->count;
  } else {
    while (next < set->step_count && set->steps[next].rule != NULL &&
           !rule_matches(set->steps[next].rule, &walk->subject))
      next++;
    if (memo != NULL)
      *memo = (memo_t){.triple = walk->subject.triple,
                       .flags = walk->subject.flags,
                       .shared = walk->subject.shared,
                       .provider_number = evaluate__provider_number(walk),
                       .from = (uint32_t)from,
                       .count = (uint32_t)(next - from)};
  }
  walk->verdict->cost += next - from;
  return next;
}

static inline size_t evaluate__pass_over(walk_t *walk, size_t from)
{
  const policy_set_t *set = walk->set;

  if (set->step_count < from + MEMO_STEPS || set->complete ||
      (set->by_provider && !walk->request->provider_number))
    return from;
  return evaluate__pass_rules_over(walk, from);
}

static __attribute__((noinline)) void
evaluate__reject_all(const policy_set_t *set, const policy_request_t *request, policy_verdict_t *verdict)
{
  policy_set_failure(POLICY_REJECT, request, set->rejects_all, verdict);
  evaluate__name_set(verdict, set);
  evaluate__enforce(verdict, &set->settings, request);
}

void policy_set_decide(policy_set_t *set, size_t seat, const policy_request_t *request,
                       policy_verdict_t *verdict, void (*visit)(void *context, const policy_entry_t *step),
                       void *context)
{
  if (set->rejects_all != NULL) {
    evaluate__reject_all(set, request, verdict);
    return;
  }
  evaluate__start_verdict(verdict, request);
  evaluate__name_set(verdict, set);
  if (set->settings.mode == POLICY_MODE_OFF)
    return; /* pass through, whatever the default verdict */
  walk_t walk;
  evaluate__start_walk(&walk, set, seat, request, verdict);
  bool ended = false;
  for (size_t i = evaluate__pass_over(&walk, 0); i < set->step_count; i = evaluate__pass_over(&walk, i + 1)) {
    ended = evaluate__run_step(&walk, i);
    if (visit != NULL)
      evaluate__tell(&walk, visit, context);
    if (ended)
      break;
  }
  evaluate__finish(&walk, ended);
}

/* ---- for those who write policies ---- */

policy_entry_outcome_t policy_set_try(policy_set_t *set, size_t index, const policy_request_t *request,
                                      policy_verdict_t *verdict, char *detail, size_t size)
{
  walk_t walk;

  if (set->files[set->steps[index].file].broken)
    return POLICY_ENTRY_SAYS_NOTHING;
  set->quiet = true;
  evaluate__start_verdict(verdict, request);
  evaluate__name_set(verdict, set);
  evaluate__start_walk(&walk, set, 0, request, verdict);
  evaluate__run_step(&walk, index);
  if (walk.outcome == POLICY_ENTRY_FAILED)
    verdict->line = walk.error_line;
  atomic_store(&set->files[walk.step->file].set_aside, false); /* it has not failed in earnest */
  text_copy(detail, size, walk.detail);
  set->quiet = false;
  return walk.outcome;
}
