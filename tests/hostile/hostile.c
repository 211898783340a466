/*
 * hostile FOLDER [NAME]: every policy of the corpus beside this file, or one of it, against the engine at its
 * default limits. README.md tells how a policy of the corpus is written and what is held against each.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdlib.h>
#if defined(_WIN32)
#include <windows.h>
#else
#include <time.h>
#endif

#include "fixture.h"

/* Under a sanitizer everything takes many times as long: what can be stopped in a decision is not also
 * stopped while loading, after 16 times the steps. */
#if defined(__SANITIZE_ADDRESS__)
enum { SPARING = 1 };
#else
enum { SPARING = 0 };
#endif

enum {
  STEPS = 1000000,
  KIB = 1024,
  MEMORY_KIB = 1024,
  LOADING = 16
}; /* what loading a file may take more than a decision */

/* What the engine holds beside the Lua state and what rules compile to: lists of steps, findings, the other
 * policies' Lua states. The file's text comes on top. */
enum { SLACK_KIB = 64, LOAD_SLACK_KIB = 1024 };

enum { MFILE_CODE = 10024, USERS_CODE = 10068, FILE_ROOM = 8 * 1024 * 1024, VALUE_MAX = 200 };

static const char before[] =
    "rule { name = 'before', type = SOCK_DGRAM, verdict = reject(WSAEMFILE, 'before') }\n";
static const char after[] = "local kept = ('y'):rep(1000)\n"
                            "on_socket(function(r) if r.type == SOCK_STREAM or r.type == SOCK_RAW then\n"
                            "return reject(WSAEUSERS, 'after ' .. #(kept .. 'z')) end end)";

typedef struct policy {
  char name[VALUE_MAX];
  char *text; /* as it is written */
  char run[VALUE_MAX], expect[VALUE_MAX], line[VALUE_MAX], app[VALUE_MAX], memory[VALUE_MAX];
} policy_t;

typedef struct worst {
  double ms;
  long kib;
  uint64_t steps;
  char slow[VALUE_MAX], large[VALUE_MAX];
} worst_t;

static worst_t worst_load, worst_check, worst_decision;
static int passed, failed;
static char why[2000]; /* the policy under way failed; "" while it has not */

static double now_ms(void)
{
#if defined(_WIN32)
  LARGE_INTEGER now, frequency;
  QueryPerformanceCounter(&now);
  QueryPerformanceFrequency(&frequency);
  return (double)now.QuadPart * 1e3 / (double)frequency.QuadPart;
#else
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
#endif
}

#define expect_that(truth, ...)                                                                              \
  do {                                                                                                       \
    if (!(truth) && !why[0])                                                                                 \
      snprintf(why, sizeof why, __VA_ARGS__);                                                                \
  } while (0)

/* ---- the corpus ---- */

static char *read_whole(const char *path)
{
  FILE *file = fopen(path, "rb");
  char *text = calloc(1, 64 * KIB);

  if (file == NULL || text == NULL || fread(text, 1, 64 * KIB - 1, file) == 0) {
    fprintf(stderr, "cannot read %s\n", path);
    exit(2);
  }
  fclose(file);
  return text;
}

/* The value of a line `-- key: value` in the first lines, or "". */
static void header(const char *text, const char *key, char value[VALUE_MAX])
{
  size_t length = strlen(key);

  value[0] = 0;
  while (strncmp(text, "-- ", 3) == 0) {
    const char *end = strchr(text, '\n');

    if (strncmp(text + 3, key, length) == 0 && text[3 + length] == ':') {
      const char *from = text + 5 + length;

      snprintf(value, VALUE_MAX, "%.*s", (int)(end - from), from);
    }
    text = end + 1;
  }
}

/* One character, or \xNN, or \n. */
static size_t unescape(const char **from, char *to)
{
  const char *s = *from;

  if (s[0] == '\\' && s[1] == 'x') {
    char digits[3] = {s[2], s[3], 0};

    *to = (char)strtol(digits, NULL, 16);
    *from += 4;
  } else if (s[0] == '\\' && s[1] == 'n') {
    *to = '\n';
    *from += 2;
  } else {
    *to = *s;
    (*from)++;
  }
  return 1;
}

/* The text with each line `--@ 1000 text` replaced, its end included, by so many times that text, and `--@@
 * 1000 text` with %d in it counted from 1. Returns its length; *start is where the body starts. */
