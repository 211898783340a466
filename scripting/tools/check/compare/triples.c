#include "triples.h"

#include <stdio.h>

#include "rule_cover.h"

bool triples_is_ip(int32_t af)
{
  return af == TRIPLES_INET || af == TRIPLES_INET6;
}

bool triples_are_served(const policy_base_entry_t *base, size_t count, const policy_triple_t *triple)
{
  for (size_t i = 0; i < count; i++) {
    const policy_triple_t *first = &base[i].triple;

    if (triple->af == first->af && triple->type == first->type && triple->protocol >= first->protocol &&
        triple->protocol <= first->protocol + base[i].protocol_offset)
      return true;
  }
  return false;
}

bool triples_hold(const rule_t *rule, const policy_triple_t *triple)
{
  return rule_cover_number_holds(rule->af, triple->af) && rule_cover_number_holds(rule->type, triple->type) &&
         rule_cover_number_holds(rule->protocol, triple->protocol);
}

bool triples_next(const policy_base_entry_t *base, size_t count, const rule_t *rule, uint32_t *at,
                  policy_triple_t *triple)
{
  uint32_t number = 0;

  for (size_t i = 0; i < count; i++) {
    uint32_t protocols = (uint32_t)base[i].protocol_offset + 1;

    for (uint32_t offset = *at > number ? *at - number : 0; offset < protocols; offset++) {
      *triple = base[i].triple;
      triple->protocol += (int32_t)offset;
      if (triples_hold(rule, triple)) {
        *at = number + offset + 1;
        return true;
      }
    }
    number += protocols;
  }
  return false;
}

triples_name_t triples_name(policy_constants_t constants, int32_t value)
{
  triples_name_t name;
  const char *known = policy_constant_name(constants, value);

  if (known != NULL)
    snprintf(name.text, sizeof name.text, "%s", known);
  else
    snprintf(name.text, sizeof name.text, "%d", (int)value);
  return name;
}

triples_text_t triples_text(const policy_triple_t *triple)
{
  triples_text_t text;

  snprintf(text.text, sizeof text.text, "%.30s %.30s %.30s",
           triples_name(POLICY_CONSTANTS_AF, triple->af).text,
           triples_name(POLICY_CONSTANTS_TYPE, triple->type).text,
           triples_name(POLICY_CONSTANTS_PROTOCOL, triple->protocol).text);
  return text;
}
