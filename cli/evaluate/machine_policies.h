/*
 * machine_policies.h - the policies in force on this machine, as the provider sees them in this very process.
 */
#ifndef SOCKWARDEN_MACHINE_POLICIES_H
#define SOCKWARDEN_MACHINE_POLICIES_H

#include <stdbool.h>
#include <stddef.h>

#include "policy.h"

/* Settings and what loading the folder comes to. */
typedef struct machine_policies {
  policy_settings_t settings;
  size_t policies, steps, errors;
  uint64_t hash; /* policy_engine_hash */
} machine_policies_t;

/* False where memory is short. */
bool machine_policies_load(machine_policies_t *policies);

/* Whether the folder is the one that the provider reads on this machine. */
bool machine_policies_are_in(const char *folder);

/* Whether they refuse this process that socket with that error. */
bool machine_policies_refuse(int family, int type, int protocol, int error);

#endif
