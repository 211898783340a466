/*
 * attributes.h - what is constant as long as the process runs, as the host knows it
 * (policy_host_t.read_attribute).
 */
#ifndef SOCKWARDEN_ATTRIBUTES_H
#define SOCKWARDEN_ATTRIBUTES_H

#include "policy.h"

typedef struct attributes {
  const policy_host_t *host;
  const char *name; /* POLICY_ATTRIBUTE_NAME and _PATH: read once, "" where the host does not know */
  const char *path;
} attributes_t;

/* *host is borrowed and outlives the attributes. */
void attributes_open(attributes_t *attributes, const policy_host_t *host);

/* One attribute; false where it cannot be had. Not called for attributes that no policy asks for. */
bool attributes_read(const attributes_t *attributes, policy_attribute_t attribute,
                     policy_attribute_value_t *value);

#endif
