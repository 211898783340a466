#include "attributes.h"

#include <string.h>

bool facts_read(const facts_t *facts, policy_fact_t fact, policy_fact_value_t *value)
{
  memset(value, 0, sizeof *value);
  if (facts->host->read_fact && facts->host->read_fact(facts->host->context, fact, value))
    return true;
  memset(value, 0, sizeof *value); /* a host that cannot tell may have written half of it */
  return false;
}

static const char *text_of(const facts_t *facts, policy_fact_t fact)
{
  policy_fact_value_t value;
  return facts_read(facts, fact, &value) && value.text ? value.text : "";
}

void facts_open(facts_t *facts, const policy_host_t *host)
{
  facts->host = host;
  facts->name = text_of(facts, POLICY_FACT_NAME);
  facts->path = text_of(facts, POLICY_FACT_PATH);
}
