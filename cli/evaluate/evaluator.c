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

struct asker {
  policy_settings_t settings;
  const policy_watch_t *watch;
  seat_t seats[ENGINES];
  uint64_t clock;
  size_t errors;
  char *printed[PRINTED];
  size_t printed_count;
};

asker_t *asker_create(const policy_settings_t *settings, const policy_watch_t *watch)
{
  asker_t *asker = calloc(1, sizeof *asker);
  if (!asker)
    return NULL;
  asker->settings = *settings;
  asker->watch = watch;
  return asker;
}

static void empty_seat(seat_t *seat)
{
  policy_engine_destroy(seat->engine);
  seat->engine = NULL;
  for (size_t i = 0; i < TEXTS; i++) {
    free(seat->texts[i]);
    seat->texts[i] = NULL;
  }
}

void asker_destroy(asker_t *asker)
{
  if (!asker)
    return;
  for (size_t i = 0; i < ENGINES; i++)
    empty_seat(&asker->seats[i]);
  for (size_t i = 0; i < asker->printed_count; i++)
    free(asker->printed[i]);
  free(asker);
}

static bool was_printed(asker_t *asker, const char *text)
{
  for (size_t i = 0; i < asker->printed_count; i++)
    if (strcmp(asker->printed[i], text) == 0)
      return true;
  char *copy = asker->printed_count < PRINTED ? malloc(strlen(text) + 1) : NULL;
  if (copy)
    asker->printed[asker->printed_count++] = strcpy(copy, text);
  return false;
}

static void report(void *context, const policy_report_t *report)
{
  asker_t *asker = context;
  char text[1024];
  snprintf(text, sizeof text, "%s:%d: %s", report->file ? report->file : "", (int)report->line,
           report->message);
  if (was_printed(asker, text))
    return;
  asker->errors += report->severity == POLICY_ERROR;
  given_host_print(report);
}

static const char **text_of(question_t *question, size_t index)
{
  const char **texts[TEXTS] = {&question->path, &question->name, &question->command_line,
                               &question->user, &question->sid,  &question->service};
  return texts[index];
}

static bool same_text(const char *a, const char *b)
{
  return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_program(question_t *a, question_t *b)
{
  for (size_t i = 0; i < TEXTS; i++)
    if (!same_text(*text_of(a, i), *text_of(b, i)))
      return false;
  return a->elevated == b->elevated && a->pid == b->pid && a->session == b->session;
}

static bool copy_program(seat_t *seat, question_t *question)
{
  seat->given.question = *question;
  for (size_t i = 0; i < TEXTS; i++) {
    const char *text = *text_of(question, i);
    if (!text)
      continue;
    seat->texts[i] = malloc(strlen(text) + 1);
    if (!seat->texts[i])
      return false;
    *text_of(&seat->given.question, i) = strcpy(seat->texts[i], text);
  }
  return true;
}

static bool fill_seat(asker_t *asker, seat_t *seat, question_t *question)
{
  empty_seat(seat);
  given_host_init(&seat->given);
  seat->given.settings = asker->settings;
  seat->given.report = report;
  seat->given.report_context = asker;
  if (!copy_program(seat, question))
    return false;
  policy_host_t host = given_host_policy_host(&seat->given);
  seat->engine = policy_engine_create(&host);
  if (seat->engine && asker->watch)
    policy_engine_watch(seat->engine, asker->watch);
  return seat->engine != NULL;
}

policy_engine_t *asker_engine(asker_t *asker, const question_t *question)
{
  question_t wanted = *question;
  seat_t *oldest = &asker->seats[0];
  for (size_t i = 0; i < ENGINES; i++) {
    seat_t *seat = &asker->seats[i];
    if (seat->engine && same_program(&seat->given.question, &wanted)) {
      seat->used = ++asker->clock;
      return seat->engine;
    }
    if (seat->used < oldest->used)
      oldest = seat;
  }
  oldest->used = ++asker->clock;
  if (fill_seat(asker, oldest, &wanted))
    return oldest->engine;
  empty_seat(oldest);
  return NULL;
}

bool asker_decide(asker_t *asker, const question_t *question, policy_verdict_t *verdict,
                  void (*visit)(void *context, const policy_step_t *step), void *context)
{
  policy_engine_t *engine = asker_engine(asker, question);
  policy_request_t request = given_host_request(question);
  if (!engine)
    return false;
  if (visit)
    policy_explain(engine, &request, verdict, visit, context);
  else
    policy_decide(engine, &request, verdict);
  return true;
}

size_t asker_errors(const asker_t *asker)
{
  return asker->errors;
}
