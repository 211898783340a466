#include <stdio.h>
#include <string.h>

#include "base_catalog.h"
#include "commands.h"
#include "evaluator.h"
#include "json.h"
#include "request_json.h"
#include "request_options.h"
#include "triple_text.h"

typedef struct evaluation {
  evaluator_t *evaluator;
  bool explain, as_json;
  size_t requests; /* evaluated */
  size_t mistakes; /* invalid requests */
  size_t entries;  /* explained of the request under way */
  json_writer_t json;
} evaluation_t;

/* ---- output ---- */

static const char *eval__outcome_name(policy_entry_outcome_t outcome)
{
  static const char *const names[] = {"no match", "says nothing", "allows",     "rejects",
                                      "rewrites", "failed",       "quarantined"};

  return names[outcome];
}

static void eval__json_entry(json_writer_t *json, const policy_entry_t *entry)
{
  json_open(json, NULL, '{');
  json_text(json, "file", entry->file);
  json_number(json, "line", entry->line);
  json_text(json, "rule", entry->rule);
  json_text(json, "kind", entry->function ? "function" : "rule");
  json_text(json, "outcome", eval__outcome_name(entry->outcome));
  json_text_or_none(json, "detail", entry->detail);
  json_number(json, "cost", (int64_t)entry->cost);
  json_close(json, '}');
}

static void eval__print_entry(const policy_entry_t *entry)
{
  printf("  %s:%d  %s%s%s  %s%s%s\n", entry->file, (int)entry->line, entry->function ? "on_socket" : "rule",
         entry->rule != NULL ? " " : "", entry->rule != NULL ? entry->rule : "",
         eval__outcome_name(entry->outcome), entry->detail[0] ? ": " : "", entry->detail);
}

static void eval__explain_entry(void *context, const policy_entry_t *entry)
{
  evaluation_t *evaluation = context;

  evaluation->entries++;
  if (evaluation->as_json)
    eval__json_entry(&evaluation->json, entry);
  else
    eval__print_entry(entry);
}

static void eval__print_verdict(const policy_triple_t *call, const policy_verdict_t *verdict)
{
  char triple[TRIPLE_TEXT_MAX];

  printf("%s", policy_action_name(verdict->action));
  if (verdict->action == POLICY_REJECT)
    printf(" %s (%d)", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error), (int)verdict->error);
  if (verdict->action != verdict->decided)
    printf(" (audit mode; enforced it would be: %s)", policy_action_name(verdict->decided));
  printf("\n  call     %s", triple_text(call, triple));
  if (verdict->action == POLICY_REWRITE)
    printf("\n  becomes  %s", triple_text(&verdict->triple, triple));
  if (verdict->file[0]) {
    printf("\n  by       %s:%d", verdict->file, (int)verdict->line);
    if (verdict->rule[0])
      printf("  rule \"%s\"", verdict->rule);
  } else if (!verdict->failed) {
    printf("\n  by       the default: no policy decided it");
  }
  if (verdict->reason[0])
    printf("\n  reason   %s", verdict->reason);
  if (verdict->log[0])
    printf("\n  log      %s", verdict->log);
  printf("\n  cost     %llu instruction%s\n", (unsigned long long)verdict->cost,
         verdict->cost == 1 ? "" : "s");
}

