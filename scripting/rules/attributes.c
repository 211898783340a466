#include "attributes.h"

#include <string.h>

bool attributes_read(const attributes_t *facts, policy_attribute_t fact, policy_attribute_value_t *value)
{
  memset(value, 0, sizeof *value);
  if (facts->host->read_attribute != NULL && facts->host->read_attribute(facts->host->context, fact, value))
    return true;
  memset(value, 0, sizeof *value); /* a host that cannot tell may have written half of it */
  return false;
}

static const char *attributes__text_of(const attributes_t *facts, policy_attribute_t fact)
{
  policy_attribute_value_t value;

  return attributes_read(facts, fact, &value) && value.text != NULL ? value.text : "";
}

void attributes_open(attributes_t *facts, const policy_host_t *host)
{
  facts->host = host;
  facts->name = attributes__text_of(facts, POLICY_ATTRIBUTE_NAME);
  facts->path = attributes__text_of(facts, POLICY_ATTRIBUTE_PATH);
}