static size_t expand(const char *text, char *to, size_t *start)
{
  size_t used = 0;
  bool in_header = true;

  while (*text) {
    const char *end = strchr(text, '\n');
    char *rest;

    if (in_header && strncmp(text, "-- ", 3) != 0) {
      in_header = false;
      *start = used;
    }
    if (strncmp(text, "--@", 3) != 0) {
      memcpy(to + used, text, (size_t)(end + 1 - text));
      used += (size_t)(end + 1 - text);
      text = end + 1;
      continue;
    }
    bool counted = text[3] == '@';
    long times = strtol(text + 3 + counted, &rest, 10);
    for (long i = 1; i <= times; i++)
      for (const char *s = rest + 1; s < end;) {
        if (counted && s[0] == '%' && s[1] == 'd') {
          used += (size_t)sprintf(to + used, "%ld", i);
          s += 2;
        } else {
          used += unescape(&s, to + used);
        }
        if (used > FILE_ROOM - 2 * VALUE_MAX) {
          fprintf(stderr, "a policy of the corpus becomes too large\n");
          exit(2);
        }
      }
    text = end + 1;
  }
  if (in_header)
    *start = used;
  return used;
}

/* ---- one policy ---- */

typedef struct measure {
  double ms;
  long kib;
  uint64_t steps;
} measure_t;

static void note(worst_t *worst, const char *name, const measure_t *measure)
{
  if (measure->ms > worst->ms) {
    worst->ms = measure->ms;
    snprintf(worst->slow, VALUE_MAX, "%s", name);
  }
  if (measure->kib > worst->kib) {
    worst->kib = measure->kib;
    snprintf(worst->large, VALUE_MAX, "%s", name);
  }
  if (measure->steps > worst->steps)
    worst->steps = measure->steps;
}

static void check_report(const fixture_t *fixture, const policy_t *policy, const char *text)
{
  char place[VALUE_MAX + 32];
  const char *found = fixture_report(fixture, "10-hostile.lua:");

  expect_that(found, "nothing was reported");
  if (found == NULL)
    return;
  expect_that(strstr(found, text), "the report does not say \"%s\": %s", text, found);
  snprintf(place, sizeof place, "10-hostile.lua:%s:", policy->line);
  expect_that(!policy->line[0] || strstr(found, place), "the report does not name line %s: %s", policy->line,
              found);
}

/* "stopped": the limit named in the report; "stopped by memory", "stopped by steps" name one. */
static const char *stop_text(const char *expect)
{
  return strstr(expect, "memory") != NULL  ? "memory limit reached"
         : strstr(expect, "steps") != NULL ? "instruction limit reached"
                                           : "limit reached";
}

static const char *wanted_text(const policy_t *policy)
{
  return strncmp(policy->expect, "error ", 6) == 0 ? policy->expect + 6 : stop_text(policy->expect);
}

static void decide_others(fixture_t *fixture, const char *when)
{
  /* A quarantined policy is named in each verdict. */
  bool quarantined = fixture_report(fixture, "quarantined") != NULL;
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, DGRAM, UDP);

  expect_that(!verdict->failed && verdict->error == MFILE_CODE, "%s, another policy's rule: %s \"%s\"", when,
              fixture_says(verdict), verdict->reason);
  verdict = fixture_decide(fixture, INET, STREAM, TCP);
  expect_that(verdict->failed == quarantined && verdict->error == USERS_CODE &&
                  strcmp(verdict->reason, "after 1001") == 0,
              "%s, another policy's function: %s \"%s\"", when, fixture_says(verdict), verdict->reason);
}

static void write_files(fixture_t *fixture, const char *text, size_t size)
{
  fixture_policy(fixture, "");
  fixture_remove(fixture, "10-test.lua");
  fixture_write(fixture, "05-before.lua", before);
  fixture_write(fixture, "90-after.lua", after);
  fixture_write_bytes(fixture, "10-hostile.lua", text, size);
  fixture_engine(fixture);
}

static measure_t measured_load(fixture_t *fixture, const char *text, size_t size)
{
  measure_t measure = {0};

  write_files(fixture, text, size);
  long held = atomic_load(&fixture->bytes);
  atomic_store(&fixture->most_bytes, held);
  double start = now_ms();
  fixture_load(fixture);
  measure.ms = now_ms() - start;
  measure.kib = (atomic_load(&fixture->most_bytes) - held) / KIB;
  return measure;
}

static void conclude(const char *name, const measure_t *measure, worst_t *worst)
{
  if (why[0]) {
    printf("not ok %s: %s\n", name, why);
    failed++;
  } else {
    printf("ok %s: %llu steps, %ld KiB, %.1f ms\n", name, (unsigned long long)measure->steps, measure->kib,
           measure->ms);
    passed++;
  }
  fflush(stdout);
  note(worst, name, measure);
}

/* What `sockwarden check` makes of it: it goes on after a mistake, and looks into functions that do not run.
 */
