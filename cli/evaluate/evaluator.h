/*
 * evaluator.h - deciding questions about many programs under the same policies. The facts of a program are
 * constant in an engine, so each program gets an engine of its own; the last few are kept.
 */
#ifndef SOCKWARDEN_ASKER_H
#define SOCKWARDEN_ASKER_H

#include "given_host.h"
#include "policy_tools.h"

typedef struct evaluator evaluator_t;

/* *settings is copied; *watch, which may be NULL, is borrowed. NULL where memory is short. */
evaluator_t *evaluator_create(const policy_settings_t *settings, const policy_watch_t *watch);
void evaluator_destroy(evaluator_t *evaluator);

/* The engine of a question's program; valid until the next call. NULL where memory is short. */
policy_engine_t *evaluator_engine(evaluator_t *evaluator, const request_spec_t *question);

/* As policy_decide, or policy_explain where `visit` is not NULL. False where memory is short. */
bool evaluator_decide(evaluator_t *evaluator, const request_spec_t *question, policy_verdict_t *verdict,
                      void (*visit)(void *context, const policy_entry_t *step), void *context);

/* Errors reported so far: each is printed to stderr once, however many engines met it. */
size_t evaluator_errors(const evaluator_t *evaluator);

#endif
