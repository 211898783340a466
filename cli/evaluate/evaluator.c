#include "evaluator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENGINES = 16, TEXTS = 6, PRINTED = 256 };

typedef struct seat {
  policy_engine_t *engine;
  given_host_t given;
  char *texts[TEXTS]; /* own copies of the program's */
  uint64_t used;      /* when last */
} seat_t;

struct evaluator {
  policy_settings_t settings;
  const policy_watch_t *watch;
  seat_t seats[ENGINES];
  uint64_t clock;
  size_t errors;
  char *printed[PRINTED];
  size_t printed_count;
};

evaluator_t *evaluator_create(const policy_settings_t *settings, const policy_watch_t *watch)
{
  evaluator_t *evaluator = calloc(1, sizeof *evaluator);

  if (evaluator == NULL)
    return NULL;
  evaluator->settings = *settings;
  evaluator->watch = watch;
  return evaluator;
}

static void evaluator__empty_seat(seat_t *seat)
{
  policy_engine_destroy(seat->engine);
  seat->engine = NULL;
  for (size_t i = 0; i < TEXTS; i++) {
    free(seat->texts[i]);
    seat->texts[i] = NULL;
  }
}

void evaluator_destroy(evaluator_t *evaluator)
{
  if (evaluator == NULL)
    return;
  for (size_t i = 0; i < ENGINES; i++)
    evaluator__empty_seat(&evaluator->seats[i]);
  for (size_t i = 0; i < evaluator->printed_count; i++)
    free(evaluator->printed[i]);
  free(evaluator);
}

static bool evaluator__was_printed(evaluator_t *evaluator, const char *text)
{
  for (size_t i = 0; i < evaluator->printed_count; i++)
    if (strcmp(evaluator->printed[i], text) == 0)
      return true;
  char *copy = evaluator->printed_count < PRINTED ? malloc(strlen(text) + 1) : NULL;
  if (copy != NULL)
    evaluator->printed[evaluator->printed_count++] = strcpy(copy, text);
  return false;
}

static void evaluator__report(void *context, const policy_report_t *report)
{
  evaluator_t *evaluator = context;
  char text[1024];

  snprintf(text, sizeof text, "%s:%d: %s", report->file != NULL ? report->file : "", (int)report->line,
           report->message);
  if (evaluator__was_printed(evaluator, text))
    return;
  evaluator->errors += report->severity == POLICY_ERROR;
  given_host_print(report);
}

static const char **evaluator__text_of(request_spec_t *question, size_t index)
{
  const char **texts[TEXTS] = {&question->path, &question->name, &question->command_line,
                               &question->user, &question->sid,  &question->service};

  return texts[index];
}

static bool evaluator__same_text(const char *a, const char *b)
{
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool evaluator__same_program(request_spec_t *a, request_spec_t *b)
{
  for (size_t i = 0; i < TEXTS; i++)
    if (!evaluator__same_text(*evaluator__text_of(a, i), *evaluator__text_of(b, i)))
      return false;
  return a->elevated == b->elevated && a->pid == b->pid && a->session == b->session;
}

static bool evaluator__copy_program(seat_t *seat, request_spec_t *question)
{
  seat->given.question = *question;
  for (size_t i = 0; i < TEXTS; i++) {
    const char *text = *evaluator__text_of(question, i);

    if (text == NULL)
      continue;
    seat->texts[i] = malloc(strlen(text) + 1);
    if (seat->texts[i] == NULL)
      return false;
    *evaluator__text_of(&seat->given.question, i) = strcpy(seat->texts[i], text);
  }
  return true;
}

static bool evaluator__fill_seat(evaluator_t *evaluator, seat_t *seat, request_spec_t *question)
{
  evaluator__empty_seat(seat);
  given_host_init(&seat->given);
  seat->given.settings = evaluator->settings;
  seat->given.report = evaluator__report;
  seat->given.report_context = evaluator;
  if (!evaluator__copy_program(seat, question))
    return false;
  policy_host_t host = given_host_policy_host(&seat->given);
  seat->engine = policy_engine_create(&host);
  if (seat->engine != NULL && evaluator->watch != NULL)
    policy_engine_watch(seat->engine, evaluator->watch);
  return seat->engine != NULL;
}

policy_engine_t *evaluator_engine(evaluator_t *evaluator, const request_spec_t *question)
{
  request_spec_t wanted = *question;
  seat_t *oldest = &evaluator->seats[0];

  for (size_t i = 0; i < ENGINES; i++) {
    seat_t *seat = &evaluator->seats[i];

    if (seat->engine != NULL && evaluator__same_program(&seat->given.question, &wanted)) {
      seat->used = ++evaluator->clock;
      return seat->engine;
    }
    if (seat->used < oldest->used)
      oldest = seat;
  }
  oldest->used = ++evaluator->clock;
  if (evaluator__fill_seat(evaluator, oldest, &wanted))
    return oldest->engine;
  evaluator__empty_seat(oldest);
  return NULL;
}

bool evaluator_decide(evaluator_t *evaluator, const request_spec_t *question, policy_verdict_t *verdict,
                      void (*visit)(void *context, const policy_entry_t *step), void *context)
{
  policy_engine_t *engine = evaluator_engine(evaluator, question);
  policy_request_t request = given_host_request(question);

  if (engine == NULL)
    return false;
  if (visit != NULL)
    policy_explain(engine, &request, verdict, visit, context);
  else
    policy_decide(engine, &request, verdict);
  return true;
}

size_t evaluator_errors(const evaluator_t *evaluator)
{
  return evaluator->errors;
}
