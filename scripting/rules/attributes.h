/*
 * facts.h - what is constant in the process, as the host tells it (policy_host_t.read_attribute).
 */
#ifndef SOCKWARDEN_FACTS_H
#define SOCKWARDEN_FACTS_H

#include "policy.h"

typedef struct facts {
  const policy_host_t *host;
  const char *name; /* POLICY_ATTRIBUTE_NAME and _PATH: asked once, "" where the host does not know */
  const char *path;
} attributes_t;

void attributes_open(attributes_t *facts, const policy_host_t *host);

/* One fact; false where it cannot be had. Not called for facts that no policy asks for. */
bool attributes_read(const attributes_t *facts, policy_attribute_t fact, policy_attribute_value_t *value);

#endif
