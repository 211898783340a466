#include "request_spec_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_cut.h"

enum { OVERLAPPED = 1 }; /* WSA_FLAG_OVERLAPPED */

void request_spec_init(request_spec_t *spec)
{
  memset(spec, 0, sizeof *spec);
  spec->requested = (policy_triple_t){2, 1, 0}; /* AF_INET, SOCK_STREAM */
  spec->effective = spec->requested;
  spec->flags = OVERLAPPED;
  spec->path = spec->user = spec->sid = "";
  spec->session = 1;
}

/* ---- mistakes ---- */

static const char *request_spec__wanted(request_spec_kind_t kind)
{
  switch (kind) {
  case REQUEST_SPEC_FAMILY:
    return "a family such as AF_INET6";
  case REQUEST_SPEC_TYPE:
    return "a type such as SOCK_RAW";
  case REQUEST_SPEC_PROTOCOL:
    return "a protocol such as IPPROTO_ICMP";
  case REQUEST_SPEC_FLAGS:
    return "flags such as WSA_FLAG_OVERLAPPED";
  case REQUEST_SPEC_TEXT:
    return "a string";
  case REQUEST_SPEC_NUMBER:
    return "a number from 0 to 4294967295";
  case REQUEST_SPEC_SERVICE:
    return "true, false or a service's name";
  case REQUEST_SPEC_OVERLAPPED:
  case REQUEST_SPEC_TRUTH:
    break;
  }
  return "true or false";
}

bool request_spec_refuse(const request_spec_field_t *field, const char *what, request_spec_mistake_t *mistake)
{
  char name[REQUEST_SPEC_NAME_MAX];

  mistake->subject[0] = 0;
  mistake->correction = NULL;
  snprintf(mistake->message, sizeof mistake->message, "%s must be %s, not %.100s",
           request_spec_name(field, name), request_spec__wanted(field->kind), what);
  return false;
}

static bool request_spec__refuse_constant(const request_spec_field_t *field, const char *constant,
                                          const char *correction, request_spec_mistake_t *mistake)
{
  char name[REQUEST_SPEC_NAME_MAX];

  mistake->correction = correction;
  text_copy(mistake->subject, sizeof mistake->subject, constant);
  snprintf(mistake->message, sizeof mistake->message, "%s: unknown name '%s'", request_spec_name(field, name),
           mistake->subject);
  return false;
}

void request_spec_mistake_text(const request_spec_mistake_t *mistake, char *text, size_t size)
{
  const policy_report_t report = {.message = mistake->message, .correction = mistake->correction};

  policy_report_message(&report, text, size);
}

/* ---- values ---- */

static void *request_spec__target(request_spec_t *spec, const request_spec_field_t *field)
{
  return (char *)spec + field->offset;
}

static void request_spec__set_triple_part(request_spec_t *spec, const request_spec_field_t *field,
                                          int32_t value)
{
  bool requested = field->group[0];

  memcpy(request_spec__target(spec, field), &value, sizeof value);
  spec->names_requested |= requested;
  spec->names_effective |= !requested;
}

/* Names and numbers with commas or | between them. */
static bool request_spec__set_flags(uint32_t *flags, const request_spec_field_t *field, const char *text,
                                    request_spec_mistake_t *mistake)
{
  uint32_t all = 0;

  while (*text) {
    char name[64];
    size_t length = strcspn(text, ",|");
    const char *correction;
    int32_t value;
    char *end;

    snprintf(name, sizeof name, "%.*s", (int)length, text);
    unsigned long hex = strtoul(name, &end, 0);
    if (name[0] == '0' && name[1] && !*end)
      value = (int32_t)hex;
    else if (!policy_constant_value(POLICY_CONSTANTS_FLAG, name, &value, &correction))
      return request_spec__refuse_constant(field, name, correction, mistake);
    all |= (uint32_t)value;
    text += length + (text[length] != 0);
  }
  *flags = all;
  return true;
}

bool request_spec_set_text(request_spec_t *spec, const request_spec_field_t *field, const char *text,
                           request_spec_mistake_t *mistake)
{
  const char *correction;
  int32_t value;

  switch (field->kind) {
  case REQUEST_SPEC_FAMILY:
  case REQUEST_SPEC_TYPE:
  case REQUEST_SPEC_PROTOCOL:
    if (!policy_constant_value((policy_constants_t)field->kind, text, &value, &correction))
      return request_spec__refuse_constant(field, text, correction, mistake);
    request_spec__set_triple_part(spec, field, value);
    return true;
  case REQUEST_SPEC_FLAGS:
    return request_spec__set_flags(request_spec__target(spec, field), field, text, mistake);
  case REQUEST_SPEC_TEXT:
  case REQUEST_SPEC_SERVICE:
    *(const char **)request_spec__target(spec, field) = text;
    return true;
  case REQUEST_SPEC_OVERLAPPED:
  case REQUEST_SPEC_NUMBER:
  case REQUEST_SPEC_TRUTH:
    break;
  }
  return request_spec_refuse(field, "a string", mistake);
}

bool request_spec_set_number(request_spec_t *spec, const request_spec_field_t *field, int64_t number,
                             request_spec_mistake_t *mistake)
{
  char what[24];

  switch (field->kind) {
  case REQUEST_SPEC_FAMILY:
  case REQUEST_SPEC_TYPE:
  case REQUEST_SPEC_PROTOCOL:
    if (number < -1 || number > INT32_MAX)
      break;
    request_spec__set_triple_part(spec, field, (int32_t)number);
    return true;
  case REQUEST_SPEC_FLAGS:
  case REQUEST_SPEC_NUMBER:
    if (number < 0 || number > UINT32_MAX)
      break;
    *(uint32_t *)request_spec__target(spec, field) = (uint32_t)number;
    return true;
  default:
    return request_spec_refuse(field, "a number", mistake);
  }
  snprintf(what, sizeof what, "%lld", (long long)number);
  return request_spec_refuse(field, what, mistake);
}

bool request_spec_set_truth(request_spec_t *spec, const request_spec_field_t *field, bool truth,
                            request_spec_mistake_t *mistake)
{
  switch (field->kind) {
  case REQUEST_SPEC_TRUTH:
    *(bool *)request_spec__target(spec, field) = truth;
    return true;
  case REQUEST_SPEC_OVERLAPPED:
    spec->flags = (spec->flags & ~(uint32_t)OVERLAPPED) | (truth ? OVERLAPPED : 0);
    return true;
  case REQUEST_SPEC_SERVICE:
    spec->service = truth ? "" : NULL;
    return true;
  default:
    return request_spec_refuse(field, truth ? "true" : "false", mistake);
  }
}
