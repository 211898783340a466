/*
 * facts.h - what is constant in the process, as the host tells it (policy_host_t.read_fact).
 */
#ifndef SOCKWARDEN_FACTS_H
#define SOCKWARDEN_FACTS_H

#include "policy.h"

typedef struct facts {
  const policy_host_t *host;
  const char *name; /* POLICY_FACT_NAME and _PATH: asked once, "" where the host does not know */
  const char *path;
} facts_t;

void facts_open(facts_t *facts, const policy_host_t *host);

/* One fact; false where it cannot be had. Not called for facts that no policy asks for. */
bool facts_read(const facts_t *facts, policy_fact_t fact, policy_fact_value_t *value);

#endif
