/*
 * question_options.h - the options that describe a socket call, its program and the settings; several
 * subcommands take them.
 */
#ifndef SOCKWARDEN_QUESTION_OPTIONS_H
#define SOCKWARDEN_QUESTION_OPTIONS_H

#include "options.h"
#include "policy.h"
#include "request_spec.h"

enum { QUESTION_OPTIONS_MAX = 24 };

/* Each writes rows of an option table and returns the first free one. The targets are borrowed. */
option_t *question_options_call(option_t *rows, question_t *question);
option_t *question_options_app(option_t *rows, question_t *question);     /* --app */
option_t *question_options_process(option_t *rows, question_t *question); /* all but --app */
option_t *question_options_settings(option_t *rows, policy_settings_t *settings);

/* A folder of policies into a buffer of POLICY_PATH_MAX. False where the name is too long; it has told so. */
bool question_options_folder(const char *name, const char *value, void *target);

#endif
