#include "policy_set.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "policy_state.h"
#include "text_match.h"

/* After so many failures in a row a policy's functions are not run any more until the next load. */
enum { FAILURES_UNTIL_SET_ASIDE = 8 };

enum { WSAEACCES = 10013 };

typedef struct policy_file {
  const char *name;
  size_t functions; /* on_socket functions in it */
  bool broken;
  atomic_bool set_aside;
} policy_file_t;

/* How an on_socket function has fared. */
typedef struct record {
  atomic_uint failures; /* in a row */
  atomic_bool reported; /* its first failure was told */
} record_t;

/* A Lua state, and whether functions ran in it: then its globals may have grown. */
typedef struct state {
  script_t *script;
  bool used;
} state_t;

/* From one step on, so many are rules that do not match a call like this. */
typedef struct memo {
  policy_triple_t triple;
  uint32_t flags;
  bool shared;
  uint32_t from, count; /* 0: nothing is remembered */
} memo_t;

/* Memos a seat has; and the shortest walk that is worth them. */
enum { MEMOS = 32, MEMO_STEPS = 4 };

typedef struct step {
  uint32_t file;
  int32_t line;
  size_t function;     /* from 1; 0 for a rule */
  const rule_t *rule;  /* NULL for a function */
  const char *unknown; /* a fact the rule needs and the host cannot tell */
} step_t;

typedef struct finding {
  struct finding *next;
  policy_report_t report;
} finding_t;

struct policy_set {
  const policy_host_t *host;
  facts_t facts;
  memory_t memory;
  arena_t arena;
  policy_settings_t settings;
  folder_t *folder;
  uint32_t generation;
  bool complete;
  bool thorough;
  bool quiet; /* steps are only tried: failures are not reported */
  const policy_watch_t *watch;
  bool out_of_memory;
  char *rejects_all; /* why every socket is rejected; NULL while policies decide */

  policy_file_t *files;
  step_t *steps; /* that concern this process; the others too in a complete set */
  size_t step_count, step_room;
  size_t registered; /* steps before folding */
  bool *concerns;    /* of a complete set: beside each step */
  size_t concerns_room;
  size_t errors;
  finding_t *findings, **findings_end;

  record_t *records; /* of functions, by their number */
  state_t states[POLICY_SET_SEATS];
  memo_t *memos[POLICY_SET_SEATS]; /* MEMOS of them, NULL before they are needed */
  bool by_provider;                /* a rule looks at the name of the provider, which memos do not hold */
};

/* ---- building ---- */

typedef struct build {
  policy_set_t *set;
  uint32_t file; /* being loaded */
  size_t file_errors;
  step_recorder_t recorder;
} build_t;

static const char *keep_text(policy_set_t *set, const char *text)
{
  if (!text)
    return NULL;
  const char *copy = arena_text(&set->arena, text, strlen(text));
  set->out_of_memory |= !copy;
  return copy;
}

static void find(policy_set_t *set, policy_severity_t severity, const char *file, int32_t line,
                 const char *message, const char *suggestion)
{
  finding_t *finding = arena_new(&set->arena, sizeof *finding);
  if (!finding) {
    set->out_of_memory = true;
    return;
  }
  finding->report = (policy_report_t){severity, file, line, keep_text(set, message),
                                      suggestion && suggestion[0] ? keep_text(set, suggestion) : NULL};
  *set->findings_end = finding;
  set->findings_end = &finding->next;
  set->errors += severity == POLICY_ERROR;
}

/* A policy that errs in a loop must not fill the memory with what is told of it. */
enum { TOLD_OF_A_FILE = 100 };

static bool was_found(const policy_set_t *set, const char *file, int32_t line, const char *message)
{
  for (const finding_t *finding = set->findings; finding; finding = finding->next)
    if (finding->report.file == file && finding->report.line == line &&
        strcmp(finding->report.message, message) == 0)
      return true;
  return false;
}

static void diagnose(void *context, int32_t line, const char *message, const char *suggestion)
{
  build_t *build = context;
  const char *file = build->set->files[build->file].name;
  if (build->set->thorough && was_found(build->set, file, line, message))
    return; /* seen in the compiled file, and met again when it ran */
  if (++build->file_errors > TOLD_OF_A_FILE)
    return;
  if (build->file_errors == TOLD_OF_A_FILE) {
    message = "there are more errors in this file than are told";
    suggestion = NULL;
  }
  find(build->set, POLICY_ERROR, file, line, message, suggestion);
}

