#include "describe.h"

#include <stdio.h>
#include <string.h>

const char *describe_action(policy_action_t action)
{
  static const char *const names[] = {"allow", "reject", "rewrite"};

  return names[action];
}

const char *describe_number(policy_constants_t words, int32_t value, char text[DESCRIBE_TEXT_MAX])
{
  const char *name = policy_constant_name(words, value);

  if (name != NULL)
    snprintf(text, DESCRIBE_TEXT_MAX, "%s", name);
  else
    snprintf(text, DESCRIBE_TEXT_MAX, "%d", (int)value);
  return text;
}

const char *describe_protocol(const policy_triple_t *triple, char text[DESCRIBE_TEXT_MAX])
{
  enum { INET = 2, INET6 = 23 };

  if (triple->af == INET || triple->af == INET6)
    return describe_number(POLICY_CONSTANTS_PROTOCOL, triple->protocol, text);
  snprintf(text, DESCRIBE_TEXT_MAX, "%d", (int)triple->protocol);
  return text;
}

const char *describe_triple(const policy_triple_t *triple, char text[DESCRIBE_TEXT_MAX])
{
  char af[DESCRIBE_TEXT_MAX], type[DESCRIBE_TEXT_MAX], protocol[DESCRIBE_TEXT_MAX];

  snprintf(text, DESCRIBE_TEXT_MAX, "%.30s %.30s %.30s", describe_number(POLICY_CONSTANTS_AF, triple->af, af),
           describe_number(POLICY_CONSTANTS_TYPE, triple->type, type), describe_protocol(triple, protocol));
  return text;
}

const char *describe_or_null(const char *text)
{
  return text[0] ? text : NULL;
}
