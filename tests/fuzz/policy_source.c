/*
 * Any bytes as policies: loaded, decided by, explained, checked. A line "--@ NAME" begins another file of the
 * folder.
 */
#include <string.h>

#include "base_catalog.h"
#include "counting_host.h"
#include "expect.h"
#include "memory_platform.h"
#include "target.h"

enum { FILES_MAX = 4, NAME_MAX_BYTES = 40 };

/* Small, so that a run is fast. A load may take sixteen times that. */
enum { STEPS = 4000, KIB = 64, LOADING = 16 };

typedef struct files {
  memory_file_t list[FILES_MAX];
  char names[FILES_MAX][NAME_MAX_BYTES];
  size_t count;
} files_t;

static const char mark[] = "--@ ";

static const uint8_t *next_mark(const uint8_t *at, const uint8_t *end)
{
  for (; end - at > (ptrdiff_t)sizeof mark; at++)
    if (*at == '\n' && memcmp(at + 1, mark, sizeof mark - 1) == 0)
      return at + 1;
  return end;
}

/* The name on the mark's line; a folder holds each name once. */
static void name_file(files_t *files, const uint8_t *at, const uint8_t *end)
{
  char *name = files->names[files->count];
  size_t length = 0;
  for (; at<end && * at> ' ' && *at != '/' && length < NAME_MAX_BYTES - 1; at++)
    name[length++] = (char)*at;
  for (size_t i = 0; i < files->count; i++)
    if (strcmp(files->names[i], name) == 0)
      length = 0;
  if (!length)
    snprintf(name, NAME_MAX_BYTES, "%zu.lua", files->count);
}

static void split(const uint8_t *data, size_t size, files_t *files)
{
  const uint8_t *end = data + size;
  memset(files, 0, sizeof *files);
  strcpy(files->names[0], "10-test.lua");
  for (;;) {
    const uint8_t *next = files->count + 1 < FILES_MAX ? next_mark(data, end) : end;
    files->list[files->count] = (memory_file_t){files->names[files->count], data, (size_t)(next - data)};
    files->count++;
    if (next == end)
      return;
    data = next;
    name_file(files, data + sizeof mark - 1, end);
  }
}

static const policy_request_t requests[] = {
    {{2, 1, 0}, {2, 1, 6}, 1, false, "MSAFD Tcpip [TCP/IP]", 1001, 1},
    {{2, 3, 1}, {2, 3, 1}, 0x101, false, "MSAFD Tcpip [RAW/IP]", 1003, 3},
    {{-1, -1, -1}, {23, 2, 17}, 1, true, NULL, 0, 0},
};

enum { REQUESTS = sizeof requests / sizeof requests[0] };

static void see_step(void *context, const policy_entry_t *step)
{
  size_t *seen = context;
  ++*seen;
  expect(step->file && step->file[0] && step->line >= 0, "a step of nowhere");
  expect(!step->detail || strlen(step->detail) < 4096, "a detail without end");
}

static void decide(policy_engine_t *engine, counting_host_t *counting)
{
  policy_verdict_t verdict;
  for (size_t i = 0; i < 2 * REQUESTS; i++) {
    memset(&verdict, 0xaa, sizeof verdict); /* every field must be written */
    policy_decide(engine, &requests[i % REQUESTS], &verdict);
    counting_host_expect_verdict(counting, &requests[i % REQUESTS], &verdict);
  }
}

static void explain(policy_engine_t *engine, counting_host_t *counting)
{
  size_t steps = 0, walked = 0;
  policy_verdict_t verdict;
  for (size_t i = 0; i < REQUESTS; i++) {
    size_t before = walked;
    policy_explain(engine, &requests[i], &verdict, see_step, &walked);
    counting_host_expect_verdict(counting, &requests[i], &verdict);
    if (i == 0)
      policy_engine_entries(engine, see_step, &steps);
    expect(walked - before <= steps, "%zu steps walked of %zu", walked - before, steps);
  }
}

static void check(policy_engine_t *engine, counting_host_t *counting)
{
  size_t entry_count, policies, steps, before = counting->reports[POLICY_ERROR];
  const policy_base_entry_t *entries = base_catalog_entries(&entry_count);
  size_t errors = policy_engine_check(engine, entries, entry_count, &policies, &steps);
  expect(counting->reports[POLICY_ERROR] - before == errors, "%zu errors counted, %zu told", errors,
         counting->reports[POLICY_ERROR] - before);
}

/* What decides is chosen by the input too, so that corpora are nothing but text. */
static void choose_settings(const uint8_t *data, size_t size, policy_settings_t *settings)
{
  unsigned sum = 0;
  for (size_t i = 0; i < size; i++)
    sum += data[i];
  settings->on_error = sum & 1 ? POLICY_REJECT : POLICY_ALLOW;
  settings->default_verdict = sum & 2 ? POLICY_REJECT : POLICY_ALLOW;
  settings->mode = (sum & 12) == 12 ? POLICY_MODE_AUDIT : POLICY_MODE_ENFORCE;
  settings->instruction_limit = STEPS;
  settings->memory_limit_kib = KIB;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static counting_host_t counting;
  files_t files;
  size_t policies = 0, steps = 0;
  counting_host_init(&counting);
  choose_settings(data, size, &counting.settings);
  split(data, size, &files);
  memory_platform_files(files.list, files.count);
  policy_host_t host = counting_host_policy_host(&counting);
  policy_engine_t *engine = policy_engine_create(&host);
  size_t errors = policy_engine_load(engine, &policies, &steps);
  expect(errors == counting.reports[POLICY_ERROR], "%zu errors counted, %zu told", errors,
         counting.reports[POLICY_ERROR]);
  expect(policies <= files.count, "%zu policies in %zu files", policies, files.count);
  decide(engine, &counting);
  check(engine, &counting);
  explain(engine, &counting);

  /* The files change under the engine's feet, to nothing and back. */
  memory_platform_files(NULL, 0);
  memory_platform_wait(3000);
  decide(engine, &counting);
  memory_platform_files(files.list, files.count);
  memory_platform_wait(3000);
  decide(engine, &counting);

  policy_engine_destroy(engine);
  counting_host_expect_empty(&counting);
  /* Two sets and a check at once, each a state and its rules; the text itself in each; and what the engine
   * has besides. */
  expect(counting.most_bytes < 3 * (LOADING * KIB + 512) * 1024 + 8 * size, "%zu bytes for %zu of policy",
         counting.most_bytes, size);
  return 0;
}