static bool add_step(policy_set_t *set, const step_t *step, bool concerns)
{
  if (!memory_grow(&set->memory, &set->steps, set->step_count, &set->step_room, sizeof *set->steps) ||
      (set->complete && !memory_grow(&set->memory, &set->concerns, set->step_count, &set->concerns_room,
                                     sizeof *set->concerns))) {
    set->out_of_memory = true;
    return false;
  }
  set->steps[set->step_count] = *step;
  set->by_provider |= step->rule && step->rule->provider;
  if (set->complete)
    set->concerns[set->step_count] = concerns;
  set->step_count++;
  return true;
}

static void tell_watch(const build_t *build, int32_t line, bool function)
{
  const policy_watch_t *watch = build->set->watch;
  if (watch && watch->step)
    watch->step(watch->context, build->set->files[build->file].name, line, function);
}

static step_kept_t add_rule(void *context, int32_t line, rule_t *rule)
{
  build_t *build = context;
  step_t step = {.file = build->file, .line = line, .rule = rule};
  build->set->registered++;
  tell_watch(build, line, false);
  bool concerns = rule_matches_process(rule, &build->set->facts, &step.unknown) != RULE_DOES_NOT_HOLD;
  if (!concerns && !build->set->complete)
    return STEP_DROPPED; /* folded: it can never match in this process */
  return add_step(build->set, &step, concerns) ? STEP_KEPT : STEP_NO_MEMORY;
}

static step_kept_t add_function(void *context, int32_t line)
{
  build_t *build = context;
  step_t step = {.file = build->file, .line = line, .function = build->recorder.functions};
  build->set->registered++;
  build->set->files[build->file].functions++;
  tell_watch(build, line, true);
  return add_step(build->set, &step, true) ? STEP_KEPT : STEP_NO_MEMORY;
}

static void load_file(build_t *build, script_t *script, uint32_t index)
{
  policy_set_t *set = build->set;
  const folder_file_t *file = folder_file(set->folder, index);
  policy_file_t *loaded = &set->files[index];
  size_t steps = set->step_count, functions = build->recorder.functions, registered = set->registered;
  build->file = index;
  build->file_errors = 0;
  if (!file->text) {
    char message[128];
    snprintf(message, sizeof message, "the file %s",
             file->status == PLATFORM_TOO_LARGE ? "is larger than 4 MiB"
                                                : platform_status_text(file->status));
    diagnose(build, 0, message, NULL);
  } else {
    script_result_t result;
    policy_state_load(script, file, &set->facts, &set->settings, &build->recorder, &result);
    set->out_of_memory |= result.outcome == SCRIPT_STARVED || set->arena.starved;
    if (result.outcome != SCRIPT_OK)
      diagnose(build, result.line, result.message, result.suggestion);
  }
  if (build->file_errors) { /* nothing of a broken file is kept */
    loaded->broken = true;
    if (set->thorough)
      return; /* but its rules are looked at */
    loaded->functions = 0;
    set->step_count = steps;
    set->registered = registered;
    build->recorder.functions = functions;
  }
}

static void find_folder_trouble(policy_set_t *set)
{
  char message[POLICY_PATH_MAX + 64];
  platform_status_t status = folder_status(set->folder);
  if (status == PLATFORM_OK)
    return;
  snprintf(message, sizeof message, "the policy folder %s: %s", set->settings.policy_dir,
           platform_status_text(status));
  find(set, POLICY_ERROR, NULL, 0, message, NULL);
}

/* "10-base.lua:3: message", for the reason of verdicts. */
static void describe_first_error(const policy_set_t *set, char *text, size_t size)
{
  text[0] = 0;
  for (const finding_t *finding = set->findings; finding; finding = finding->next) {
    const policy_report_t *report = &finding->report;
    if (report->severity != POLICY_ERROR)
      continue;
    if (report->file)
      snprintf(text, size, "%s:%d: %s", report->file, (int)report->line, report->message);
    else
      snprintf(text, size, "%s", report->message);
    text_cut(text);
    return;
  }
}

