#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "fixture.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>
#if defined(_WIN32)
#include <direct.h>
#include <process.h>
#endif

/* ---- files ---- */

static bool make_folder(fixture_t *fixture)
{
#if defined(_WIN32)
  static int number;
  const char *temporary = getenv("TEMP");
  /* Process ids come round again, and a program that was ended leaves its folder behind: look for a free
   * name. */
  for (int tries = 0; tries < 10000; tries++) {
    snprintf(fixture->folder, sizeof fixture->folder, "%s\\sockwarden-%d-%d", temporary ? temporary : ".",
             (int)_getpid(), number++);
    if (_mkdir(fixture->folder) == 0)
      return true;
  }
  return false;
#else
  const char *temporary = getenv("TMPDIR");

  snprintf(fixture->folder, sizeof fixture->folder, "%s/sockwarden-XXXXXX",
           temporary != NULL ? temporary : "/tmp");
  return mkdtemp(fixture->folder) != NULL;
#endif
}

void fixture_path(const fixture_t *fixture, const char *name, char *path, size_t size)
{
  snprintf(path, size, "%s/%s", fixture->folder, name);
}

void fixture_write_bytes(fixture_t *fixture, const char *name, const void *bytes, size_t size)
{
  char path[1024];

  fixture_path(fixture, name, path, sizeof path);
  FILE *file = fopen(path, "wb");
  if (file == NULL)
    fail_msg("cannot write %s", path);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  fclose(file);
}

void fixture_write(fixture_t *fixture, const char *name, const char *text)
{
  fixture_write_bytes(fixture, name, text, strlen(text));
}

void fixture_remove(fixture_t *fixture, const char *name)
{
  char path[1024];

  fixture_path(fixture, name, path, sizeof path);
  if (remove(path) != 0)
    fail_msg("cannot remove %s", path);
}

static void empty_folder(fixture_t *fixture)
{
  DIR *folder = opendir(fixture->folder);
  struct dirent *found;
  char path[1024];

  if (folder == NULL)
    return;
  while ((found = readdir(folder)) != NULL) {
    if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
      continue;
    fixture_path(fixture, found->d_name, path, sizeof path);
    if (remove(path) != 0)
      rmdir(path);
  }
  closedir(folder);
}

/* ---- the host ---- */

static void read_settings(void *context, policy_settings_t *settings)
{
  *settings = ((fixture_t *)context)->settings;
}

static bool read_attribute(void *context, policy_attribute_t attribute, policy_attribute_value_t *value)
{
  fixture_t *fixture = context;

  atomic_fetch_add(&fixture->attribute_reads[attribute], 1);
  *value = fixture->attributes[attribute];
  return !fixture->unknown[attribute];
}

static const char *or_empty(const char *text)
{
  return text != NULL ? text : "";
}

static void report(void *context, const policy_report_t *report)
{
  fixture_t *fixture = context;

  while (atomic_flag_test_and_set(&fixture->reporting)) {
  }
  if (fixture->report_count < FIXTURE_REPORTS)
    snprintf(fixture->reports[fixture->report_count++], FIXTURE_REPORT_MAX, "%s:%d: %s: %s [%s] [%s] [%s]",
             or_empty(report->file), (int)report->line, policy_severity_name(report->severity),
             report->message, or_empty(report->subject), or_empty(report->correction),
             or_empty(report->advice));
  atomic_flag_clear(&fixture->reporting);
}

static void count_bytes(fixture_t *fixture, long more)
{
  long bytes = atomic_fetch_add(&fixture->bytes, more) + more;
  long most = atomic_load(&fixture->most_bytes);

  while (bytes > most && !atomic_compare_exchange_weak(&fixture->most_bytes, &most, bytes)) {
  }
}

/* Each block is preceded by its size. */
typedef union header {
  size_t size;
  max_align_t align;
} header_t;

static void *resize(void *context, void *block, size_t size)
{
  fixture_t *fixture = context;
  header_t *old = block != NULL ? (header_t *)block - 1 : NULL;
  size_t old_size = old != NULL ? old->size : 0;

  if (size == 0) {
    atomic_fetch_sub(&fixture->blocks, old != NULL);
    count_bytes(fixture, -(long)old_size);
    if (old != NULL)
      memset(old, 0xdd, sizeof *old + old_size); /* whoever still uses it shall notice */
    free(old);
    return NULL;
  }
  long number = atomic_fetch_add(&fixture->allocations, 1) + 1;
  if (fixture->during != NULL)
    fixture->during(fixture, number);
  if (number >= fixture->fail_from && number < fixture->fail_until)
    return NULL;
  header_t *new = realloc(old, sizeof *new + size);
  if (new == NULL)
    return NULL;
  new->size = size;
  atomic_fetch_add(&fixture->blocks, old == NULL);
  count_bytes(fixture, (long)size - (long)old_size);
  return new + 1;
}