static void eval__json_verdict(json_writer_t *json, const policy_verdict_t *verdict)
{
  json_text(json, "verdict", policy_action_name(verdict->action));
  if (verdict->action != verdict->decided)
    json_text(json, "decided", policy_action_name(verdict->decided));
  json_number(json, "af", verdict->triple.af);
  json_number(json, "type", verdict->triple.type);
  json_number(json, "protocol", verdict->triple.protocol);
  if (verdict->action == POLICY_REJECT) {
    json_number(json, "code", verdict->error);
    json_text(json, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  }
  json_text_or_none(json, "file", verdict->file);
  json_number_or_none(json, "line", verdict->line);
  json_text_or_none(json, "rule", verdict->rule);
  json_text_or_none(json, "reason", verdict->reason);
  if (verdict->log[0])
    json_text(json, "log", verdict->log);
  json_number(json, "cost", (int64_t)verdict->cost);
}

/* ---- one request ---- */

/* False where memory is short. */
static bool eval__decide(evaluation_t *evaluation, const request_spec_t *spec, policy_verdict_t *verdict)
{
  return evaluator_decide(evaluation->evaluator, spec, verdict,
                          evaluation->explain ? eval__explain_entry : NULL, evaluation);
}

static bool eval__evaluate_to_json(evaluation_t *evaluation, const request_spec_t *spec)
{
  json_writer_t *json = &evaluation->json;
  policy_verdict_t verdict;

  json_open(json, NULL, '{');
  if (evaluation->explain)
    json_open(json, "steps", '[');
  if (!eval__decide(evaluation, spec, &verdict))
    return false;
  if (evaluation->explain)
    json_close(json, ']');
  eval__json_verdict(json, &verdict);
  json_close(json, '}');
  json_end_line(json);
  return true;
}

static bool eval__evaluate_to_text(evaluation_t *evaluation, const request_spec_t *spec)
{
  policy_request_t request = base_catalog_request(spec);
  policy_verdict_t verdict;

  if (evaluation->requests)
    putchar('\n');
  if (evaluation->explain)
    printf("entries\n");
  evaluation->entries = 0;
  if (!eval__decide(evaluation, spec, &verdict))
    return false;
  if (evaluation->explain && !evaluation->entries)
    printf("  none\n");
  eval__print_verdict(&request.effective, &verdict);
  return true;
}

static void eval__evaluate(void *context, const request_spec_t *spec)
{
  evaluation_t *evaluation = context;

  if (evaluation->as_json ? eval__evaluate_to_json(evaluation, spec)
                          : eval__evaluate_to_text(evaluation, spec)) {
    evaluation->requests++;
  } else {
    fprintf(stderr, "sockwarden: out of memory\n");
    evaluation->mistakes++;
  }
  fflush(stdout); /* whoever writes requests may wait for the result */
}

/* An invalid request gets a line too, so that the results stay in step with the requests. */
static void eval__refuse(void *context, const char *why)
{
  evaluation_t *evaluation = context;
  json_writer_t *json = &evaluation->json;

  evaluation->mistakes++;
  fprintf(stderr, "sockwarden eval: %s\n", why);
  if (!evaluation->as_json)
    return;
  json_open(json, NULL, '{');
  json_none(json, "verdict");
  json_text(json, "mistake", why);
  json_close(json, '}');
  json_end_line(json);
  fflush(stdout);
}

int command_eval(int argc, char **argv)
{
  policy_settings_t settings;
  request_spec_t spec;
  evaluation_t evaluation = {.json = {.stream = stdout}};
  const char *file = NULL, *operand;
  option_t options[REQUEST_OPTIONS_MAX + 5] = {
      {"policies", OPTION_OTHER, settings.policy_dir, "DIR", "the folder of policies",
       request_options_folder},
      {"request", OPTION_TEXT, &file, "FILE",
       "requests as JSON, - for stdin; options fill in what they leave out", NULL},
      {"explain", OPTION_SWITCH, &evaluation.explain, NULL,
       "show every rule and function, and why it did or did not match", NULL},
      {"json", OPTION_SWITCH, &evaluation.as_json, NULL, "print one JSON object a line for each request",
       NULL},
  };

  policy_settings_default(&settings);
  request_spec_init(&spec);
  option_t *row = request_options_app(options + 4, &spec);
  row = request_options_call(row, &spec);
  row = request_options_process(row, &spec);
  request_options_settings(row, &settings);
  int status =
      options_parse("eval", "--policies DIR [--request FILE | -] [OPTIONS]", options, argc, argv, &operand);
  if (status >= 0)
    return status;
  if (operand != NULL && strcmp(operand, "-") != 0) {
    fprintf(stderr, "sockwarden eval: unexpected argument '%s'\n", operand);
    return EXIT_USAGE;
  }
  if (!settings.policy_dir[0]) {
    fprintf(stderr, "sockwarden eval: no policies given. Add --policies DIR\n");
    return EXIT_USAGE;
  }
  evaluation.evaluator = evaluator_create(&settings, NULL);
  if (evaluation.evaluator == NULL) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  const request_reader_t reader = {&spec, &evaluation, eval__evaluate, eval__refuse};
  if (file == NULL && operand == NULL)
    eval__evaluate(&evaluation, &spec);
  else if (!request_json_read_file(operand != NULL ? operand : file, &reader))
    evaluation.mistakes++;
  size_t errors = evaluator_errors(evaluation.evaluator);
  evaluator_destroy(evaluation.evaluator);
  return evaluation.mistakes ? EXIT_USAGE : errors ? EXIT_FAILED : EXIT_DONE;
}
