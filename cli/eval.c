#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_catalog.h"
#include "commands.h"
#include "given_host.h"
#include "json.h"
#include "options.h"

static const char *const action_names[] = {"allow", "reject", "rewrite"};
static const char *const outcome_names[] = {"no match", "says nothing", "allows",   "rejects",
                                            "rewrites", "failed",       "set aside"};

/* ---- options ---- */

static bool parse_word(const char *option, const char *text, policy_words_t words, int32_t *value)
{
  const char *suggestion;
  if (policy_word_value(words, text, value, &suggestion))
    return true;
  fprintf(stderr, "sockwarden eval: --%s: '%s' is no name I know", option, text);
  if (suggestion)
    fprintf(stderr, "; did you mean %s?", suggestion);
  fprintf(stderr, "\n");
  return false;
}

static bool parse_af(const char *name, const char *text, void *target)
{
  return parse_word(name, text, POLICY_WORDS_AF, target);
}

static bool parse_type(const char *name, const char *text, void *target)
{
  return parse_word(name, text, POLICY_WORDS_TYPE, target);
}

static bool parse_protocol(const char *name, const char *text, void *target)
{
  return parse_word(name, text, POLICY_WORDS_PROTOCOL, target);
}

/* Names and numbers, separated by commas or |. */
static bool parse_flags(const char *name, const char *text, void *target)
{
  uint32_t flags = 0;
  while (*text) {
    char word[64];
    size_t length = strcspn(text, ",|");
    int32_t value;
    char *end;
    snprintf(word, sizeof word, "%.*s", (int)length, text);
    unsigned long hex = strtoul(word, &end, 0);
    if (word[0] == '0' && word[1] && !*end)
      value = (int32_t)hex;
    else if (!parse_word(name, word, POLICY_WORDS_FLAG, &value))
      return false;
    flags |= (uint32_t)value;
    text += length + (text[length] != 0);
  }
  *(uint32_t *)target = flags;
  return true;
}

