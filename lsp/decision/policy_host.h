/*
 * policy_host.h - a policy engine with this process as its host (policy_host_t): settings from the registry,
 * attributes of the process, reports to the logs.
 */
#ifndef SOCKWARDEN_LSP_POLICY_HOST_H
#define SOCKWARDEN_LSP_POLICY_HOST_H

#include "policy.h"
#include "process_attributes.h"

typedef struct engine {
  policy_engine_t *policies;
  process_attributes_t *attributes;
} engine_t;

/* NULL where memory is short. The caller owns it. The engine asks its host for anything only as the process
 * (decision_thread.h), so it must be used on threads that are deciding. */
engine_t *policy_host_create_engine(void);

/* No thread may be inside the engine. NULL does nothing. */
void policy_host_destroy_engine(engine_t *engine);

#endif