static void load_files(policy_set_t *set)
{
  build_t build = {.set = set,
                   .recorder = {.arena = &set->arena,
                                .thorough = set->thorough,
                                .add_rule = add_rule,
                                .add_function = add_function,
                                .diagnose = diagnose}};
  build.recorder.context = &build;
  size_t count = folder_count(set->folder);
  if (!count)
    return;
  set->files = arena_new(&set->arena, count * sizeof *set->files);
  script_t *script = set->files ? policy_state_create(&set->memory, set->watch) : NULL;
  if (!script) {
    set->out_of_memory = true;
    return;
  }
  for (uint32_t i = 0; i < count && !set->out_of_memory; i++) {
    set->files[i].name = folder_file(set->folder, i)->name;
    load_file(&build, script, i);
  }
  if (build.recorder.functions) {
    script_settle(script, true);
    set->states[0].script = script; /* the first seat's */
    set->records = arena_new(&set->arena, (build.recorder.functions + 1) * sizeof *set->records);
    set->out_of_memory |= !set->records;
  } else {
    script_destroy(script); /* rules alone need no Lua */
  }
}

policy_set_t *policy_set_build(const policy_set_plan_t *plan)
{
  policy_set_t *set = memory_new(plan->memory, sizeof *set);
  if (!set)
    return NULL;
  set->host = plan->host;
  facts_open(&set->facts, set->host);
  set->memory = *plan->memory;
  arena_init(&set->arena, plan->memory);
  set->settings = *plan->settings;
  set->folder = folder_share(plan->folder);
  set->generation = plan->generation;
  set->complete = plan->complete;
  set->thorough = plan->thorough;
  set->watch = plan->watch;
  set->findings_end = &set->findings;

  find_folder_trouble(set);
  if (!set->errors)
    load_files(set);
  if (set->errors && plan->first && set->settings.on_error == POLICY_REJECT) {
    char reason[POLICY_REASON_MAX];
    describe_first_error(set, reason, sizeof reason);
    set->rejects_all = arena_text(&set->arena, reason, strlen(reason));
    set->out_of_memory |= !set->rejects_all;
  }
  if (set->out_of_memory) {
    policy_set_destroy(set);
    return NULL;
  }
  return set;
}

void policy_set_destroy(policy_set_t *set)
{
  if (!set)
    return;
  for (size_t i = 0; i < POLICY_SET_SEATS; i++)
    script_destroy(set->states[i].script);
  memory_t memory = set->memory;
  for (size_t i = 0; i < POLICY_SET_SEATS; i++)
    memory_free(&memory, set->memos[i]);
  folder_release(set->folder);
  arena_clear(&set->arena);
  memory_free(&memory, set->steps);
  memory_free(&memory, set->concerns);
  memory_free(&memory, set);
}

/* ---- about a set ---- */

size_t policy_set_errors(const policy_set_t *set)
{
  return set->errors;
}

void policy_set_report(const policy_set_t *set)
{
  if (!set->host->report)
    return;
  for (const finding_t *finding = set->findings; finding; finding = finding->next)
    set->host->report(set->host->context, &finding->report);
}

const policy_settings_t *policy_set_settings(const policy_set_t *set)
{
  return &set->settings;
}

folder_t *policy_set_folder(const policy_set_t *set)
{
  return set->folder;
}

bool policy_set_is_complete(const policy_set_t *set)
{
  return set->complete;
}

size_t policy_set_files(const policy_set_t *set)
{
  size_t count = 0;
  for (size_t i = 0; set->files && i < folder_count(set->folder); i++)
    count += !set->files[i].broken;
  return count;
}

size_t policy_set_steps(const policy_set_t *set)
{
  return set->registered;
}

/* ---- further Lua states ---- */

static step_kept_t count_rule(void *context, int32_t line, rule_t *rule)
{
  (void)context, (void)line, (void)rule;
  return STEP_KEPT;
}

static step_kept_t count_function(void *context, int32_t line)
{
  (void)context, (void)line;
  return STEP_KEPT;
}

static void ignore_diagnosis(void *context, int32_t line, const char *message, const char *suggestion)
{
  (void)context, (void)line, (void)message, (void)suggestion;
}

