#include "request_options.h"

#include <stdio.h>
#include <string.h>

static bool request_options__refuse(const char *option, const char *why)
{
  fprintf(stderr, "sockwarden: --%s: %s\n", option, why);
  return false;
}

/* af, type, protocol and flags. */
static bool request_options__parse_field(const char *name, const char *text, void *target)
{
  request_spec_mistake_t mistake;
  const request_spec_field_t *field = request_spec_field("", name, &mistake);
  char why[400];

  if (field != NULL && request_spec_set_text(target, field, text, &mistake))
    return true;
  request_spec_mistake_text(&mistake, why, sizeof why);
  return request_options__refuse(name, why);
}

static bool request_options__parse_service(const char *name, const char *text, void *target)
{
  request_spec_t *spec = target;

  (void)name;
  spec->service = strcmp(text, "false") == 0 ? NULL : strcmp(text, "true") == 0 ? "" : text;
  return true;
}

static bool request_options__parse_action(const char *name, const char *text, void *target)
{
  policy_action_t action;

  if (policy_action_value(text, &action) && action != POLICY_REWRITE) {
    *(policy_action_t *)target = action;
    return true;
  }
  fprintf(stderr, "sockwarden: --%s must be allow or reject, not '%s'\n", name, text);
  return false;
}

static bool request_options__parse_mode(const char *name, const char *text, void *target)
{
  if (policy_mode_value(text, target))
    return true;
  fprintf(stderr, "sockwarden: --%s must be enforce, audit or off, not '%s'\n", name, text);
  return false;
}

bool request_options_folder(const char *name, const char *value, void *target)
{
  if (strlen(value) >= POLICY_PATH_MAX)
    return request_options__refuse(name, "the folder's name is too long");
  strcpy(target, value);
  return true;
}

static option_t *request_options__add(option_t *rows, const option_t *more, size_t count)
{
  memcpy(rows, more, count * sizeof *rows);
  return rows + count;
}

#define ADD(rows, more) request_options__add(rows, more, sizeof(more) / sizeof((more)[0]))

option_t *request_options_call(option_t *rows, request_spec_t *spec)
{
  const option_t more[] = {
      {"af", OPTION_OTHER, spec, "AF", "address family, a name or number; default inet",
       request_options__parse_field},
      {"type", OPTION_OTHER, spec, "TYPE", "socket type, a name or number; default stream",
       request_options__parse_field},
      {"protocol", OPTION_OTHER, spec, "PROTOCOL", "a name or number; default 0: that of the type",
       request_options__parse_field},
      {"flags", OPTION_OTHER, spec, "FLAGS", "names or numbers separated by commas; default overlapped",
       request_options__parse_field},
      {"shared", OPTION_TRUTH, &spec->shared, "[BOOL]",
       "the socket is a duplicate from another process; default false", NULL},
      {"provider", OPTION_TEXT, &spec->provider, "NAME",
       "name of the lower provider; default that of Windows", NULL},
      {"catalog-id", OPTION_NUMBER, &spec->catalog_id, "ID", "its catalog id; default that of Windows", NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_app(option_t *rows, request_spec_t *spec)
{
  const option_t more[] = {
      {"app", OPTION_TEXT, &spec->path, "PATH", "the program's full path; default none", NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_process(option_t *rows, request_spec_t *spec)
{
  const option_t more[] = {
      {"pid", OPTION_NUMBER, &spec->pid, "PID", "process id; default 0", NULL},
      {"command-line", OPTION_TEXT, &spec->command_line, "TEXT", "command line; default the program's path",
       NULL},
      {"user", OPTION_TEXT, &spec->user, "DOMAIN\\NAME", "account; default none", NULL},
      {"sid", OPTION_TEXT, &spec->sid, "SID", "SID of the account; default none", NULL},
      {"elevated", OPTION_TRUTH, &spec->elevated, "[BOOL]", "whether it runs elevated; default false", NULL},
      {"service", OPTION_OTHER, spec, "NAME", "name of the service it runs, or true or false; default false",
       request_options__parse_service},
      {"session", OPTION_NUMBER, &spec->session, "ID", "session id; default 1", NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_settings(option_t *rows, policy_settings_t *settings)
{
  const option_t more[] = {
      {"mode", OPTION_OTHER, &settings->mode, "MODE", "enforce (default), audit or off",
       request_options__parse_mode},
      {"on-error", OPTION_OTHER, &settings->on_error, "VERDICT",
       "where a policy fails: allow (default) or reject", request_options__parse_action},
      {"default-verdict", OPTION_OTHER, &settings->default_verdict, "VERDICT",
       "where no policy decides: allow (default) or reject", request_options__parse_action},
      {"instruction-limit", OPTION_NUMBER, &settings->instruction_limit, "COUNT",
       "instructions a function may spend on a call; default 1000000", NULL},
      {"memory-limit-kib", OPTION_NUMBER, &settings->memory_limit_kib, "KIB",
       "memory it may add meanwhile; default 1024", NULL},
  };

  return ADD(rows, more);
}
