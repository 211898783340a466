/*
 * given_host.h - a policy_host_t whose settings and attributes are given on the command line, in JSON or in a
 * test. Nothing is taken from the machine, so that the same policies decide the same in anyone's CI
 * (docs/policy-tools.md, "eval").
 */
#ifndef SOCKWARDEN_GIVEN_HOST_H
#define SOCKWARDEN_GIVEN_HOST_H

#include <stddef.h>

#include "policy_tools.h"

typedef struct given_host {
  policy_settings_t settings;
  request_spec_t program; /* only what it says of the program counts */
  /* Called for each report. Must not be NULL. */
  void (*report)(void *context, const policy_report_t *report);
  void *report_context;
  char service[260]; /* the engine's form of the service's names */
} given_host_t;

/* Default settings, a program without a name, and no report function. */
void given_host_init(given_host_t *given);

/* The host of an engine. *given is borrowed and, with its texts, outlives the engine. */
policy_host_t given_host_policy_host(given_host_t *given);

#endif
