/*
 * Any bytes as requests in JSON. What is read as a request is written and read again: it must be the same.
 */
#define _POSIX_C_SOURCE 200809L /* fmemopen */
#include <string.h>

#include "expect.h"
#include "base_catalog.h"
#include "json.h"
#include "request_json.h"
#include "target.h"

enum { REQUESTS_MAX = 64, JSON_MAX = 1 << 20 };

typedef struct outcome {
  size_t requests, mistakes;
  const request_spec_t *same_as; /* what the next spec must be; NULL: anything */
} outcome_t;

static bool same_text(const char *a, const char *b)
{
  return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_triple(const policy_triple_t *a, const policy_triple_t *b)
{
  return a->af == b->af && a->type == b->type && a->protocol == b->protocol;
}

static void expect_same(const request_spec_t *a, const request_spec_t *b)
{
  expect(same_triple(&a->requested, &b->requested) && same_triple(&a->effective, &b->effective) &&
             a->names_requested == b->names_requested && a->names_effective == b->names_effective,
         "another triple");
  expect(a->flags == b->flags && a->shared == b->shared && a->catalog_id == b->catalog_id &&
             a->elevated == b->elevated && a->pid == b->pid && a->session == b->session,
         "another number");
  expect(same_text(a->provider, b->provider) && same_text(a->path, b->path) && same_text(a->name, b->name) &&
             same_text(a->command_line, b->command_line) && same_text(a->user, b->user) &&
             same_text(a->sid, b->sid) && same_text(a->service, b->service),
         "another text");
}

static void write_triple(json_writer_t *json, const policy_triple_t *triple)
{
  json_number(json, "af", triple->af);
  json_number(json, "type", triple->type);
  json_number(json, "protocol", triple->protocol);
}

static void write_request(json_writer_t *json, const request_spec_t *spec)
{
  json_open(json, NULL, '{');
  if (spec->names_effective)
    write_triple(json, &spec->effective);
  if (spec->names_requested) {
    json_open(json, "requested", '{');
    write_triple(json, &spec->requested);
    json_close(json, '}');
  }
  json_number(json, "flags", spec->flags);
  json_truth(json, "shared", spec->shared);
  json_text(json, "provider", spec->provider);
  json_number(json, "catalog_id", spec->catalog_id);
  json_open(json, "app", '{');
  json_text(json, "path", spec->path);
  json_text(json, "name", spec->name);
  json_text(json, "command_line", spec->command_line);
  json_text(json, "user", spec->user);
  json_text(json, "sid", spec->sid);
  if (spec->service && spec->service[0])
    json_text(json, "service", spec->service);
  else
    json_truth(json, "service", spec->service != NULL);
  json_truth(json, "elevated", spec->elevated);
  json_number(json, "pid", spec->pid);
  json_number(json, "session", spec->session);
  json_close(json, '}');
  json_close(json, '}');
}

static void take_mistake(void *context, const char *why)
{
  outcome_t *outcome = context;
  unsigned line;
  outcome->mistakes++;
  expect(sscanf(why, "line %u: ", &line) == 1 && line >= 1, "a mistake of nowhere: %s", why);
  expect(!outcome->same_as, "what was written is not read: %s", why);
}

static void read_bytes(const void *bytes, size_t size, outcome_t *outcome);

static void take_request(void *context, const request_spec_t *spec)
{
  static char text[JSON_MAX];
  outcome_t *outcome = context;
  if (++outcome->requests > REQUESTS_MAX)
    return;
  policy_request_t request = base_catalog_request(spec);
  expect(request.provider, "no provider");
  if (outcome->same_as) {
    expect_same(outcome->same_as, spec);
    return;
  }
  FILE *stream = fmemopen(text, sizeof text, "w");
  json_writer_t json = {.stream = stream};
  write_request(&json, spec);
  long size = ftell(stream);
  fclose(stream);
  outcome_t again = {.same_as = spec};
  read_bytes(text, (size_t)size, &again);
  expect(again.requests == 1, "%zu requests of one: %.*s", again.requests, (int)size, text);
}

static void read_bytes(const void *bytes, size_t size, outcome_t *outcome)
{
  request_spec_t defaults;
  request_spec_init(&defaults);
  request_reader_t reader = {&defaults, outcome, take_request, take_mistake};
  FILE *stream = fmemopen((void *)(uintptr_t)bytes, size, "r");
  request_json_read(stream, &reader);
  fclose(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  outcome_t outcome = {0};
  bool blank = true;
  for (size_t i = 0; i < size; i++) /* byte order marks are blank as well */
    blank = blank && data[i] && strchr(" \t\r\n\xef\xbb\xbf", data[i]);
  if (!size)
    return 0; /* fmemopen takes no empty buffer */
  read_bytes(data, size, &outcome);
  expect(blank || outcome.requests || outcome.mistakes || memchr(data, '[', size),
         "something was passed over");
  return 0;
}
