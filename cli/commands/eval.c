#include <stdio.h>
#include <string.h>

#include "evaluator.h"
#include "commands.h"
#include "json.h"
#include "request_json.h"
#include "request_options.h"
#include "describe.h"

static const char *const outcome_names[] = {"no match", "says nothing", "allows",   "rejects",
                                            "rewrites", "failed",       "set aside"};

typedef struct evaluation {
  evaluator_t *evaluator;
  bool explain, as_json;
  size_t answered;
  size_t mistakes; /* requests that are none */
  size_t steps;    /* of the one under way */
  json_t json;
} evaluation_t;

/* ---- output ---- */

static void eval__explain_step(void *context, const policy_entry_t *step)
{
  evaluation_t *evaluation = context;
  json_t *json = &evaluation->json;

  evaluation->steps++;
  if (evaluation->as_json) {
    json_open(json, NULL, '{');
    json_text(json, "file", step->file);
    json_number(json, "line", step->line);
    json_text(json, "rule", step->rule);
    json_text(json, "kind", step->function ? "function" : "rule");
    json_text(json, "outcome", outcome_names[step->outcome]);
    json_text(json, "detail", describe_or_null(step->detail));
    json_number(json, "cost", (int64_t)step->cost);
    json_close(json, '}');
    return;
  }
  printf("  %s:%d  %s%s%s  %s%s%s\n", step->file, (int)step->line, step->function ? "on_socket" : "rule",
         step->rule != NULL ? " " : "", step->rule != NULL ? step->rule : "", outcome_names[step->outcome],
         step->detail[0] ? ": " : "", step->detail);
}

static void eval__print_verdict(const policy_triple_t *asked, const policy_verdict_t *verdict)
{
  char triple[DESCRIBE_TEXT_MAX];

  printf("%s", describe_action(verdict->action));
  if (verdict->action == POLICY_REJECT)
    printf(" %s (%d)", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error), (int)verdict->error);
  if (verdict->action != verdict->decided)
    printf(" (audit mode; enforced it would be: %s)", describe_action(verdict->decided));
  printf("\n  call     %s", describe_triple(asked, triple));
  if (verdict->action == POLICY_REWRITE)
    printf("\n  becomes  %s", describe_triple(&verdict->triple, triple));
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
  printf("\n  cost     %llu instruction%s\n", (unsigned long long)verdict->cost,
         verdict->cost == 1 ? "" : "s");
}

static void eval__json_verdict(json_t *json, const policy_verdict_t *verdict)
{
  json_text(json, "verdict", describe_action(verdict->action));
  if (verdict->action != verdict->decided)
    json_text(json, "decided", describe_action(verdict->decided));
  json_number(json, "af", verdict->triple.af);
  json_number(json, "type", verdict->triple.type);
  json_number(json, "protocol", verdict->triple.protocol);
  if (verdict->action == POLICY_REJECT) {
    json_number(json, "code", verdict->error);
    json_text(json, "error", policy_constant_name(POLICY_CONSTANTS_ERROR, verdict->error));
  }
  json_text(json, "file", describe_or_null(verdict->file));
  if (verdict->file[0])
    json_number(json, "line", verdict->line);
  else
    json_none(json, "line");
  json_text(json, "rule", describe_or_null(verdict->rule));
  json_text(json, "reason", describe_or_null(verdict->reason));
  if (verdict->log[0])
    json_text(json, "log", verdict->log);
  json_number(json, "cost", (int64_t)verdict->cost);
}

/* ---- one request ---- */

