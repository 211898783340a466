#include "request_options.h"

#include <stdio.h>
#include <string.h>

static bool request_options__complain(const char *option, const char *why)
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
  return request_options__complain(name, why);
}

static bool request_options__parse_service(const char *name, const char *text, void *target)
{
  request_spec_t *question = target;

  (void)name;
  question->service = strcmp(text, "false") == 0 ? NULL : strcmp(text, "true") == 0 ? "" : text;
  return true;
}

static bool request_options__parse_choice(const char *name, const char *text, const char *const *choices,
                                          int *value)
{
  for (int i = 0; choices[i] != NULL; i++)
    if (strcmp(text, choices[i]) == 0) {
      *value = i;
      return true;
    }
  fprintf(stderr, "sockwarden: --%s must be ", name);
  for (int i = 0; choices[i] != NULL; i++)
    fprintf(stderr, "%s%s", i == 0 ? "" : choices[i + 1] != NULL ? ", " : " or ", choices[i]);
  fprintf(stderr, ", not '%s'\n", text);
  return false;
}

static bool request_options__parse_action(const char *name, const char *text, void *target)
{
  static const char *const choices[] = {"allow", "reject", NULL};
  int choice;

  if (!request_options__parse_choice(name, text, choices, &choice))
    return false;
  *(policy_action_t *)target = choice ? POLICY_REJECT : POLICY_ALLOW;
  return true;
}

static bool request_options__parse_mode(const char *name, const char *text, void *target)
{
  static const char *const choices[] = {"enforce", "audit", "off", NULL};
  int choice;

  if (!request_options__parse_choice(name, text, choices, &choice))
    return false;
  *(policy_mode_t *)target = (policy_mode_t)choice;
  return true;
}

bool request_options_folder(const char *name, const char *value, void *target)
{
  if (strlen(value) >= POLICY_PATH_MAX)
    return request_options__complain(name, "the folder's name is too long");
  strcpy(target, value);
  return true;
}

static option_t *request_options__add(option_t *rows, const option_t *more, size_t count)
{
  memcpy(rows, more, count * sizeof *rows);
  return rows + count;
}

#define ADD(rows, more) request_options__add(rows, more, sizeof(more) / sizeof((more)[0]))

option_t *request_options_call(option_t *rows, request_spec_t *question)
{
  const option_t more[] = {
      {"af", OPTION_OTHER, question, "AF", "family, a name or number; default inet",
       request_options__parse_field},
      {"type", OPTION_OTHER, question, "TYPE", "default stream", request_options__parse_field},
      {"protocol", OPTION_OTHER, question, "PROTOCOL", "default 0: the type's own",
       request_options__parse_field},
      {"flags", OPTION_OTHER, question, "FLAGS", "names or numbers, by commas; default overlapped",
       request_options__parse_field},
      {"shared", OPTION_TRUTH, &question->shared, "[BOOL]",
       "a socket another process duplicated; default false", NULL},
      {"provider", OPTION_TEXT, &question->provider, "NAME", "catalog entry below; default Windows' own",
       NULL},
      {"catalog-id", OPTION_NUMBER, &question->catalog_id, "ID", "its catalog id; default Windows' own",
       NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_app(option_t *rows, request_spec_t *question)
{
  const option_t more[] = {
      {"app", OPTION_TEXT, &question->path, "PATH", "the program's full path; default none", NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_process(option_t *rows, request_spec_t *question)
{
  const option_t more[] = {
      {"pid", OPTION_NUMBER, &question->pid, "PID", "default 0", NULL},
      {"command-line", OPTION_TEXT, &question->command_line, "TEXT", "default the program's path", NULL},
      {"user", OPTION_TEXT, &question->user, "DOMAIN\\NAME", "default none", NULL},
      {"sid", OPTION_TEXT, &question->sid, "SID", "default none", NULL},
      {"elevated", OPTION_TRUTH, &question->elevated, "[BOOL]", "default false", NULL},
      {"service", OPTION_OTHER, question, "NAME", "a service's name, true or false; default false",
       request_options__parse_service},
      {"session", OPTION_NUMBER, &question->session, "ID", "default 1", NULL},
  };

  return ADD(rows, more);
}

option_t *request_options_settings(option_t *rows, policy_settings_t *settings)
{
  const option_t more[] = {
      {"mode", OPTION_OTHER, &settings->mode, "MODE", "enforce (default), audit or off",
       request_options__parse_mode},
      {"on-error", OPTION_OTHER, &settings->on_error, "VERDICT", "allow (default) or reject",
       request_options__parse_action},
      {"default-verdict", OPTION_OTHER, &settings->default_verdict, "VERDICT", "allow (default) or reject",
       request_options__parse_action},
      {"instruction-limit", OPTION_NUMBER, &settings->instruction_limit, "STEPS", "default 1000000", NULL},
      {"memory-limit-kib", OPTION_NUMBER, &settings->memory_limit_kib, "KIB", "default 1024", NULL},
  };

  return ADD(rows, more);
}