static void run_check(fixture_t *fixture, const policy_t *policy, const char *text, size_t size, bool loads)
{
  static const policy_base_entry_t entries[] = {
      {{INET, STREAM, TCP}, 0}, {{INET, DGRAM, UDP}, 0}, {{INET, RAW, 0}, 255}};
  char name[VALUE_MAX + 16];
  measure_t measure = {0};

  why[0] = 0;
  write_files(fixture, text, size);
  long held = atomic_load(&fixture->bytes);
  atomic_store(&fixture->most_bytes, held);
  double start = now_ms();
  size_t errors = policy_engine_check(fixture->engine, entries, 3, NULL, NULL);
  measure.ms = now_ms() - start;
  measure.kib = (atomic_load(&fixture->most_bytes) - held) / KIB;
  if (loads)
    expect_that(errors == 0, "%s", fixture->reports[0]);
  else
    expect_that(errors && fixture_report(fixture, "10-hostile.lua:"), "%zu errors", errors);
  long most = 2 * (MEMORY_KIB * LOADING + (long)size / KIB + LOAD_SLACK_KIB);
  expect_that(measure.kib <= most, "%ld KiB, more than %ld", measure.kib, most);
  fixture_drop_engine(fixture);
  expect_that(atomic_load(&fixture->blocks) == 0, "%ld blocks leaked", atomic_load(&fixture->blocks));
  snprintf(name, sizeof name, "%s, checked", policy->name);
  conclude(name, &measure, &worst_check);
}

/* The file as it is: what loading says of it. */
static void run_load(fixture_t *fixture, const policy_t *policy, const char *text, size_t size)
{
  char name[VALUE_MAX + 16];
  bool fine = strncmp(policy->expect, "fine", 4) == 0;

  why[0] = 0;
  measure_t measure = measured_load(fixture, text, size);
  if (fine)
    expect_that(fixture->report_count == 0, "%s", fixture->reports[0]);
  else
    check_report(fixture, policy, wanted_text(policy));
  long most = MEMORY_KIB * LOADING + (long)size / KIB + LOAD_SLACK_KIB;
  expect_that(measure.kib <= most, "%ld KiB, more than %ld", measure.kib, most);
  decide_others(fixture, "after the load");
  fixture_drop_engine(fixture);
  expect_that(atomic_load(&fixture->blocks) == 0, "%ld blocks leaked", atomic_load(&fixture->blocks));
  snprintf(name, sizeof name, "%s, loaded", policy->name);
  conclude(name, &measure, &worst_load);
  if (!SPARING || fine)
    run_check(fixture, policy, text, size, fine);
}

/* A file that loads: what its functions or rules do to a decision about a raw socket. */
static void run_decide(fixture_t *fixture, const policy_t *policy, const char *text, size_t size)
{
  char name[VALUE_MAX + 16];
  bool fine = strncmp(policy->expect, "fine", 4) == 0;

  why[0] = 0;
  measured_load(fixture, text, size);
  expect_that(fixture->report_count == 0, "%s", fixture->reports[0]);
  decide_others(fixture, "before");
  fixture_forget_reports(fixture);

  long held = atomic_load(&fixture->bytes);
  atomic_store(&fixture->most_bytes, held);
  double start = now_ms();
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, RAW, ICMP);
  measure_t measure = {now_ms() - start, (atomic_load(&fixture->most_bytes) - held) / KIB, verdict->cost};
  if (fine) {
    const char *says = policy->expect[4] ? policy->expect + 5 : "reject 10068";

    expect_that(!verdict->failed && strcmp(fixture_says(verdict), says) == 0, "%s, failed %d, \"%s\"",
                fixture_says(verdict), verdict->failed, verdict->reason);
  } else {
    expect_that(verdict->failed && verdict->error == USERS_CODE, "%s, failed %d, \"%s\"",
                fixture_says(verdict), verdict->failed, verdict->reason);
    check_report(fixture, policy, wanted_text(policy));
    expect_that(fixture_count_reports(fixture, "10-hostile.lua:") == fixture->report_count,
                "another policy is blamed");
  }
  long most = policy->memory[0] ? atol(policy->memory) : MEMORY_KIB + SLACK_KIB;
  expect_that(measure.kib <= most, "%ld KiB, more than %ld", measure.kib, most);
  /* Twice, where memory ran out in a state that was used before. A file's functions share a bound of their
   * own. */
  uint64_t steps = policy->memory[0] ? 20 * (uint64_t)STEPS : 2 * (uint64_t)STEPS;
  expect_that(measure.steps <= steps + 1000, "%llu steps", (unsigned long long)measure.steps);
  decide_others(fixture, "at the next decision");
  fixture_drop_engine(fixture);
  expect_that(atomic_load(&fixture->blocks) == 0, "%ld blocks leaked", atomic_load(&fixture->blocks));
  snprintf(name, sizeof name, "%s, deciding", policy->name);
  conclude(name, &measure, &worst_decision);
  if (!SPARING || fine)
    run_check(fixture, policy, text, size, true);
}

