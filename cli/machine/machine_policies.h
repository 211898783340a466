/*
 * machine_policies.h - the policies in force on this machine, as the provider sees them in this very process.
 */
#ifndef SOCKWARDEN_CLI_MACHINE_POLICIES_H
#define SOCKWARDEN_CLI_MACHINE_POLICIES_H

#include <stdbool.h>
#include <stddef.h>

#include "policy.h"

/* Whether non-administrators can write what is in the policy folder. */
typedef enum machine_guard {
  MACHINE_GUARD_UNKNOWN,
  MACHINE_GUARD_WRITABLE,
  MACHINE_GUARD_PROTECTED /* they cannot */
} machine_guard_t;

/* The settings, the folder, and what loading it comes to. */
typedef struct machine_policies {
  policy_settings_t settings;
  bool folder_exists;
  size_t policies, entries, errors;
  uint64_t hash; /* policy_engine_hash */
  machine_guard_t guard;
  char warning[640]; /* about the guard; "" where there is none */
  char advice[2048];
} machine_policies_t;

/* False where memory is short. */
bool machine_policies_load(machine_policies_t *policies);

/* Whether the folder is the one that the provider reads on this machine. */
bool machine_policies_are_in(const char *folder);

/* Whether they refuse this process that socket with that error. */
bool machine_policies_refuse(int family, int type, int protocol, int error);

#endif
