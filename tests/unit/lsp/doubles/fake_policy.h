/*
 * fake_policy.h - policies that say what the test wants, in the place of scripting/.
 */
#ifndef FAKE_POLICY_H
#define FAKE_POLICY_H

#include "policy.h"
#include "winsock.h"

typedef struct fake_policy {
  policy_action_t action;
  int32_t error;
  policy_triple_t triple; /* for POLICY_REWRITE */
  policy_mode_t mode;
  char reason[POLICY_REASON_MAX];
  bool no_engine;                            /* policy_engine_create returns NULL */
  void (*inside)(const policy_host_t *host); /* called while deciding */
  DWORD last_error;                          /* left behind by the decision */

  int created, destroyed, decisions;
  policy_request_t request; /* the last one */
  char provider[1024];
} fake_policy_t;

extern fake_policy_t fake_policy;

void fake_policy_reset(void);

#endif