/* Load the files that have functions once more. NULL, or why that failed: a file that does not do the same
 * things twice has functions that cannot be told apart. */
static const char *load_again(policy_set_t *set, script_t *script, bool *starved)
{
  step_recorder_t recorder = {
      .add_rule = count_rule, .add_function = count_function, .diagnose = ignore_diagnosis};
  for (size_t i = 0; i < folder_count(set->folder); i++) {
    script_result_t result;
    size_t before = recorder.functions;
    if (!set->files[i].functions)
      continue;
    policy_state_load(script, folder_file(set->folder, i), &set->facts, &set->settings, &recorder, &result);
    *starved = result.outcome == SCRIPT_STARVED;
    if (*starved)
      return "no Lua state for the policy: out of memory";
    if (result.outcome != SCRIPT_OK || recorder.functions - before != set->files[i].functions)
      return "no Lua state for the policy: a file does not register the same steps each time it is loaded";
  }
  script_settle(script, true);
  return NULL;
}

/* Give the state a script. NULL, or why there is none. */
static const char *fill_state(policy_set_t *set, state_t *state, bool *starved)
{
  script_t *script = policy_state_create(&set->memory, set->watch);
  *starved = !script;
  const char *trouble =
      script ? load_again(set, script, starved) : "no Lua state for the policy: out of memory";
  if (trouble)
    script_destroy(script);
  else
    *state = (state_t){script, false};
  return trouble;
}

static void empty_state(state_t *state)
{
  script_destroy(state->script);
  *state = (state_t){NULL, false};
}

/*
 * Call a function in a state. What earlier calls left in the globals of a state must not make this one fail:
 * where the memory limit is reached in a state that was used before, the function has another try in a new
 * one. A state that reached it is not kept.
 */
static void call_in_state(policy_set_t *set, state_t *state, policy_call_t *call, script_result_t *result)
{
  size_t logged = call->log[0] ? strlen(call->log) : 0;
  uint64_t cost = 0;
  for (bool again = true; again;) {
    const char *trouble = NULL;
    result->outcome = SCRIPT_OK;
    if (!state->script) {
      bool starved;
      trouble = fill_state(set, state, &starved);
      result->outcome = !trouble ? SCRIPT_OK : starved ? SCRIPT_STARVED : SCRIPT_ERROR;
    }
    if (trouble) {
      result->cost = 0;
      result->line = 0;
      result->suggestion[0] = 0;
      text_copy(result->message, sizeof result->message, trouble);
      break;
    }
    again = state->used;
    state->used = true;
    call->log[logged] = 0;
    policy_state_call(state->script, &set->facts, &set->settings, call, result);
    cost += result->cost;
    if (result->outcome != SCRIPT_MEMORY)
      break;
    empty_state(state);
    call->request_number = 0;
  }
  result->cost = cost;
}

/* ---- the walk ---- */

static void start_verdict(policy_verdict_t *verdict, const policy_request_t *request, uint32_t generation)
{
  verdict->action = verdict->decided = POLICY_ALLOW;
  verdict->triple = request->effective;
  verdict->error = 0;
  verdict->failed = false;
  verdict->line = 0;
  verdict->generation = generation;
  verdict->cost = 0;
  verdict->file[0] = verdict->rule[0] = verdict->reason[0] = verdict->log[0] = 0;
}

void policy_set_trouble(policy_action_t on_error, const policy_request_t *request, const char *reason,
                        policy_verdict_t *verdict)
{
  start_verdict(verdict, request, 0);
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
  int request_number;     /* policy_call_t's, as long as the triple and the state stay */
  policy_step_outcome_t outcome;
  char detail[SCRIPT_MESSAGE_MAX + SCRIPT_SUGGESTION_MAX + 32];
} walk_t;

/* The step under way is what the verdict is credited to. */
static void credit(walk_t *walk, const char *reason)
{
  policy_verdict_t *verdict = walk->verdict;
  const step_t *step = walk->step;
  text_copy(verdict->file, sizeof verdict->file, walk->set->files[step->file].name);
  text_copy(verdict->rule, sizeof verdict->rule, step->rule && step->rule->name ? step->rule->name : "");
  text_copy(verdict->reason, sizeof verdict->reason, reason);
  verdict->line = step->line;
}

