#include "policy_set_parts.h"

#include <stdio.h>
#include <string.h>

#include "text_match.h"

/* ---- building ---- */

typedef struct build {
  policy_set_t *set;
  uint32_t file; /* being loaded */
  size_t file_errors;
  step_recorder_t recorder;
} build_t;

static const char *policy_set__keep_text(policy_set_t *set, const char *text)
{
  if (text == NULL)
    return NULL;
  const char *copy = arena_text(&set->arena, text, strlen(text));
  set->out_of_memory |= copy == NULL;
  return copy;
}

static void policy_set__find(policy_set_t *set, policy_severity_t severity, const char *file, int32_t line,
                             const char *message, const char *suggestion)
{
  finding_t *finding = arena_new(&set->arena, sizeof *finding);

  if (finding == NULL) {
    set->out_of_memory = true;
    return;
  }
  finding->report = (policy_report_t){
      .severity = severity,
      .file = file,
      .line = line,
      .message = policy_set__keep_text(set, message),
      .advice = suggestion != NULL && suggestion[0] ? policy_set__keep_text(set, suggestion) : NULL};
  *set->findings_end = finding;
  set->findings_end = &finding->next;
  set->errors += severity == POLICY_ERROR;
}

/* A policy that errs in a loop must not fill the memory with what is told of it. */
enum { TOLD_OF_A_FILE = 100 };

static bool policy_set__was_found(const policy_set_t *set, const char *file, int32_t line,
                                  const char *message)
{
  for (const finding_t *finding = set->findings; finding != NULL; finding = finding->next)
    if (finding->report.file == file && finding->report.line == line &&
        strcmp(finding->report.message, message) == 0)
      return true;
  return false;
}

static void policy_set__diagnose(void *context, int32_t line, const char *message, const char *suggestion)
{
  build_t *build = context;
  const char *file = build->set->files[build->file].name;

  if (build->set->thorough && policy_set__was_found(build->set, file, line, message))
    return; /* seen in the compiled file, and met again when it ran */
  if (++build->file_errors > TOLD_OF_A_FILE)
    return;
  if (build->file_errors == TOLD_OF_A_FILE) {
    message = "there are more errors in this file than are told";
    suggestion = NULL;
  }
  policy_set__find(build->set, POLICY_ERROR, file, line, message, suggestion);
}

static bool policy_set__add_step(policy_set_t *set, const step_t *step, bool concerns)
{
  if (!memory_grow(&set->memory, &set->steps, set->step_count, &set->step_room, sizeof *set->steps) ||
      (set->complete && !memory_grow(&set->memory, &set->concerns, set->step_count, &set->concerns_room,
                                     sizeof *set->concerns))) {
    set->out_of_memory = true;
    return false;
  }
  set->steps[set->step_count] = *step;
  set->by_provider |= step->rule != NULL && step->rule->provider != NULL;
  if (set->complete)
    set->concerns[set->step_count] = concerns;
  set->step_count++;
  return true;
}

static void policy_set__call_hook(const build_t *build, int32_t line, bool function)
{
  const load_hooks_t *hooks = build->set->hooks;

  if (hooks != NULL && hooks->registered != NULL)
    hooks->registered(hooks->context, build->set->files[build->file].name, line, function);
}

static step_kept_t policy_set__add_rule(void *context, int32_t line, rule_t *rule)
{
  build_t *build = context;
  step_t step = {.file = build->file, .line = line, .rule = rule};

  build->set->registered++;
  policy_set__call_hook(build, line, false);
  bool concerns = rule_matches_process(rule, &build->set->facts, &step.unknown) != RULE_DOES_NOT_HOLD;
  if (!concerns && !build->set->complete)
    return STEP_DROPPED; /* folded: it can never match in this process */
  return policy_set__add_step(build->set, &step, concerns) ? STEP_KEPT : STEP_NO_MEMORY;
}

static step_kept_t policy_set__add_function(void *context, int32_t line)
{
  build_t *build = context;
  step_t step = {.file = build->file, .line = line, .function = build->recorder.functions};

  build->set->registered++;
  build->set->files[build->file].functions++;
  policy_set__call_hook(build, line, true);
  return policy_set__add_step(build->set, &step, true) ? STEP_KEPT : STEP_NO_MEMORY;
}

