/*
 * request_spec_fields.h - the fields of a request spec, listed: their names, what they take, and where they
 * lie in it. policy_tools.h declares request_spec_field and request_spec_is_group.
 */
#ifndef SOCKWARDEN_REQUEST_SPEC_FIELDS_H
#define SOCKWARDEN_REQUEST_SPEC_FIELDS_H

#include "policy_tools.h"

typedef enum request_spec_kind {
  REQUEST_SPEC_FAMILY = POLICY_CONSTANTS_AF,
  REQUEST_SPEC_TYPE = POLICY_CONSTANTS_TYPE,
  REQUEST_SPEC_PROTOCOL = POLICY_CONSTANTS_PROTOCOL,
  REQUEST_SPEC_FLAGS,
  REQUEST_SPEC_OVERLAPPED, /* a bit of the flags, as true or false */
  REQUEST_SPEC_TEXT,
  REQUEST_SPEC_NUMBER,
  REQUEST_SPEC_TRUTH,
  REQUEST_SPEC_SERVICE
} request_spec_kind_t;

struct request_spec_field {
  const char *group, *name; /* the group is "", "app" or "requested" */
  request_spec_kind_t kind;
  size_t offset;          /* in request_spec_t */
  const char *annotation; /* LuaLS: its type, and a note on it */
};

/* All fields, in order; the last is followed by one without a name. Static. */
const request_spec_field_t *request_spec_fields(void);

/* "app.pid", or "af": the field as people write it. Returns name. */
enum { REQUEST_SPEC_NAME_MAX = 32 };
const char *request_spec_name(const request_spec_field_t *field, char name[REQUEST_SPEC_NAME_MAX]);

#endif
