/*
 * request_options.h - the options that describe a socket call, its program and the settings; several
 * subcommands take them.
 */
#ifndef SOCKWARDEN_REQUEST_OPTIONS_H
#define SOCKWARDEN_REQUEST_OPTIONS_H

#include "options.h"
#include "policy_tools.h"

enum { REQUEST_OPTIONS_MAX = 24 };

/* Each writes rows of an option table and returns the first free one. The targets are borrowed. */
option_t *request_options_call(option_t *rows, request_spec_t *spec);
option_t *request_options_app(option_t *rows, request_spec_t *spec);     /* --app */
option_t *request_options_process(option_t *rows, request_spec_t *spec); /* all but --app */
option_t *request_options_settings(option_t *rows, policy_settings_t *settings);

/* A folder of policies into a buffer of POLICY_PATH_MAX. False where the name is too long; that is reported
 * on stderr. */
bool request_options_folder(const char *name, const char *value, void *target);

#endif