static void reject(walk_t *walk, int32_t error, const char *reason)
{
  credit(walk, reason);
  walk->outcome = POLICY_STEP_REJECTS;
  walk->verdict->decided = POLICY_REJECT;
  walk->verdict->error = error;
  walk->verdict->triple = walk->request->effective;
}

/* Apply what a step said. True where the walk ends. */
static bool apply(walk_t *walk, const verdict_value_t *value, const char *reason)
{
  policy_verdict_t *verdict = walk->verdict;
  if (value->action == POLICY_REJECT) {
    reject(walk, value->error, reason);
    return true;
  }
  if (value->action == POLICY_ALLOW) {
    walk->outcome = POLICY_STEP_ALLOWS;
    if (verdict->decided != POLICY_REWRITE)
      credit(walk, reason);
    return true;
  }
  policy_triple_t next = verdict_rewrites(value, &walk->subject.triple);
  if (memcmp(&next, &walk->subject.triple, sizeof next) == 0) {
    walk->outcome = POLICY_STEP_SAYS_NOTHING;
    snprintf(walk->detail, sizeof walk->detail, "the rewrite changes nothing");
    return false;
  }
  if (walk->request->shared) { /* another process already created it: WINSOCK.md 2 */
    walk->outcome = POLICY_STEP_SAYS_NOTHING;
    snprintf(walk->detail, sizeof walk->detail, "a shared socket is never rewritten");
    return false;
  }
  walk->outcome = POLICY_STEP_REWRITES;
  walk->subject.triple = next;
  walk->request_number = 0;
  verdict->decided = POLICY_REWRITE;
  verdict->triple = next;
  credit(walk, reason);
  return false;
}

/* The step failed, as walk->detail tells. True where the walk ends. */
static bool fail(walk_t *walk, policy_step_outcome_t outcome)
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
    reject(walk, WSAEACCES, reason);
  else if (first && verdict->decided == POLICY_ALLOW)
    text_copy(verdict->reason, sizeof verdict->reason, reason);
  walk->outcome = outcome;
  return ends;
}

/* How many functions of the file have failed in this walk: a file with many would take its budget many times
 * over. */
static unsigned count_in_walk(walk_t *walk)
{
  if (walk->failing_file != walk->step->file)
    walk->failing = 0;
  walk->failing_file = walk->step->file;
  return ++walk->failing;
}

/* Keep count of a failing function and tell of it. That the host has no memory is no policy's fault. */
static void note_failure(walk_t *walk, const script_result_t *result)
{
  const policy_host_t *host = walk->set->host;
  policy_file_t *file = &walk->set->files[walk->step->file];
  record_t *record = &walk->set->records[walk->step->function];
  bool set_aside = false;
  if (result->outcome != SCRIPT_STARVED) {
    unsigned in_a_row = atomic_fetch_add(&record->failures, 1) + 1;
    unsigned in_this_walk = count_in_walk(walk);
    if (in_a_row >= FAILURES_UNTIL_SET_ASIDE || in_this_walk >= FAILURES_UNTIL_SET_ASIDE)
      set_aside = !atomic_exchange(&file->set_aside, true);
  }
  if (!host->report || walk->set->quiet)
    return;
  policy_report_t report = {POLICY_ERROR, file->name, walk->error_line, result->message,
                            result->suggestion[0] ? result->suggestion : NULL};
  if (!atomic_exchange(&record->reported, true))
    host->report(host->context, &report);
  if (set_aside) {
    report = (policy_report_t){POLICY_ERROR, file->name, 0,
                               "the policy failed too often in a row: its functions are set aside",
                               "mend it; it runs again once the policies are reloaded"};
    host->report(host->context, &report);
  }
}