static void policy_set__load_file(build_t *build, script_t *script, uint32_t index)
{
  policy_set_t *set = build->set;
  const folder_file_t *file = folder_file(set->folder, index);
  policy_file_t *loaded = &set->files[index];
  size_t steps = set->step_count, functions = build->recorder.functions, registered = set->registered;

  build->file = index;
  build->file_errors = 0;
  if (file->text == NULL && file->distrust != NULL) {
    char message[sizeof file->distrust->what + 16];

    snprintf(message, sizeof message, "not loaded: %s", file->distrust->what);
    policy_set__diagnose(build, 0, message, file->distrust->advice);
  } else if (file->text == NULL) {
    char message[128];

    snprintf(message, sizeof message, "the file %s",
             file->status == PLATFORM_TOO_LARGE ? "is larger than 4 MiB"
                                                : platform_status_text(file->status));
    policy_set__diagnose(build, 0, message, NULL);
  } else {
    script_result_t result;

    if (file->distrust != NULL)
      policy_set__find(set, POLICY_WARNING, loaded->name, 0, file->distrust->what, file->distrust->advice);
    policy_state_load(script, file, &set->facts, &set->settings, &build->recorder, &result);
    set->out_of_memory |= result.outcome == SCRIPT_STARVED || set->arena.starved;
    if (result.outcome != SCRIPT_OK)
      policy_set__diagnose(build, result.line, result.message, result.suggestion);
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

static void policy_set__find_folder_trouble(policy_set_t *set)
{
  const platform_distrust_t *distrust = folder_distrust(set->folder);
  char message[POLICY_PATH_MAX + sizeof distrust->what + 64];
  platform_status_t status = folder_status(set->folder);

  if (status == PLATFORM_OK && distrust == NULL)
    return;
  snprintf(message, sizeof message, "the policy folder %s%s: %s", set->settings.policy_dir,
           status == PLATFORM_UNPROTECTED ? " is not loaded" : "",
           distrust != NULL ? distrust->what : platform_status_text(status));
  policy_set__find(set, status == PLATFORM_OK ? POLICY_WARNING : POLICY_ERROR, NULL, 0, message,
                   distrust != NULL ? distrust->advice : NULL);
}

/* "10-base.lua:3: message", for the reason of verdicts. */
static void policy_set__describe_first_error(const policy_set_t *set, char *text, size_t size)
{
  text[0] = 0;
  for (const finding_t *finding = set->findings; finding != NULL; finding = finding->next) {
    const policy_report_t *report = &finding->report;

    if (report->severity != POLICY_ERROR)
      continue;
    if (report->file != NULL)
      snprintf(text, size, "%s:%d: %s", report->file, (int)report->line, report->message);
    else
      snprintf(text, size, "%s", report->message);
    text_cut(text);
    return;
  }
}

static void policy_set__load_files(policy_set_t *set)
{
  build_t build = {.set = set,
                   .recorder = {.arena = &set->arena,
                                .thorough = set->thorough,
                                .add_rule = policy_set__add_rule,
                                .add_function = policy_set__add_function,
                                .diagnose = policy_set__diagnose}};

  build.recorder.context = &build;
  size_t count = folder_count(set->folder);
  if (!count)
    return;
  set->files = arena_new(&set->arena, count * sizeof *set->files);
  script_t *script = set->files != NULL ? policy_state_create(&set->memory, set->hooks) : NULL;
  if (script == NULL) {
    set->out_of_memory = true;
    return;
  }
  for (uint32_t i = 0; i < count && !set->out_of_memory; i++) {
    set->files[i].name = folder_file(set->folder, i)->name;
    policy_set__load_file(&build, script, i);
  }
  if (build.recorder.functions) {
    script_settle(script, true);
    set->states[0].script = script; /* the first seat's */
    set->records = arena_new(&set->arena, (build.recorder.functions + 1) * sizeof *set->records);
    set->out_of_memory |= set->records == NULL;
  } else {
    script_destroy(script); /* rules alone need no Lua */
  }
}

policy_set_t *policy_set_build(const policy_set_plan_t *plan)
{
  policy_set_t *set = memory_new(plan->memory, sizeof *set);

  if (set == NULL)
    return NULL;
  set->host = plan->host;
  attributes_open(&set->facts, set->host);
  set->memory = *plan->memory;
  arena_init(&set->arena, plan->memory);
  set->settings = *plan->settings;
  set->limits = (script_limits_t){set->settings.instruction_limit,
                                  (size_t)set->settings.memory_limit_kib * 1024, SCRIPT_CALLS_DECIDING};
  set->folder = folder_share(plan->folder);
  set->generation = plan->generation;
  set->hash = folder_hash(plan->folder);
  set->complete = plan->complete;
  set->thorough = plan->thorough;
  set->hooks = plan->hooks;
  set->findings_end = &set->findings;

  policy_set__find_folder_trouble(set);
  if (!set->errors)
    policy_set__load_files(set);
  if (set->errors && plan->first && set->settings.on_error == POLICY_REJECT) {
    char reason[POLICY_REASON_MAX];

    policy_set__describe_first_error(set, reason, sizeof reason);
    set->rejects_all = arena_text(&set->arena, reason, strlen(reason));
    set->out_of_memory |= set->rejects_all == NULL;
  }
  if (set->out_of_memory) {
    policy_set_destroy(set);
    return NULL;
  }
  return set;
}

void policy_set_destroy(policy_set_t *set)
{
  if (set == NULL)
    return;
  for (size_t i = 0; i < POLICY_SET_READER_SLOTS; i++)
    script_destroy(set->states[i].script);
  memory_t memory = set->memory;
  for (size_t i = 0; i < POLICY_SET_READER_SLOTS; i++)
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
  if (set->host->report == NULL)
    return;
  for (const finding_t *finding = set->findings; finding != NULL; finding = finding->next)
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

  for (size_t i = 0; set->files != NULL && i < folder_count(set->folder); i++)
    count += !set->files[i].broken;
  return count;
}

size_t policy_set_steps(const policy_set_t *set)
{
  return set->registered;
}

/* ---- for those who write policies ---- */

size_t policy_set_count(const policy_set_t *set)
{
  return set->step_count;
}

const memory_t *policy_set_memory(const policy_set_t *set)
{
  return &set->memory;
}

policy_entry_t policy_set_step(const policy_set_t *set, size_t index, const rule_t **rule)
{
  const step_t *step = &set->steps[index];

  *rule = step->rule;
  return (policy_entry_t){.file = set->files[step->file].name,
                          .line = step->line,
                          .rule = step->rule != NULL ? step->rule->name : NULL,
                          .function = step->rule == NULL,
                          .detail = ""};
}

bool policy_set_find(policy_set_t *set, const policy_report_t *report)
{
  policy_set__find(set, report->severity, report->file, report->line, report->message, report->advice);
  return !set->out_of_memory;
}