static void run_policy(fixture_t *fixture, const policy_t *policy)
{
  char *text = malloc(FILE_ROOM), *body = text + VALUE_MAX;
  size_t start = 0, size = expand(policy->text, body, &start);
  const char *run = policy->run;
  static const char open[] = "on_socket(function(request) if request.type == SOCK_RAW then ",
                    close[] = " end end)";

  if (policy->app[0]) {
    static char name[4096];

    memset(name, policy->app[0], sizeof name - 1);
    fixture->attributes[POLICY_ATTRIBUTE_NAME].text = name;
  } else {
    fixture->attributes[POLICY_ATTRIBUTE_NAME].text = "Probe.exe";
  }
  if (strcmp(run, "bytes") == 0) /* the file starts where its header ends */
    run_load(fixture, policy, body + start, size - start);
  else if (strcmp(run, "load") == 0 ||
           (strcmp(run, "both") == 0 && !(SPARING && strncmp(policy->expect, "stopped", 7) == 0)))
    run_load(fixture, policy, body, size);
  if (strcmp(run, "policy") == 0)
    run_decide(fixture, policy, body, size);
  if (strcmp(run, "both") == 0 || strcmp(run, "decide") == 0) { /* its lines stay where they are */
    memcpy(body - (sizeof open - 1), open, sizeof open - 1);
    memcpy(body + size, close, sizeof close);
    run_decide(fixture, policy, body - (sizeof open - 1), size + sizeof open + sizeof close - 2);
  }
  free(text);
}

/* ---- all ---- */

static int by_name(const void *a, const void *b)
{
  return strcmp(((const policy_t *)a)->name, ((const policy_t *)b)->name);
}

static policy_t *read_corpus(const char *path, size_t *count)
{
  policy_t *policies = calloc(500, sizeof *policies);
  DIR *folder = opendir(path);

  if (folder == NULL || policies == NULL) {
    fprintf(stderr, "cannot read %s\n", path);
    exit(2);
  }
  for (struct dirent *found; *count < 500 && (found = readdir(folder)) != NULL;) {
    char file[1024];
    const char *end = strrchr(found->d_name, '.');

    if (end == NULL || strcmp(end, ".lua") != 0)
      continue;
    policy_t *policy = &policies[(*count)++];
    snprintf(policy->name, VALUE_MAX, "%.*s", (int)(end - found->d_name), found->d_name);
    snprintf(file, sizeof file, "%s/%s", path, found->d_name);
    policy->text = read_whole(file);
    header(policy->text, "run", policy->run);
    header(policy->text, "expect", policy->expect);
    header(policy->text, "line", policy->line);
    header(policy->text, "app", policy->app);
    header(policy->text, "memory", policy->memory);
    static const char *const runs[] = {"both", "load", "decide", "policy", "bytes"};
    bool known = false;
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++)
      known |= strcmp(policy->run, runs[i]) == 0;
    if (!known || !policy->expect[0]) {
      fprintf(stderr, "%s does not say how it runs and what to expect\n", file);
      exit(2);
    }
  }
  closedir(folder);
  qsort(policies, *count, sizeof *policies, by_name);
  return policies;
}

int main(int argc, char **argv)
{
  size_t count = 0;
  void *state;

  if (argc < 2 || fixture_setup(&state) != 0)
    return 2;
  policy_t *policies = read_corpus(argv[1], &count);
  ((fixture_t *)state)->settings.instruction_limit = STEPS;
  ((fixture_t *)state)->settings.memory_limit_kib = MEMORY_KIB;
  for (size_t i = 0; i < count; i++) {
    if (argc < 3 || strstr(policies[i].name, argv[2]) != NULL)
      run_policy(state, &policies[i]);
    free(policies[i].text);
  }
  free(policies);
  printf("%zu hostile policies, %d runs, at %d steps and %d KiB a decision\n", count, passed + failed, STEPS,
         MEMORY_KIB);
  printf("worst load: %.1f ms (%s), %ld KiB (%s)\n", worst_load.ms, worst_load.slow, worst_load.kib,
         worst_load.large);
  printf("worst check: %.1f ms (%s), %ld KiB (%s)\n", worst_check.ms, worst_check.slow, worst_check.kib,
         worst_check.large);
  printf("worst decision: %.1f ms (%s), %ld KiB (%s), %llu steps\n", worst_decision.ms, worst_decision.slow,
         worst_decision.kib, worst_decision.large, (unsigned long long)worst_decision.steps);
  bool leaked = fixture_teardown(&state) != 0;
  return failed || leaked || (argc < 3 && count < 60);
}