static bool run_function(walk_t *walk)
{
  policy_set_t *set = walk->set;
  const policy_file_t *file = &set->files[walk->step->file];
  record_t *record = &set->records[walk->step->function];
  if (atomic_load_explicit(&file->set_aside, memory_order_relaxed)) {
    snprintf(walk->detail, sizeof walk->detail, "the policy was set aside for failing too often");
    return fail(walk, POLICY_STEP_SET_ASIDE);
  }
  script_result_t result;
  policy_call_t call; /* not zeroed: `reason` is large */
  call.request = walk->request;
  call.triple = &walk->subject.triple;
  call.file = file->name;
  call.function = walk->step->function;
  call.request_number = walk->request_number;
  call.log = walk->verdict->log;
  call.log_size = sizeof walk->verdict->log;
  call_in_state(set, &set->states[walk->seat], &call, &result);
  walk->request_number = call.request_number;
  walk->cost += result.cost;
  if (result.outcome != SCRIPT_OK) {
    const char *suggestion = result.suggestion;
    if (result.line)
      walk->error_line = result.line;
    snprintf(walk->detail, sizeof walk->detail, "%s%s%s%s", result.message,
             suggestion[0] ? " (did you mean " : "", suggestion, suggestion[0] ? "?)" : "");
    note_failure(walk, &result);
    return fail(walk, POLICY_STEP_FAILED);
  }
  if (atomic_load_explicit(&record->failures, memory_order_relaxed))
    atomic_store(&record->failures, 0);
  if (call.answer == ANSWER_NOTHING) {
    walk->outcome = POLICY_STEP_SAYS_NOTHING;
    return false;
  }
  return apply(walk, &call.verdict, call.reason);
}

static bool run_rule(walk_t *walk, bool concerns)
{
  const rule_t *rule = walk->step->rule;
  walk->outcome = POLICY_STEP_NO_MATCH;
  if (!concerns || !rule_matches(rule, &walk->subject))
    return false;
  if (walk->step->unknown) {
    snprintf(walk->detail, sizeof walk->detail,
             "the rule asks for `%s`, which cannot be determined for this process", walk->step->unknown);
    return fail(walk, POLICY_STEP_FAILED);
  }
  return apply(walk, rule->verdict, rule->verdict->reason);
}

static void tell(walk_t *walk, void (*visit)(void *context, const policy_step_t *step), void *context)
{
  const rule_t *rule = walk->step->rule;
  if (walk->outcome == POLICY_STEP_NO_MATCH)
    rule_explain(rule, &walk->set->facts, &walk->subject, walk->detail, sizeof walk->detail);
  policy_step_t step = {.file = walk->set->files[walk->step->file].name,
                        .line = walk->step->line,
                        .rule = rule ? rule->name : NULL,
                        .function = !rule,
                        .outcome = walk->outcome,
                        .detail = walk->detail,
                        .cost = walk->cost};
  visit(context, &step);
}

/* From what was decided to what is done. */
static void enforce(policy_verdict_t *verdict, const policy_settings_t *settings,
                    const policy_request_t *request)
{
  verdict->action = verdict->decided;
  if (settings->mode == POLICY_MODE_AUDIT && verdict->decided != POLICY_ALLOW) {
    verdict->action = POLICY_ALLOW;
    verdict->triple = request->effective;
  }
}

static void finish(walk_t *walk, bool ended)
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
  enforce(verdict, settings, walk->request);
}

static void start_walk(walk_t *walk, policy_set_t *set, size_t seat, const policy_request_t *request,
                       policy_verdict_t *verdict)
{
  walk->set = set;
  walk->seat = seat;
  walk->request = request;
  walk->verdict = verdict;
  walk->failing_file = walk->failing = 0;
  walk->request_number = 0;
  walk->subject = (rule_subject_t){request->effective, request->flags, request->shared,
                                   request->provider ? request->provider : ""};
}

/* True where the walk ends. */
static bool run_step(walk_t *walk, size_t index)
{
  const policy_set_t *set = walk->set;
  bool concerns = !set->complete || set->concerns[index];
  walk->step = &set->steps[index];
  walk->error_line = walk->step->line;
  walk->cost = concerns; /* what cannot concern the process costs what it costs when folded away */
  walk->detail[0] = 0;
  bool ended = walk->step->rule ? run_rule(walk, concerns) : run_function(walk);
  walk->verdict->cost += walk->cost;
  return ended;
}

/* Where the seat remembers, or will, about calls like this one from this step on; NULL where memory is short.
 */
