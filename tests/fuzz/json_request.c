/*
 * Any bytes as requests in JSON. What is read as a question is written and read again: it must be the same.
 */
#define _POSIX_C_SOURCE 200809L /* fmemopen */
#include <string.h>

#include "expect.h"
#include "given_host.h"
#include "json.h"
#include "request_json.h"
#include "target.h"

enum { QUESTIONS_MAX = 64, JSON_MAX = 1 << 20 };

typedef struct heard {
  size_t questions, mistakes;
  const request_spec_t *same_as; /* what the next question must be; NULL: anything */
} heard_t;

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

static void write_triple(json_t *json, const policy_triple_t *triple)
{
  json_number(json, "af", triple->af);
  json_number(json, "type", triple->type);
  json_number(json, "protocol", triple->protocol);
}

static void write_question(json_t *json, const request_spec_t *question)
{
  json_open(json, NULL, '{');
  if (question->names_effective)
    write_triple(json, &question->effective);
  if (question->names_requested) {
    json_open(json, "requested", '{');
    write_triple(json, &question->requested);
    json_close(json, '}');
  }
  json_number(json, "flags", question->flags);
  json_truth(json, "shared", question->shared);
  json_text(json, "provider", question->provider);
  json_number(json, "catalog_id", question->catalog_id);
  json_open(json, "app", '{');
  json_text(json, "path", question->path);
  json_text(json, "name", question->name);
  json_text(json, "command_line", question->command_line);
  json_text(json, "user", question->user);
  json_text(json, "sid", question->sid);
  if (question->service && question->service[0])
    json_text(json, "service", question->service);
  else
    json_truth(json, "service", question->service != NULL);
  json_truth(json, "elevated", question->elevated);
  json_number(json, "pid", question->pid);
  json_number(json, "session", question->session);
  json_close(json, '}');
  json_close(json, '}');
}

static void hear_mistake(void *context, const char *why)
{
  heard_t *heard = context;
  unsigned line;
  heard->mistakes++;
  expect(sscanf(why, "line %u: ", &line) == 1 && line >= 1, "a mistake of nowhere: %s", why);
  expect(!heard->same_as, "what was written is not read: %s", why);
}

static void read_bytes(const void *bytes, size_t size, heard_t *heard);

static void hear_question(void *context, const request_spec_t *question)
{
  static char text[JSON_MAX];
  heard_t *heard = context;
  if (++heard->questions > QUESTIONS_MAX)
    return;
  policy_request_t request = given_host_request(question);
  expect(request.provider, "no provider");
  if (heard->same_as) {
    expect_same(heard->same_as, question);
    return;
  }
  FILE *stream = fmemopen(text, sizeof text, "w");
  json_t json = {stream, false};
  write_question(&json, question);
  long size = ftell(stream);
  fclose(stream);
  heard_t again = {.same_as = question};
  read_bytes(text, (size_t)size, &again);
  expect(again.questions == 1, "%zu questions of one: %.*s", again.questions, (int)size, text);
}

static void read_bytes(const void *bytes, size_t size, heard_t *heard)
{
  request_spec_t defaults;
  request_spec_init(&defaults);
  request_reader_t reader = {&defaults, heard, hear_question, hear_mistake};
  FILE *stream = fmemopen((void *)(uintptr_t)bytes, size, "r");
  request_json_read(stream, &reader);
  fclose(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  heard_t heard = {0};
  bool blank = true;
  for (size_t i = 0; i < size; i++) /* byte order marks are blank as well */
    blank = blank && data[i] && strchr(" \t\r\n\xef\xbb\xbf", data[i]);
  if (!size)
    return 0; /* fmemopen takes no empty buffer */
  read_bytes(data, size, &heard);
  expect(blank || heard.questions || heard.mistakes || memchr(data, '[', size), "something was passed over");
  return 0;
}
