#include "policy_set_build.h"

#include <stdio.h>
#include <string.h>

#include "policy_set_parts.h"
#include "rule_process.h"
#include "script_call.h"

/* A policy that errs in a loop must not fill the memory with what is reported of it. */
enum { FILE_ERRORS_MAX = 100 };

typedef struct build {
  policy_set_t *set;
  uint32_t file; /* being loaded */
  size_t file_errors;
  recorder_t recorder;
} build_t;

/* An error in the file being loaded; the report names no file. */
static void policy_set_build__add_error(build_t *build, const policy_report_t *error)
{
  policy_report_t report = *error;

  report.file = build->set->files[build->file].name;
  if (build->set->linted &&
      set_findings_contain(&build->set->findings, report.file, report.line, report.message))
    return; /* seen in the compiled file, and met again when it ran */
  if (++build->file_errors > FILE_ERRORS_MAX)
    return;
  if (build->file_errors == FILE_ERRORS_MAX)
    report = (policy_report_t){.severity = POLICY_ERROR,
                               .file = report.file,
                               .line = report.line,
                               .message = "this file has more errors, which are not listed"};
  set_findings_add(&build->set->findings, &report);
}

/* ---- what files register ---- */

static void policy_set_build__diagnose(void *context, const policy_report_t *mistake)
{
  policy_set_build__add_error(context, mistake);
}

static bool policy_set_build__add_entry(policy_set_t *set, const entry_t *entry)
{
  if (!memory_grow(&set->memory, &set->entries, set->entry_count, &set->entry_room, sizeof *set->entries)) {
    set->starved = true;
    return false;
  }
  set->entries[set->entry_count++] = *entry;
  set->by_provider |= entry->rule != NULL && entry->rule->provider != NULL;
  return true;
}

/* Before it is known whether it is kept. */
static void policy_set_build__note_registered(const build_t *build, int32_t line, bool function)
{
  const load_hooks_t *hooks = build->set->states.hooks;

  build->set->registered++;
  if (hooks != NULL && hooks->registered != NULL)
    hooks->registered(hooks->context, build->set->files[build->file].name, line, function);
}

static recorder_kept_t policy_set_build__add_rule(void *context, int32_t line, rule_t *rule)
{
  build_t *build = context;
  entry_t entry = {.file = build->file, .line = line, .rule = rule};

  policy_set_build__note_registered(build, line, false);
  entry.concerns = rule_matches_process(rule, &build->set->attributes, &entry.unknown) != RULE_DOES_NOT_HOLD;
  if (!entry.concerns && !build->set->unpruned)
    return RECORDER_PRUNED; /* pruned: it can never match in this process */
  return policy_set_build__add_entry(build->set, &entry) ? RECORDER_KEPT : RECORDER_NO_MEMORY;
}

static recorder_kept_t policy_set_build__add_function(void *context, int32_t line)
{
  build_t *build = context;
  entry_t entry = {
      .file = build->file, .line = line, .function = (uint32_t)build->recorder.functions, .concerns = true};

  policy_set_build__note_registered(build, line, true);
  build->set->files[build->file].functions++;
  return policy_set_build__add_entry(build->set, &entry) ? RECORDER_KEPT : RECORDER_NO_MEMORY;
}

/* ---- files ---- */

static void policy_set_build__refuse_file(build_t *build, const folder_file_t *file)
{
  char message[sizeof file->distrust->what + 32];

  if (file->distrust != NULL)
    snprintf(message, sizeof message, "not loaded: %s", file->distrust->what);
  else if (file->status == PLATFORM_TOO_LARGE)
    snprintf(message, sizeof message, "the file is larger than 4 MiB");
  else
    snprintf(message, sizeof message, "cannot read the file: %s", platform_status_text(file->status));
  policy_set_build__add_error(
      build, &(policy_report_t){.severity = POLICY_ERROR,
                                .message = message,
                                .advice = file->distrust != NULL ? file->distrust->advice : NULL});
}

static void policy_set_build__run_file(build_t *build, script_t *script, const folder_file_t *file)
{
  policy_set_t *set = build->set;
  script_result_t result;

  if (file->distrust != NULL)
    set_findings_add(&set->findings, &(policy_report_t){.severity = POLICY_WARNING,
                                                        .file = file->name,
                                                        .message = file->distrust->what,
                                                        .advice = file->distrust->advice});
  policy_state_load(script, file, &set->attributes, &set->settings, &build->recorder, &result);
  set->starved |= result.outcome == SCRIPT_STARVED || set->arena.starved;
  if (result.outcome != SCRIPT_OK) {
    policy_report_t error = script_report(result.line, result.message, &result.hint);

    policy_set_build__add_error(build, &error);
  }
}

