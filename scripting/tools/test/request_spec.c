#include "request_spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "constants.h"

enum { OVERLAPPED = 1 };

typedef enum kind {
  KIND_FAMILY = POLICY_CONSTANTS_AF,
  KIND_TYPE = POLICY_CONSTANTS_TYPE,
  KIND_PROTOCOL = POLICY_CONSTANTS_PROTOCOL,
  KIND_FLAGS,
  KIND_OVERLAPPED,
  KIND_TEXT,
  KIND_NUMBER,
  KIND_TRUTH,
  KIND_SERVICE
} kind_t;

struct request_spec_field {
  const char *group, *name;
  kind_t kind;
  size_t offset;
  const char *annotation;
};

#define AT(member) offsetof(request_spec_t, member)

static const request_spec_field_t fields[] = {
    {"", "af", KIND_FAMILY, AT(effective.af), "sockwarden.Family|string|nil default AF_INET"},
    {"", "type", KIND_TYPE, AT(effective.type), "sockwarden.Type|string|nil default SOCK_STREAM"},
    {"", "protocol", KIND_PROTOCOL, AT(effective.protocol), "sockwarden.Protocol|string|nil default 0"},
    {"requested", "af", KIND_FAMILY, AT(requested.af), "sockwarden.Family|string|nil"},
    {"requested", "type", KIND_TYPE, AT(requested.type), "sockwarden.Type|string|nil"},
    {"requested", "protocol", KIND_PROTOCOL, AT(requested.protocol), "sockwarden.Protocol|string|nil"},
    {"", "flags", KIND_FLAGS, AT(flags), "sockwarden.Flag|string|nil default WSA_FLAG_OVERLAPPED"},
    {"", "overlapped", KIND_OVERLAPPED, AT(flags), "boolean? WSA_FLAG_OVERLAPPED among the flags"},
    {"", "shared", KIND_TRUTH, AT(shared), "boolean? default false"},
    {"", "provider", KIND_TEXT, AT(provider), "string? default: the base entry's name"},
    {"", "catalog_id", KIND_NUMBER, AT(catalog_id), "integer? default: the base entry's id"},
    {"app", "path", KIND_TEXT, AT(path), "string? default none"},
    {"app", "name", KIND_TEXT, AT(name), "string? default: the path's last part"},
    {"app", "pid", KIND_NUMBER, AT(pid), "integer? default 0"},
    {"app", "command_line", KIND_TEXT, AT(command_line), "string? default: the path"},
    {"app", "user", KIND_TEXT, AT(user), "string? default none"},
    {"app", "sid", KIND_TEXT, AT(sid), "string? default none"},
    {"app", "elevated", KIND_TRUTH, AT(elevated), "boolean? default false"},
    {"app", "service", KIND_SERVICE, AT(service), "boolean|string|nil default false"},
    {"app", "session", KIND_NUMBER, AT(session), "integer? default 1"},
};

enum { FIELDS = sizeof fields / sizeof fields[0] };

void request_spec_init(request_spec_t *question)
{
  memset(question, 0, sizeof *question);
  question->requested = (policy_triple_t){2, 1, 0};
  question->effective = question->requested;
  question->flags = OVERLAPPED;
  question->path = question->user = question->sid = "";
  question->session = 1;
}

bool request_spec_is_group(const char *name)
{
  return strcmp(name, "app") == 0 || strcmp(name, "requested") == 0;
}

static const char *request_spec__dot(const char *group)
{
  return group[0] ? "." : "";
}

const request_spec_field_t *request_spec_field(const char *group, const char *name,
                                               char why[REQUEST_SPEC_WHY_MAX])
{
  const char *best = NULL;
  int distance = NAME_FAR;

  for (size_t i = 0; i < FIELDS; i++) {
    if (strcmp(fields[i].group, group) != 0)
      continue;
    if (strcmp(fields[i].name, name) == 0)
      return &fields[i];
    best = name_nearest(name, fields[i].name, best, &distance);
  }
  if (!group[0]) {
    best = name_nearest(name, "app", best, &distance);
    best = name_nearest(name, "requested", best, &distance);
  }
  snprintf(why, REQUEST_SPEC_WHY_MAX, "a request has no field '%s%s%.64s'%s%s%s", group,
           request_spec__dot(group), name, best != NULL ? "; did you mean " : "", best != NULL ? best : "",
           best != NULL ? "?" : "");
  return NULL;
}

static const char *request_spec__wanted(kind_t kind)
{
  switch (kind) {
  case KIND_FAMILY:
    return "a family such as AF_INET6";
  case KIND_TYPE:
    return "a type such as SOCK_RAW";
  case KIND_PROTOCOL:
    return "a protocol such as IPPROTO_ICMP";
  case KIND_FLAGS:
    return "flags such as WSA_FLAG_OVERLAPPED";
  case KIND_TEXT:
    return "a text";
  case KIND_NUMBER:
    return "a number from 0 to 4294967295";
  case KIND_SERVICE:
    return "true, false or a service's name";
  case KIND_OVERLAPPED:
  case KIND_TRUTH:
    break;
  }
  return "true or false";
}