static memo_t *memo_for(const walk_t *walk, size_t from)
{
  memo_t **memos = &walk->set->memos[walk->seat];
  const rule_subject_t *subject = &walk->subject;
  if (!*memos && !(*memos = memory_new(&walk->set->memory, MEMOS * sizeof **memos)))
    return NULL;
  uint32_t hash = (uint32_t)subject->triple.af * 31 + (uint32_t)subject->triple.type;
  hash = hash * 31 + (uint32_t)subject->triple.protocol;
  hash = hash * 31 + subject->flags + (uint32_t)from;
  return &(*memos)[(hash * 0x9e3779b1u) >> 27];
}

static bool memo_holds(const memo_t *memo, const rule_subject_t *subject, size_t from)
{
  return memo->count && memo->from == from && memo->triple.af == subject->triple.af &&
         memo->triple.type == subject->triple.type && memo->triple.protocol == subject->triple.protocol &&
         memo->flags == subject->flags && memo->shared == subject->shared;
}

/*
 * The next step from `from` on that has something to say or is a function. What rules match depends on the
 * call alone, and programs make few kinds of sockets: what was found out for a call is remembered for others
 * like it. The rules passed over cost what they always cost.
 */
static size_t pass_over(walk_t *walk, size_t from)
{
  const policy_set_t *set = walk->set;
  size_t next = from;
  if (set->step_count - from < MEMO_STEPS || set->by_provider || set->complete)
    return from;
  memo_t *memo = memo_for(walk, from);
  if (memo && memo_holds(memo, &walk->subject, from)) {
    next += memo->count;
  } else {
    while (next < set->step_count && set->steps[next].rule &&
           !rule_matches(set->steps[next].rule, &walk->subject))
      next++;
    if (memo)
      *memo = (memo_t){walk->subject.triple, walk->subject.flags, walk->subject.shared, (uint32_t)from,
                       (uint32_t)(next - from)};
  }
  walk->verdict->cost += next - from;
  return next;
}

void policy_set_decide(policy_set_t *set, size_t seat, const policy_request_t *request,
                       policy_verdict_t *verdict, void (*visit)(void *context, const policy_step_t *step),
                       void *context)
{
  if (set->rejects_all) {
    policy_set_trouble(POLICY_REJECT, request, set->rejects_all, verdict);
    verdict->generation = set->generation;
    enforce(verdict, &set->settings, request);
    return;
  }
  start_verdict(verdict, request, set->generation);
  if (set->settings.mode == POLICY_MODE_OFF)
    return; /* pass through, whatever the default verdict */
  walk_t walk;
  start_walk(&walk, set, seat, request, verdict);
  bool ended = false;
  for (size_t i = pass_over(&walk, 0); i < set->step_count && !ended; i = pass_over(&walk, i + 1)) {
    ended = run_step(&walk, i);
    if (visit)
      tell(&walk, visit, context);
  }
  finish(&walk, ended);
}

/* ---- for those who write policies ---- */

size_t policy_set_count(const policy_set_t *set)
{
  return set->step_count;
}

policy_step_t policy_set_step(const policy_set_t *set, size_t index, const rule_t **rule)
{
  const step_t *step = &set->steps[index];
  *rule = step->rule;
  return (policy_step_t){.file = set->files[step->file].name,
                         .line = step->line,
                         .rule = step->rule ? step->rule->name : NULL,
                         .function = !step->rule,
                         .detail = ""};
}

bool policy_set_find(policy_set_t *set, const policy_report_t *report)
{
  find(set, report->severity, report->file, report->line, report->message, report->suggestion);
  return !set->out_of_memory;
}

policy_step_outcome_t policy_set_try(policy_set_t *set, size_t index, const policy_request_t *request,
                                     policy_verdict_t *verdict, char *detail, size_t size)
{
  walk_t walk;
  if (set->files[set->steps[index].file].broken)
    return POLICY_STEP_SAYS_NOTHING;
  set->quiet = true;
  start_verdict(verdict, request, set->generation);
  start_walk(&walk, set, 0, request, verdict);
  run_step(&walk, index);
  if (walk.outcome == POLICY_STEP_FAILED)
    verdict->line = walk.error_line;
  atomic_store(&set->files[walk.step->file].set_aside, false); /* it has not failed in earnest */
  text_copy(detail, size, walk.detail);
  set->quiet = false;
  return walk.outcome;
}
