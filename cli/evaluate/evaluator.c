#include "evaluator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_catalog.h"
#include "given_host.h"

enum { ENGINES = 16, TEXTS = 6, PRINTED = 256 };

typedef struct kept_engine {
  policy_engine_t *engine; /* NULL: none is kept here */
  given_host_t given;
  char *texts[TEXTS]; /* own copies of the program's */
  uint64_t used;      /* when last */
} kept_engine_t;

struct evaluator {
  policy_settings_t settings;
  const policy_watch_t *watch;
  kept_engine_t kept[ENGINES];
  uint64_t clock; /* counts uses */
  size_t errors;
  char *printed[PRINTED]; /* reports */
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

static void evaluator__drop_engine(kept_engine_t *kept)
{
  policy_engine_destroy(kept->engine);
  kept->engine = NULL;
  for (size_t i = 0; i < TEXTS; i++) {
    free(kept->texts[i]);
    kept->texts[i] = NULL;
  }
}

void evaluator_destroy(evaluator_t *evaluator)
{
  if (evaluator == NULL)
    return;
  for (size_t i = 0; i < ENGINES; i++)
    evaluator__drop_engine(&evaluator->kept[i]);
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
  char text[4096];

  policy_report_text(report, text, sizeof text);
  if (evaluator__was_printed(evaluator, text))
    return;
  evaluator->errors += report->severity == POLICY_ERROR;
  fprintf(stderr, "%s\n", text);
}

static const char **evaluator__text_of(request_spec_t *spec, size_t index)
{
  const char **texts[TEXTS] = {&spec->path, &spec->name, &spec->command_line,
                               &spec->user, &spec->sid,  &spec->service};

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

static bool evaluator__copy_program(kept_engine_t *kept, request_spec_t *spec)
{
  kept->given.program = *spec;
  for (size_t i = 0; i < TEXTS; i++) {
    const char *text = *evaluator__text_of(spec, i);

    if (text == NULL)
      continue;
    kept->texts[i] = malloc(strlen(text) + 1);
    if (kept->texts[i] == NULL)
      return false;
    *evaluator__text_of(&kept->given.program, i) = strcpy(kept->texts[i], text);
  }
  return true;
}

static bool evaluator__make_engine(evaluator_t *evaluator, kept_engine_t *kept, request_spec_t *spec)
{
  evaluator__drop_engine(kept);
  given_host_init(&kept->given);
  kept->given.settings = evaluator->settings;
  kept->given.report = evaluator__report;
  kept->given.report_context = evaluator;
  if (!evaluator__copy_program(kept, spec))
    return false;
  policy_host_t host = given_host_policy_host(&kept->given);
  kept->engine = policy_engine_create(&host);
  if (kept->engine != NULL && evaluator->watch != NULL)
    policy_engine_watch(kept->engine, evaluator->watch);
  return kept->engine != NULL;
}

policy_engine_t *evaluator_engine(evaluator_t *evaluator, const request_spec_t *spec)
{
  request_spec_t wanted = *spec;
  kept_engine_t *oldest = &evaluator->kept[0];

  for (size_t i = 0; i < ENGINES; i++) {
    kept_engine_t *kept = &evaluator->kept[i];

    if (kept->engine != NULL && evaluator__same_program(&kept->given.program, &wanted)) {
      kept->used = ++evaluator->clock;
      return kept->engine;
    }
    if (kept->used < oldest->used)
      oldest = kept;
  }
  oldest->used = ++evaluator->clock;
  if (evaluator__make_engine(evaluator, oldest, &wanted))
    return oldest->engine;
  evaluator__drop_engine(oldest);
  return NULL;
}

bool evaluator_decide(evaluator_t *evaluator, const request_spec_t *spec, policy_verdict_t *verdict,
                      void (*visit)(void *context, const policy_entry_t *entry), void *context)
{
  policy_engine_t *engine = evaluator_engine(evaluator, spec);
  policy_request_t request = base_catalog_request(spec);

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