static void eval__evaluate(void *context, const request_spec_t *question)
{
  evaluation_t *evaluation = context;
  json_t *json = &evaluation->json;
  policy_verdict_t verdict;
  policy_request_t request = given_host_request(question);

  *json = (json_t){stdout, false};
  evaluation->steps = 0;
  if (evaluation->as_json)
    json_open(json, NULL, '{');
  else if (evaluation->answered)
    putchar('\n');
  if (evaluation->explain && evaluation->as_json)
    json_open(json, "steps", '[');
  else if (evaluation->explain)
    printf("steps\n");
  if (!evaluator_decide(evaluation->evaluator, question, &verdict,
                        evaluation->explain ? eval__explain_step : NULL, evaluation)) {
    fprintf(stderr, "sockwarden: out of memory\n");
    evaluation->mistakes++;
    return;
  }
  if (evaluation->explain && evaluation->as_json)
    json_close(json, ']');
  else if (evaluation->explain && !evaluation->steps)
    printf("  none\n");
  if (evaluation->as_json) {
    eval__json_verdict(json, &verdict);
    json_close(json, '}');
    putchar('\n');
  } else {
    eval__print_verdict(&request.effective, &verdict);
  }
  fflush(stdout); /* whoever writes requests may wait for the answer */
  evaluation->answered++;
}

/* An answer in the place of the one that cannot be given, so that answers and requests stay in step. */
static void eval__refuse(void *context, const char *why)
{
  evaluation_t *evaluation = context;

  evaluation->mistakes++;
  fprintf(stderr, "sockwarden eval: %s\n", why);
  if (!evaluation->as_json)
    return;
  json_t json = {stdout, false};
  json_open(&json, NULL, '{');
  json_none(&json, "verdict");
  json_text(&json, "mistake", why);
  json_close(&json, '}');
  putchar('\n');
  fflush(stdout);
}

int command_eval(int argc, char **argv)
{
  policy_settings_t settings;
  request_spec_t question;
  evaluation_t evaluation = {0};
  const char *file = NULL, *operand;
  option_t options[REQUEST_OPTIONS_MAX + 5] = {
      {"policies", OPTION_OTHER, settings.policy_dir, "DIR", "the folder of policies",
       request_options_folder},
      {"request", OPTION_TEXT, &file, "FILE",
       "requests as JSON; what they leave out, the options give; - is stdin", NULL},
      {"explain", OPTION_SWITCH, &evaluation.explain, NULL, "show every step and why it did or did not match",
       NULL},
      {"json", OPTION_SWITCH, &evaluation.as_json, NULL, "print each verdict as one JSON object on a line",
       NULL},
  };

  policy_settings_default(&settings);
  request_spec_init(&question);
  option_t *row = request_options_app(options + 4, &question);
  row = request_options_call(row, &question);
  row = request_options_process(row, &question);
  request_options_settings(row, &settings);
  int status = options_parse(
      "eval",
      "--policies DIR [--app PATH] [--af AF] [--type TYPE] [--protocol PROTOCOL] ... [--request FILE | -]",
      options, argc, argv, &operand);
  if (status >= 0)
    return status;
  if (operand != NULL && strcmp(operand, "-") != 0) {
    fprintf(stderr, "sockwarden eval: '%s' is one argument too many\n", operand);
    return EXIT_USAGE;
  }
  if (!settings.policy_dir[0]) {
    fprintf(stderr, "sockwarden eval: which policies? Add --policies DIR\n");
    return EXIT_USAGE;
  }
  evaluation.evaluator = evaluator_create(&settings, NULL);
  if (evaluation.evaluator == NULL) {
    fprintf(stderr, "sockwarden: out of memory\n");
    return EXIT_FAILED;
  }
  const request_reader_t reader = {&question, &evaluation, eval__evaluate, eval__refuse};
  if (file == NULL && operand == NULL)
    eval__evaluate(&evaluation, &question);
  else if (!request_json_read_file(operand != NULL ? operand : file, &reader))
    evaluation.mistakes++;
  size_t errors = evaluator_errors(evaluation.evaluator);
  evaluator_destroy(evaluation.evaluator);
  return evaluation.mistakes ? EXIT_USAGE : errors ? EXIT_FAILED : EXIT_DONE;
}
