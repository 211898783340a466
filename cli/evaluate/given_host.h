/*
 * given_host.h - a policy_host_t whose settings and facts are given on the command line, in JSON or in a
 * test: nothing is taken from the machine, so that the same policies give the same answers in anyone's CI
 * (docs/policy-tools.md, "eval").
 */
#ifndef SOCKWARDEN_GIVEN_HOST_H
#define SOCKWARDEN_GIVEN_HOST_H

#include <stddef.h>

#include "policy.h"
#include "request_spec.h"

typedef struct given_host {
  policy_settings_t settings;
  request_spec_t question; /* whose program it is */
  /* Hears reports; NULL: they are printed to stderr as "file:line: error: ...". */
  void (*report)(void *context, const policy_report_t *report);
  void *report_context;
  /* what was reported */
  size_t errors, warnings;
  char service[260]; /* the engine's form of the service's names */
} given_host_t;

void given_host_init(given_host_t *given);

/* The host; *given is borrowed, its texts must stay as long as the engine lives. */
policy_host_t given_host_policy_host(given_host_t *given);

/* Print a report to stderr as given_host does. */
void given_host_print(const policy_report_t *report);

/* The socket call of a question, its wildcards resolved as the base catalog would (base_catalog.h). Borrows
 * its texts. */
policy_request_t given_host_request(const request_spec_t *question);

#endif