static void policy_set_build__load_file(build_t *build, script_t *script, uint32_t index)
{
  policy_set_t *set = build->set;
  const folder_file_t *file = folder_file(set->folder, index);
  policy_file_t *loaded = &set->files[index];
  size_t entries = set->entry_count, functions = build->recorder.functions, registered = set->registered;

  build->file = index;
  build->file_errors = 0;
  if (file->text == NULL)
    policy_set_build__refuse_file(build, file);
  else
    policy_set_build__run_file(build, script, file);
  loaded->broken = build->file_errors > 0;
  if (loaded->broken && !set->linted) { /* the linter looks at its entries all the same */
    loaded->functions = 0;
    set->entry_count = entries;
    set->registered = registered;
    build->recorder.functions = functions;
  }
}

static void policy_set_build__load_files(policy_set_t *set)
{
  build_t build = {.set = set,
                   .recorder = {.arena = &set->arena,
                                .lint = set->linted,
                                .add_rule = policy_set_build__add_rule,
                                .add_function = policy_set_build__add_function,
                                .diagnose = policy_set_build__diagnose}};
  size_t count = folder_count(set->folder);

  build.recorder.context = &build;
  if (!count)
    return;
  set->files = arena_new(&set->arena, count * sizeof *set->files);
  set->states.files = set->files;
  script_t *script = set->files != NULL ? policy_state_create(&set->memory, set->states.hooks) : NULL;
  if (script == NULL) {
    set->starved = true;
    return;
  }
  for (uint32_t i = 0; i < count && !set->starved; i++) {
    set->files[i].name = folder_file(set->folder, i)->name;
    policy_set_build__load_file(&build, script, i);
  }
  if (build.recorder.functions) {
    script_settle(script, true);
    set->states.slots[0].script = script;
    set->starved |= !quarantine_open(&set->quarantine, &set->arena, count, build.recorder.functions);
  } else {
    script_destroy(script); /* rules alone need no Lua */
  }
}

/* ---- the folder ---- */

static void policy_set_build__judge_folder(policy_set_t *set)
{
  const platform_distrust_t *distrust = folder_distrust(set->folder);
  char message[POLICY_PATH_MAX + sizeof distrust->what + 64];
  platform_status_t status = folder_status(set->folder);

  if (status == PLATFORM_OK && distrust == NULL)
    return;
  snprintf(message, sizeof message, "the policy folder %s%s: %s", set->settings.policy_dir,
           status == PLATFORM_UNPROTECTED ? " is not loaded" : "",
           distrust != NULL ? distrust->what : platform_status_text(status));
  set_findings_add(&set->findings,
                   &(policy_report_t){.severity = status == PLATFORM_OK ? POLICY_WARNING : POLICY_ERROR,
                                      .message = message,
                                      .advice = distrust != NULL ? distrust->advice : NULL});
}

static void policy_set_build__reject_all(policy_set_t *set)
{
  char reason[POLICY_REASON_MAX];

  set_findings_first_error(&set->findings, reason, sizeof reason);
  set->rejects_all = arena_text(&set->arena, reason, strlen(reason));
  set->starved |= set->rejects_all == NULL;
}

static policy_set_t *policy_set_build__make(const policy_set_plan_t *plan)
{
  policy_set_t *set = memory_new(plan->memory, sizeof *set);

  if (set == NULL)
    return NULL;
  set->host = plan->host;
  set->memory = *plan->memory;
  arena_init(&set->arena, plan->memory);
  set->settings = *plan->settings;
  set->folder = folder_share(plan->folder);
  set->generation = plan->generation;
  set->hash = folder_hash(plan->folder);
  set->unpruned = plan->unpruned;
  set->linted = plan->lint;
  attributes_open(&set->attributes, set->host);
  set_findings_open(&set->findings, &set->arena);
  set->states =
      (lua_states_t){.folder = set->folder,
                     .attributes = &set->attributes,
                     .settings = &set->settings,
                     .hooks = plan->hooks,
                     .memory = set->memory,
                     .limits = {set->settings.instruction_limit,
                                (size_t)set->settings.memory_limit_kib * 1024, SCRIPT_CALLS_DECIDING}};
  return set;
}

policy_set_t *policy_set_build(const policy_set_plan_t *plan)
{
  policy_set_t *set = policy_set_build__make(plan);

  if (set == NULL)
    return NULL;
  policy_set_build__judge_folder(set);
  if (!policy_set_errors(set))
    policy_set_build__load_files(set);
  if (policy_set_errors(set) && plan->first && set->settings.on_error == POLICY_REJECT)
    policy_set_build__reject_all(set);
  if (set->starved || set->findings.starved) {
    policy_set_destroy(set);
    return NULL;
  }
  return set;
}
