#include "policy_test.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "policy_state.h"
#include "script_call.h"
#include "test_builtins.h"
#include "text_match.h"

static void policy_test__open_words(lua_State *L, void *argument)
{
  (void)argument;
  test_builtins_open(L);
}

typedef struct test_call {
  size_t index;
  char name[TEST_TEXT_MAX];
} test_call_t;

static void policy_test__call_test(lua_State *L, void *argument)
{
  test_call_t *call = argument;

  test_builtins_push(L, call->index);
  text_copy(call->name, sizeof call->name, lua_tostring(L, -1));
  lua_pop(L, 1);
  lua_call(L, 0, 0);
}

typedef struct run {
  const policy_tester_t *tester;
  const script_limits_t limits;
  policy_test_counts_t *counts;
} run_t;

static void policy_test__report(const run_t *run, const char *file, int32_t line, const char *message,
                                const char *suggestion)
{
  policy_report_t report = {.severity = POLICY_ERROR,
                            .file = file,
                            .line = line,
                            .message = message,
                            .advice = suggestion[0] ? suggestion : NULL};

  run->counts->broken++;
  run->tester->report(run->tester->context, &report);
}

static void policy_test__add_suggestion(script_result_t *result)
{
  size_t used = strlen(result->message);

  if (result->suggestion[0])
    snprintf(result->message + used, sizeof result->message - used, " (did you mean %s?)",
             result->suggestion);
  text_cut(result->message);
}

static void policy_test__run_tests(const run_t *run, script_t *script, const char *file, test_bench_t *bench)
{
  for (size_t i = 1; i <= bench->tests; i++) {
    static test_call_t call; /* large */
    script_result_t result;

    call.index = i;
    bench->expected[0] = bench->actual[0] = bench->decided_by[0] = bench->asked[0] = 0;
    script_settle(script, true);
    script_run(script, &run->limits, file, policy_test__call_test, &call, &result);
    policy_test__add_suggestion(&result);
    policy_test_result_t told = {.file = file,
                                 .name = call.name,
                                 .passed = result.outcome == SCRIPT_OK,
                                 .line = result.line,
                                 .message = result.message,
                                 .expected = bench->expected,
                                 .actual = bench->actual,
                                 .decided_by = bench->decided_by,
                                 .asked = bench->asked};
    run->counts->tests++;
    run->counts->failed += !told.passed;
    run->tester->result(run->tester->context, &told);
  }
}

static void policy_test__run_file(const run_t *run, const memory_t *memory, const folder_file_t *file)
{
  test_bench_t bench = {.tester = run->tester, .loading = true};
  language_context_t context = {.bench = &bench};
  script_result_t result;

  run->counts->files++;
  if (file->text == NULL) {
    policy_test__report(run, file->name, 0, platform_status_text(file->status), "");
    return;
  }
  script_t *script = policy_state_create(memory, NULL);
  if (script == NULL) {
    policy_test__report(run, file->name, 0, "out of memory", "");
    return;
  }
  script->context = &context;
  script_run(script, &run->limits, NULL, policy_test__open_words, NULL, &result);
  script_settle(script, false);
  if (result.outcome == SCRIPT_OK)
    script_run(script, &run->limits, file->name, policy_state_load_file, (void *)file, &result);
  bench.loading = false;
  if (result.outcome == SCRIPT_OK)
    policy_test__run_tests(run, script, file->name, &bench);
  else
    policy_test__report(run, file->name, result.line, result.message, result.suggestion);
  script_destroy(script);
}

void policy_test_run(const char *path, const policy_settings_t *settings, const policy_tester_t *tester,
                     policy_test_counts_t *counts)
{
  const memory_t memory = {NULL, NULL};
  const run_t run = {tester,
                     {(int64_t)settings->instruction_limit * LOAD_ALLOWANCE,
                      (size_t)settings->memory_limit_kib * 1024 * LOAD_ALLOWANCE, SCRIPT_UNLIMITED_CALLS},
                     counts};

  memset(counts, 0, sizeof *counts);
  folder_t *folder = folder_read_tests(path, &memory);
  if (folder == NULL || folder_status(folder) != PLATFORM_OK) {
    char message[POLICY_PATH_MAX + 64];

    snprintf(message, sizeof message, "the folder %s: %s", path,
             folder != NULL ? platform_status_text(folder_status(folder)) : "out of memory");
    policy_test__report(&run, NULL, 0, message, "");
  }
  for (size_t i = 0; folder != NULL && i < folder_count(folder); i++)
    policy_test__run_file(&run, &memory, folder_file(folder, i));
  folder_release(folder);
}
