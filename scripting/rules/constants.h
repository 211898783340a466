/*
 * constants.h - the constants of the policy language, listed: Winsock's own, by their C names. policy.h has
 * the look-ups.
 */
#ifndef SOCKWARDEN_CONSTANTS_H
#define SOCKWARDEN_CONSTANTS_H

#include "policy.h"

typedef struct constant {
  const char *name;
  int32_t value;
} constant_t;

/* All constants of a group, in the order of their values; *count receives how many. Where two names share a
 * number, the first is the one shown to people. Static. */
const constant_t *constants_of(policy_constants_t group, size_t *count);

#endif