bool request_spec_refuse(const request_spec_field_t *field, const char *what, char why[REQUEST_SPEC_WHY_MAX])
{
  snprintf(why, REQUEST_SPEC_WHY_MAX, "%s%s%s must be %s, not %.100s", field->group,
           request_spec__dot(field->group), field->name, request_spec__wanted(field->kind), what);
  return false;
}

static void *request_spec__target(request_spec_t *question, const request_spec_field_t *field)
{
  return (char *)question + field->offset;
}

static void request_spec__set_triple_part(request_spec_t *question, const request_spec_field_t *field,
                                          int32_t value)
{
  bool requested = field->group[0];

  memcpy(request_spec__target(question, field), &value, sizeof value);
  question->names_requested |= requested;
  question->names_effective |= !requested;
}

static bool request_spec__refuse_word(const request_spec_field_t *field, const char *word,
                                      const char *suggestion, char why[REQUEST_SPEC_WHY_MAX])
{
  snprintf(why, REQUEST_SPEC_WHY_MAX, "%s%s%s: '%.64s' is no name I know%s%s%s", field->group,
           request_spec__dot(field->group), field->name, word, suggestion != NULL ? "; did you mean " : "",
           suggestion != NULL ? suggestion : "", suggestion != NULL ? "?" : "");
  return false;
}

bool request_spec_parse_flags(const char *text, uint32_t *flags, char why[REQUEST_SPEC_WHY_MAX])
{
  static const request_spec_field_t field = {"", "flags", KIND_FLAGS, AT(flags), ""};

  *flags = 0;
  while (*text) {
    char word[64];
    size_t length = strcspn(text, ",|");
    const char *suggestion;
    int32_t value;
    char *end;

    snprintf(word, sizeof word, "%.*s", (int)length, text);
    unsigned long hex = strtoul(word, &end, 0);
    if (word[0] == '0' && word[1] && !*end)
      value = (int32_t)hex;
    else if (!policy_constant_value(POLICY_CONSTANTS_FLAG, word, &value, &suggestion))
      return request_spec__refuse_word(&field, word, suggestion, why);
    *flags |= (uint32_t)value;
    text += length + (text[length] != 0);
  }
  return true;
}

bool request_spec_set_text(request_spec_t *question, const request_spec_field_t *field, const char *text,
                           char why[REQUEST_SPEC_WHY_MAX])
{
  const char *suggestion;
  int32_t value;

  switch (field->kind) {
  case KIND_FAMILY:
  case KIND_TYPE:
  case KIND_PROTOCOL:
    if (!policy_constant_value((policy_constants_t)field->kind, text, &value, &suggestion))
      return request_spec__refuse_word(field, text, suggestion, why);
    request_spec__set_triple_part(question, field, value);
    return true;
  case KIND_FLAGS:
    return request_spec_parse_flags(text, request_spec__target(question, field), why);
  case KIND_TEXT:
  case KIND_SERVICE:
    *(const char **)request_spec__target(question, field) = text;
    return true;
  case KIND_OVERLAPPED:
  case KIND_NUMBER:
  case KIND_TRUTH:
    break;
  }
  return request_spec_refuse(field, "a text", why);
}

bool request_spec_set_number(request_spec_t *question, const request_spec_field_t *field, int64_t number,
                             char why[REQUEST_SPEC_WHY_MAX])
{
  switch (field->kind) {
  case KIND_FAMILY:
  case KIND_TYPE:
  case KIND_PROTOCOL:
    if (number < -1 || number > INT32_MAX)
      break;
    request_spec__set_triple_part(question, field, (int32_t)number);
    return true;
  case KIND_FLAGS:
  case KIND_NUMBER:
    if (number < 0 || number > UINT32_MAX)
      break;
    *(uint32_t *)request_spec__target(question, field) = (uint32_t)number;
    return true;
  default:
    return request_spec_refuse(field, "a number", why);
  }
  return request_spec_refuse(field, "such a number", why);
}

bool request_spec_set_truth(request_spec_t *question, const request_spec_field_t *field, bool truth,
                            char why[REQUEST_SPEC_WHY_MAX])
{
  switch (field->kind) {
  case KIND_TRUTH:
    *(bool *)request_spec__target(question, field) = truth;
    return true;
  case KIND_OVERLAPPED:
    question->flags = (question->flags & ~(uint32_t)OVERLAPPED) | (truth ? OVERLAPPED : 0);
    return true;
  case KIND_SERVICE:
    question->service = truth ? "" : NULL;
    return true;
  default:
    return request_spec_refuse(field, truth ? "true" : "false", why);
  }
}

bool request_spec_describe(size_t index, const char **group, const char **name, const char **annotation)
{
  if (index >= FIELDS)
    return false;
  *group = fields[index].group;
  *name = fields[index].name;
  *annotation = fields[index].annotation;
  return true;
}