static bool parse_choice(const char *name, const char *text, const char *const *choices, int *value)
{
  for (int i = 0; choices[i]; i++)
    if (strcmp(text, choices[i]) == 0) {
      *value = i;
      return true;
    }
  fprintf(stderr, "sockwarden eval: --%s must be ", name);
  for (int i = 0; choices[i]; i++)
    fprintf(stderr, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
  fprintf(stderr, ", not '%s'\n", text);
  return false;
}

static bool parse_action(const char *name, const char *text, void *target)
{
  static const char *const choices[] = {"allow", "reject", NULL};
  int choice;
  if (!parse_choice(name, text, choices, &choice))
    return false;
  *(policy_action_t *)target = choice ? POLICY_REJECT : POLICY_ALLOW;
  return true;
}

static bool parse_mode(const char *name, const char *text, void *target)
{
  static const char *const choices[] = {"enforce", "audit", "off", NULL};
  int choice;
  if (!parse_choice(name, text, choices, &choice))
    return false;
  *(policy_mode_t *)target = (policy_mode_t)choice;
  return true;
}

static bool parse_policies(const char *name, const char *text, void *target)
{
  if (strlen(text) >= POLICY_PATH_MAX) {
    fprintf(stderr, "sockwarden eval: --%s: the name is too long\n", name);
    return false;
  }
  strcpy(target, text);
  return true;
}

/* ---- output ---- */

static const char *text_or_null(const char *text)
{
  return text[0] ? text : NULL;
}

typedef struct explanation {
  json_t *json; /* NULL: for people */
  size_t count;
} explanation_t;

static void explain_step(void *context, const policy_step_t *step)
{
  explanation_t *explanation = context;
  json_t *json = explanation->json;
  explanation->count++;
  if (json) {
    json_open(json, NULL, '{');
    json_text(json, "file", step->file);
    json_number(json, "line", step->line);
    json_text(json, "rule", step->rule);
    json_text(json, "kind", step->function ? "function" : "rule");
    json_text(json, "outcome", outcome_names[step->outcome]);
    json_text(json, "detail", text_or_null(step->detail));
    json_number(json, "cost", (int64_t)step->cost);
    json_close(json, '}');
    return;
  }
  printf("  %s:%d  %s%s%s  %s%s%s\n", step->file, (int)step->line, step->function ? "on_socket" : "rule",
         step->rule ? " " : "", step->rule ? step->rule : "", outcome_names[step->outcome],
         step->detail[0] ? ": " : "", step->detail);
}

static void print_number(policy_words_t words, int32_t value)
{
  const char *name = policy_word_name(words, value);
  if (name)
    printf("%s", name);
  else
    printf("%d", (int)value);
}

static void print_triple(const policy_triple_t *triple)
{
  print_number(POLICY_WORDS_AF, triple->af);
  putchar(' ');
  print_number(POLICY_WORDS_TYPE, triple->type);
  putchar(' ');
  print_number(POLICY_WORDS_PROTOCOL, triple->protocol);
}

static void print_verdict(const policy_request_t *request, const policy_verdict_t *verdict)
{
  printf("%s", action_names[verdict->action]);
  if (verdict->action == POLICY_REJECT)
    printf(" %s (%d)", policy_word_name(POLICY_WORDS_ERROR, verdict->error), (int)verdict->error);
  if (verdict->action != verdict->decided)
    printf(" (audit mode; enforced it would be: %s)", action_names[verdict->decided]);
  printf("\n  call     ");
  print_triple(&request->effective);
  if (verdict->action == POLICY_REWRITE) {
    printf("\n  becomes  ");
    print_triple(&verdict->triple);
  }
  if (verdict->file[0]) {
    printf("\n  by       %s:%d", verdict->file, (int)verdict->line);
    if (verdict->rule[0])
      printf("  rule \"%s\"", verdict->rule);
  } else if (!verdict->failed) {
    printf("\n  by       the default: no policy said otherwise");
  }
  if (verdict->reason[0])
    printf("\n  reason   %s", verdict->reason);
  if (verdict->log[0])
    printf("\n  log      %s", verdict->log);
  printf("\n  cost     %llu step%s\n", (unsigned long long)verdict->cost, verdict->cost == 1 ? "" : "s");
}

static void json_verdict(json_t *json, const policy_verdict_t *verdict)
{
  json_text(json, "verdict", action_names[verdict->action]);
  if (verdict->action != verdict->decided)
    json_text(json, "decided", action_names[verdict->decided]);
  json_number(json, "af", verdict->triple.af);
  json_number(json, "type", verdict->triple.type);
  json_number(json, "protocol", verdict->triple.protocol);
  if (verdict->action == POLICY_REJECT) {
    json_number(json, "code", verdict->error);
    json_text(json, "error", policy_word_name(POLICY_WORDS_ERROR, verdict->error));
  }
  json_text(json, "file", text_or_null(verdict->file));
  if (verdict->file[0])
    json_number(json, "line", verdict->line);
  else
    json_null(json, "line");
  json_text(json, "rule", text_or_null(verdict->rule));
  json_text(json, "reason", text_or_null(verdict->reason));
  if (verdict->log[0])
    json_text(json, "log", verdict->log);
  json_number(json, "cost", (int64_t)verdict->cost);
}

static int evaluate(given_host_t *given, const policy_request_t *request, bool explain, bool as_json)
{
  policy_host_t host = given_host_policy_host(given);
  policy_engine_t *engine = policy_engine_create(&host);
  policy_verdict_t verdict;
  json_t json = {stdout, false};
  explanation_t explanation = {as_json ? &json : NULL, 0};
  if (!engine) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  if (as_json)
    json_open(&json, NULL, '{');
  if (explain && as_json)
    json_open(&json, "steps", '[');
  else if (explain)
    printf("steps\n");
  if (explain)
    policy_explain(engine, request, &verdict, explain_step, &explanation);
  else
    policy_decide(engine, request, &verdict);
  policy_engine_destroy(engine);
  if (explain && as_json)
    json_close(&json, ']');
  else if (explain && !explanation.count)
    printf("  none\n");
  if (as_json) {
    json_verdict(&json, &verdict);
    json_close(&json, '}');
    putchar('\n');
  } else {
    print_verdict(request, &verdict);
  }
  return given->errors ? EXIT_FAILED : EXIT_DONE;
}

int command_eval(int argc, char **argv)
{
  given_host_t given;
  policy_request_t request = {.requested = {2, 1, 0}, .flags = 1};
  const char *provider = NULL;
  uint32_t catalog_id = 0;
  bool explain = false, as_json = false;
  given_host_init(&given);
  policy_settings_t *settings = &given.settings;
  const option_t options[] = {
      {"policies", OPTION_OTHER, settings->policy_dir, "DIR", "the folder of policies", parse_policies},
      {"app", OPTION_TEXT, &given.app, "PATH", "the program's full path; default none", NULL},
      {"af", OPTION_OTHER, &request.requested.af, "AF", "family, a name or number; default inet", parse_af},
      {"type", OPTION_OTHER, &request.requested.type, "TYPE", "default stream", parse_type},
      {"protocol", OPTION_OTHER, &request.requested.protocol, "PROTOCOL", "default 0: the type's own",
       parse_protocol},
      {"flags", OPTION_OTHER, &request.flags, "FLAGS", "names or numbers, by commas; default overlapped",
       parse_flags},
      {"shared", OPTION_TRUTH, &request.shared, "[BOOL]",
       "a socket another process duplicated; default false", NULL},
      {"provider", OPTION_TEXT, &provider, "NAME", "catalog entry below; default Windows' own", NULL},
      {"catalog-id", OPTION_NUMBER, &catalog_id, "ID", "its catalog id; default Windows' own", NULL},
      {"pid", OPTION_NUMBER, &given.pid, "PID", "default 0", NULL},
      {"command-line", OPTION_TEXT, &given.command_line, "TEXT", "default the program's path", NULL},
      {"user", OPTION_TEXT, &given.user, "DOMAIN\\NAME", "default none", NULL},
      {"sid", OPTION_TEXT, &given.sid, "SID", "default none", NULL},
      {"elevated", OPTION_TRUTH, &given.elevated, "[BOOL]", "default false", NULL},
      {"service", OPTION_TEXT, &given.service, "NAME", "a service's name, true or false; default false",
       NULL},
      {"session", OPTION_NUMBER, &given.session, "ID", "default 1", NULL},
      {"mode", OPTION_OTHER, &settings->mode, "MODE", "enforce (default), audit or off", parse_mode},
      {"on-error", OPTION_OTHER, &settings->on_error, "VERDICT", "allow (default) or reject", parse_action},
      {"default-verdict", OPTION_OTHER, &settings->default_verdict, "VERDICT", "allow (default) or reject",
       parse_action},
      {"instruction-limit", OPTION_NUMBER, &settings->instruction_limit, "STEPS", "default 1000000", NULL},
      {"memory-limit-kib", OPTION_NUMBER, &settings->memory_limit_kib, "KIB", "default 1024", NULL},
      {"explain", OPTION_SWITCH, &explain, NULL, "show every step and why it did or did not match", NULL},
      {"json", OPTION_SWITCH, &as_json, NULL, "print the verdict as one JSON object", NULL},
      {0}};
  int status =
      options_parse("eval", "--policies DIR [--app PATH] [--af AF] [--type TYPE] [--protocol PROTOCOL] ...",
                    options, argc, argv, NULL);
  if (status >= 0)
    return status;
  if (!settings->policy_dir[0]) {
    fprintf(stderr, "sockwarden eval: which policies? Add --policies DIR\n");
    return EXIT_USAGE;
  }
  const char *own_provider;
  uint32_t own_id;
  request.effective = base_catalog_resolve(&request.requested, &own_provider, &own_id);
  request.provider = provider ? provider : own_provider;
  request.catalog_id = catalog_id ? catalog_id : own_id;
  return evaluate(&given, &request, explain, as_json);
}
