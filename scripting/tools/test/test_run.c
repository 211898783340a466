#include <lua.h>
#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "policy_state.h"
#include "policy_tools.h"
#include "script_call.h"
#include "test_bench.h"
#include "test_builtins.h"
#include "text_cut.h"

static void test_run__open_builtins(lua_State *L, void *argument)
{
  (void)argument;
  test_builtins_open(L);
}

typedef struct test_call {
  size_t index;
  char name[TEST_TEXT_MAX];
} test_call_t;

static void test_run__call_test(lua_State *L, void *argument)
{
  test_call_t *call = argument;

  test_builtins_push_test(L, call->index);
  text_copy(call->name, sizeof call->name, lua_tostring(L, -1));
  lua_pop(L, 1);
  lua_call(L, 0, 0);
}

typedef struct run {
  const policy_tester_t *tester;
  const script_limits_t limits;
  policy_test_counts_t *counts;
} run_t;

static void test_run__report(const run_t *run, const policy_report_t *report)
{
  run->counts->broken++;
  run->tester->report(run->tester->context, report);
}

static void test_run__report_message(const run_t *run, const char *file, const char *message)
{
  test_run__report(run, &(policy_report_t){.severity = POLICY_ERROR, .file = file, .message = message});
}

static void test_run__run_test(const run_t *run, script_t *script, const char *file, test_bench_t *bench,
                               size_t index)
{
  static test_call_t call; /* large */
  script_result_t result;

  call.index = index;
  bench->expected[0] = bench->actual[0] = bench->decided_by[0] = bench->request[0] = 0;
  script_settle(script, true);
  script_run(script, &run->limits, file, test_run__call_test, &call, &result);
  policy_report_t failure = script_report(result.line, result.message, &result.hint);
  failure.file = file;
  const policy_test_result_t outcome = {.file = file,
                                        .name = call.name,
                                        .failure = result.outcome == SCRIPT_OK ? NULL : &failure,
                                        .expected = bench->expected,
                                        .actual = bench->actual,
                                        .decided_by = bench->decided_by,
                                        .request = bench->request};
  run->counts->tests++;
  run->counts->failed += outcome.failure != NULL;
  run->tester->result(run->tester->context, &outcome);
}

/* Load the file in a state with nothing in it but the builtins, and run its tests. */
static void test_run__run_loaded(const run_t *run, script_t *script, const folder_file_t *file)
{
  test_bench_t bench = {.tester = run->tester, .loading = true};
  builtins_context_t context = {.tool = &bench};
  script_result_t result;

  script->context = &context;
  script_run(script, &run->limits, NULL, test_run__open_builtins, NULL, &result);
  script_settle(script, false);
  if (result.outcome == SCRIPT_OK)
    script_run(script, &run->limits, file->name, policy_state_load_file, (void *)file, &result);
  bench.loading = false;
  if (result.outcome != SCRIPT_OK) {
    policy_report_t report = script_report(result.line, result.message, &result.hint);

    report.file = file->name;
    test_run__report(run, &report);
    return;
  }
  for (size_t i = 1; i <= bench.tests; i++)
    test_run__run_test(run, script, file->name, &bench, i);
}

static void test_run__run_file(const run_t *run, const memory_t *memory, const folder_file_t *file)
{
  script_t *script = file->text != NULL ? policy_state_create(memory, NULL) : NULL;

  run->counts->files++;
  if (file->text == NULL)
    test_run__report_message(run, file->name, platform_status_text(file->status));
  else if (script == NULL)
    test_run__report_message(run, file->name, "out of memory");
  else
    test_run__run_loaded(run, script, file);
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
    test_run__report_message(&run, NULL, message);
  }
  for (size_t i = 0; folder != NULL && i < folder_count(folder); i++)
    test_run__run_file(&run, &memory, folder_file(folder, i));
  folder_release(folder);
}