int fixture_setup(void **state)
{
  fixture_t *fixture = calloc(1, sizeof *fixture);

  if (fixture == NULL || !make_folder(fixture))
    return -1;
  policy_settings_default(&fixture->settings);
  snprintf(fixture->settings.policy_dir, sizeof fixture->settings.policy_dir, "%s", fixture->folder);
  fixture->attributes[POLICY_ATTRIBUTE_NAME].text = "Probe.exe";
  fixture->attributes[POLICY_ATTRIBUTE_PATH].text = "C:\\Tools\\Probe.exe";
  fixture->attributes[POLICY_ATTRIBUTE_PID].number = 4242;
  fixture->attributes[POLICY_ATTRIBUTE_COMMAND_LINE].text = "Probe.exe -v";
  fixture->attributes[POLICY_ATTRIBUTE_USER].text = "CORP\\alice";
  fixture->attributes[POLICY_ATTRIBUTE_SID].text = "S-1-5-21-1-2-3-1001";
  fixture->attributes[POLICY_ATTRIBUTE_SERVICE].text = "";
  fixture->attributes[POLICY_ATTRIBUTE_SESSION].number = 7;
  atomic_flag_clear(&fixture->reporting);
  *state = fixture;
  return 0;
}

int fixture_teardown(void **state)
{
  fixture_t *fixture = *state;

  fixture_drop_engine(fixture);
  long leaked = atomic_load(&fixture->blocks);
  empty_folder(fixture);
  rmdir(fixture->folder);
  free(fixture);
  if (leaked)
    print_error("the engine leaked %ld blocks\n", leaked);
  return leaked ? -1 : 0;
}

/* ---- the engine ---- */

policy_engine_t *fixture_engine(fixture_t *fixture)
{
  policy_host_t host = {fixture, read_settings, read_attribute, report, resize};

  if (fixture->engine == NULL)
    fixture->engine = policy_engine_create(&host);
  return fixture->engine;
}

void fixture_drop_engine(fixture_t *fixture)
{
  policy_engine_destroy(fixture->engine);
  fixture->engine = NULL;
}

void fixture_policy(fixture_t *fixture, const char *text)
{
  fixture_drop_engine(fixture);
  empty_folder(fixture);
  fixture_forget_reports(fixture);
  fixture_write(fixture, "10-test.lua", text);
}

policy_request_t fixture_request(int32_t af, int32_t type, int32_t protocol)
{
  return (policy_request_t){.requested = {af, type, protocol},
                            .effective = {af, type, protocol},
                            .flags = 1,
                            .provider = "MSAFD Tcpip [TCP/IP]",
                            .catalog_id = 1001};
}

const policy_verdict_t *fixture_ask(fixture_t *fixture, const policy_request_t *request)
{
  memset(&fixture->verdict, 0xaa, sizeof fixture->verdict); /* every field must be written */
  policy_decide(fixture_engine(fixture), request, &fixture->verdict);
  return &fixture->verdict;
}

const policy_verdict_t *fixture_decide(fixture_t *fixture, int32_t af, int32_t type, int32_t protocol)
{
  policy_request_t request = fixture_request(af, type, protocol);

  return fixture_ask(fixture, &request);
}

size_t fixture_load(fixture_t *fixture)
{
  return policy_engine_load(fixture_engine(fixture), NULL, NULL);
}

/* ---- in words ---- */

const char *fixture_says(const policy_verdict_t *verdict)
{
  static char text[80];

  if (verdict->action == POLICY_ALLOW)
    snprintf(text, sizeof text, "allow");
  else if (verdict->action == POLICY_REJECT)
    snprintf(text, sizeof text, "reject %d", (int)verdict->error);
  else
    snprintf(text, sizeof text, "rewrite %d/%d/%d", (int)verdict->triple.af, (int)verdict->triple.type,
             (int)verdict->triple.protocol);
  return text;
}

const char *fixture_by(const policy_verdict_t *verdict)
{
  static char text[POLICY_FILE_MAX + 16];

  text[0] = 0;
  if (verdict->file[0] || verdict->line)
    snprintf(text, sizeof text, "%s:%d", verdict->file, (int)verdict->line);
  return text;
}

const char *fixture_report(const fixture_t *fixture, const char *text)
{
  for (size_t i = 0; i < fixture->report_count; i++)
    if (strstr(fixture->reports[i], text) != NULL)
      return fixture->reports[i];
  return NULL;
}

size_t fixture_count_reports(const fixture_t *fixture, const char *text)
{
  size_t count = 0;

  for (size_t i = 0; i < fixture->report_count; i++)
    count += strstr(fixture->reports[i], text) != NULL;
  return count;
}

void fixture_forget_reports(fixture_t *fixture)
{
  fixture->report_count = 0;
}

void fixture_assert_holds(const char *text, const char *part, const char *file, int line)
{
  if (text != NULL && strstr(text, part) != NULL)
    return;
  print_error("\"%s\" does not hold \"%s\"\n", text != NULL ? text : "(nothing)", part);
  _fail(file, line);
}

void fixture_assert_lua(fixture_t *fixture, const char *body)
{
  char policy[8192];
  int length = snprintf(policy, sizeof policy,
                        "on_socket(function(request) %s\nreturn reject(WSAEUSERS) end)\n", body);

  assert_true(length > 0 && (size_t)length < sizeof policy);
  fixture_policy(fixture, policy);
  const policy_verdict_t *verdict = fixture_decide(fixture, INET, STREAM, TCP);
  if (strcmp(fixture_says(verdict), "reject 10068") != 0) {
    for (size_t i = 0; i < fixture->report_count; i++)
      print_error("%s\n", fixture->reports[i]);
    fail_msg("the policy did not run to its end: %s", body);
  }
}
