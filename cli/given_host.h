/*
 * given_host.h - a policy_host_t whose settings and facts are given on the command line: nothing is taken from the
 * machine, so that the same policies give the same answers in anyone's CI (DESIGN.md, The command).
 */
#ifndef SOCKWARDEN_GIVEN_HOST_H
#define SOCKWARDEN_GIVEN_HOST_H

#include <stddef.h>

#include "policy.h"

typedef struct given_host {
  policy_settings_t settings;
  /* the process; the defaults in given_host_init are stated in the help */
  const char *app; /* path; the name is what follows its last separator */
  const char *command_line; /* NULL: the path */
  const char *user, *sid;
  const char *service; /* NULL or "false": none; "true": a nameless one; else its name */
  bool elevated;
  uint32_t pid, session;
  /* what was reported */
  size_t errors, warnings;
} given_host_t;

void given_host_init(given_host_t *given);

/* The host; *given is borrowed. Reports are printed to stderr as "file:line: error: ...". */
policy_host_t given_host_policy_host(given_host_t *given);

#endif
