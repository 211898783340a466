#include "attributes.h"

#include <string.h>

bool attributes_read(const attributes_t *attributes, policy_attribute_t attribute,
                     policy_attribute_value_t *value)
{
  const policy_host_t *host = attributes->host;

  memset(value, 0, sizeof *value);
  if (host->read_attribute != NULL && host->read_attribute(host->context, attribute, value))
    return true;
  memset(value, 0, sizeof *value); /* a host that cannot say may have written half of it */
  return false;
}

static const char *attributes__text_of(const attributes_t *attributes, policy_attribute_t attribute)
{
  policy_attribute_value_t value;

  return attributes_read(attributes, attribute, &value) && value.text != NULL ? value.text : "";
}

void attributes_open(attributes_t *attributes, const policy_host_t *host)
{
  attributes->host = host;
  attributes->name = attributes__text_of(attributes, POLICY_ATTRIBUTE_NAME);
  attributes->path = attributes__text_of(attributes, POLICY_ATTRIBUTE_PATH);
}
