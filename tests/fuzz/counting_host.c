#include "counting_host.h"

#include <stdlib.h>
#include <string.h>

#include "expect.h"

/* Each block is preceded by its size. */
typedef union header {
  size_t size;
  max_align_t align;
} header_t;

static void *resize(void *context, void *block, size_t size)
{
  counting_host_t *counting = context;
  header_t *old = block != NULL ? (header_t *)block - 1 : NULL;
  size_t old_size = old != NULL ? old->size : 0;

  if (size == 0) {
    counting->blocks -= old != NULL;
    counting->bytes -= old_size;
    free(old);
    return NULL;
  }
  header_t *new = realloc(old, sizeof *new + size);
  if (new == NULL)
    return NULL;
  new->size = size;
  counting->blocks += old == NULL;
  counting->bytes += size - old_size;
  if (counting->bytes > counting->most_bytes)
    counting->most_bytes = counting->bytes;
  return new + 1;
}

static void read_settings(void *context, policy_settings_t *settings)
{
  *settings = ((counting_host_t *)context)->settings;
}

static bool read_attribute(void *context, policy_attribute_t fact, policy_attribute_value_t *value)
{
  counting_host_t *counting = context;

  expect(fact < POLICY_ATTRIBUTE_COUNT, "no such fact: %d", (int)fact);
  *value = counting->facts[fact];
  return !counting->unknown[fact];
}

static void hear_report(void *context, const policy_report_t *report)
{
  counting_host_t *counting = context;

  expect(report->severity <= POLICY_ERROR, "severity %d", (int)report->severity);
  expect(report->message && report->message[0], "a report says nothing");
  expect(report->line >= 0, "line %d", (int)report->line);
  expect(!report->advice || report->advice[0], "an empty suggestion beside \"%s\"", report->message);
  if (report->severity == POLICY_ERROR && !counting->reports[POLICY_ERROR])
    snprintf(counting->first_error, sizeof counting->first_error, "%s:%d: %s",
             report->file != NULL ? report->file : "", (int)report->line, report->message);
  counting->reports[report->severity]++;
}

void counting_host_init(counting_host_t *counting)
{
  memset(counting, 0, sizeof *counting);
  policy_settings_default(&counting->settings);
  strcpy(counting->settings.policy_dir, "policies");
  counting->facts[POLICY_ATTRIBUTE_NAME].text = "Probe.exe";
  counting->facts[POLICY_ATTRIBUTE_PATH].text = "C:\\Tools\\Probe.exe";
  counting->facts[POLICY_ATTRIBUTE_PID].number = 4242;
  counting->facts[POLICY_ATTRIBUTE_COMMAND_LINE].text = "Probe.exe -v";
  counting->facts[POLICY_ATTRIBUTE_USER].text = "CORP\\alice";
  counting->facts[POLICY_ATTRIBUTE_SID].text = "S-1-5-21-1-2-3-1001";
  counting->facts[POLICY_ATTRIBUTE_SERVICE].text = "";
  counting->facts[POLICY_ATTRIBUTE_SESSION].number = 7;
}

policy_host_t counting_host_policy_host(counting_host_t *counting)
{
  return (policy_host_t){counting, read_settings, read_attribute, hear_report, resize};
}

void counting_host_expect_empty(const counting_host_t *counting)
{
  expect(!counting->blocks && !counting->bytes, "the engine left %zu blocks, %zu bytes", counting->blocks,
         counting->bytes);
}

static bool ends(const char *text, size_t size)
{
  return memchr(text, 0, size) != NULL;
}

static bool same_triple(const policy_triple_t *a, const policy_triple_t *b)
{
  return a->af == b->af && a->type == b->type && a->protocol == b->protocol;
}

void counting_host_expect_verdict(const counting_host_t *counting, const policy_request_t *request,
                                  const policy_verdict_t *verdict)
{
  bool audit = counting->settings.mode == POLICY_MODE_AUDIT;
  bool same = same_triple(&verdict->triple, &request->effective);

  expect(verdict->decided <= POLICY_REWRITE, "decided %d", (int)verdict->decided);
  expect(verdict->action == (audit ? POLICY_ALLOW : verdict->decided), "%d was decided and %d is to be done",
         (int)verdict->decided, (int)verdict->action);
  expect(same || verdict->action == POLICY_REWRITE, "the triple changed and action is %d",
         (int)verdict->action);
  expect((verdict->decided == POLICY_REJECT) == (verdict->error != 0), "decided %d, error %d",
         (int)verdict->decided, (int)verdict->error);
  expect(!verdict->error || policy_error_may_reject(verdict->error), "error %d", (int)verdict->error);
  expect(verdict->decided != POLICY_REWRITE || !request->shared, "a shared socket was rewritten");
  expect(counting->settings.mode != POLICY_MODE_OFF ||
             (verdict->decided == POLICY_ALLOW && !verdict->file[0]),
         "the layer is off and decides");
  expect(ends(verdict->file, sizeof verdict->file) && ends(verdict->rule, sizeof verdict->rule) &&
             ends(verdict->reason, sizeof verdict->reason) && ends(verdict->log, sizeof verdict->log),
         "a text does not end");
  expect(verdict->line >= 0 && (verdict->line > 0) <= (verdict->file[0] != 0), "line %d of \"%s\"",
         (int)verdict->line, verdict->file);
}
