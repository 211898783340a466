#include "request_spec_fields.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "nearest_name.h"
#include "text_cut.h"

#define AT(member) offsetof(request_spec_t, member)

static const request_spec_field_t fields[] = {
    {"", "af", REQUEST_SPEC_FAMILY, AT(effective.af), "sockwarden.Family|string|nil default AF_INET"},
    {"", "type", REQUEST_SPEC_TYPE, AT(effective.type), "sockwarden.Type|string|nil default SOCK_STREAM"},
    {"", "protocol", REQUEST_SPEC_PROTOCOL, AT(effective.protocol),
     "sockwarden.Protocol|string|nil default 0"},
    {"requested", "af", REQUEST_SPEC_FAMILY, AT(requested.af), "sockwarden.Family|string|nil"},
    {"requested", "type", REQUEST_SPEC_TYPE, AT(requested.type), "sockwarden.Type|string|nil"},
    {"requested", "protocol", REQUEST_SPEC_PROTOCOL, AT(requested.protocol),
     "sockwarden.Protocol|string|nil"},
    {"", "flags", REQUEST_SPEC_FLAGS, AT(flags), "sockwarden.Flag|string|nil default WSA_FLAG_OVERLAPPED"},
    {"", "overlapped", REQUEST_SPEC_OVERLAPPED, AT(flags), "boolean? WSA_FLAG_OVERLAPPED among the flags"},
    {"", "shared", REQUEST_SPEC_TRUTH, AT(shared), "boolean? default false"},
    {"", "provider", REQUEST_SPEC_TEXT, AT(provider), "string? default: the base entry's name"},
    {"", "catalog_id", REQUEST_SPEC_NUMBER, AT(catalog_id), "integer? default: the base entry's id"},
    {"app", "path", REQUEST_SPEC_TEXT, AT(path), "string? default none"},
    {"app", "name", REQUEST_SPEC_TEXT, AT(name), "string? default: the path's last part"},
    {"app", "pid", REQUEST_SPEC_NUMBER, AT(pid), "integer? default 0"},
    {"app", "command_line", REQUEST_SPEC_TEXT, AT(command_line), "string? default: the path"},
    {"app", "user", REQUEST_SPEC_TEXT, AT(user), "string? default none"},
    {"app", "sid", REQUEST_SPEC_TEXT, AT(sid), "string? default none"},
    {"app", "elevated", REQUEST_SPEC_TRUTH, AT(elevated), "boolean? default false"},
    {"app", "service", REQUEST_SPEC_SERVICE, AT(service), "boolean|string|nil default false"},
    {"app", "session", REQUEST_SPEC_NUMBER, AT(session), "integer? default 1"},
    {0}};

const request_spec_field_t *request_spec_fields(void)
{
  return fields;
}

const char *request_spec_name(const request_spec_field_t *field, char name[REQUEST_SPEC_NAME_MAX])
{
  snprintf(name, REQUEST_SPEC_NAME_MAX, "%s%s%s", field->group, field->group[0] ? "." : "", field->name);
  return name;
}

bool request_spec_is_group(const char *name)
{
  return strcmp(name, "app") == 0 || strcmp(name, "requested") == 0;
}

const request_spec_field_t *request_spec_field(const char *group, const char *name,
                                               request_spec_mistake_t *mistake)
{
  nearest_name_t nearest = nearest_name_to(name);

  for (const request_spec_field_t *field = fields; field->name != NULL; field++) {
    if (strcmp(field->group, group) != 0)
      continue;
    if (strcmp(field->name, name) == 0)
      return field;
    nearest_name_offer(&nearest, field->name);
  }
  if (!group[0]) {
    nearest_name_offer(&nearest, "app");
    nearest_name_offer(&nearest, "requested");
  }
  mistake->correction = nearest.name;
  text_copy(mistake->subject, sizeof mistake->subject, name);
  snprintf(mistake->message, sizeof mistake->message, "a request has no field '%s%s%s'", group,
           group[0] ? "." : "", mistake->subject);
  return NULL;
}
