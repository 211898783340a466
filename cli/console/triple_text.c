#include "triple_text.h"

#include <stdio.h>

enum { NUMBER_CHARS = 12 };

/* The constant's name, or the number in `digits`. */
static const char *triple_text__name(policy_constants_t group, int32_t value, char digits[NUMBER_CHARS])
{
  const char *name = policy_constant_name(group, value);

  if (name != NULL)
    return name;
  snprintf(digits, NUMBER_CHARS, "%d", (int)value);
  return digits;
}

const char *triple_text_protocol(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX])
{
  enum { INET = 2, INET6 = 23 };
  char digits[NUMBER_CHARS];

  if (triple->af == INET || triple->af == INET6)
    snprintf(text, TRIPLE_TEXT_MAX, "%s",
             triple_text__name(POLICY_CONSTANTS_PROTOCOL, triple->protocol, digits));
  else
    snprintf(text, TRIPLE_TEXT_MAX, "%d", (int)triple->protocol);
  return text;
}

const char *triple_text_socket(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX])
{
  char af[NUMBER_CHARS], type[NUMBER_CHARS];

  snprintf(text, TRIPLE_TEXT_MAX, "%s %s", triple_text__name(POLICY_CONSTANTS_AF, triple->af, af),
           triple_text__name(POLICY_CONSTANTS_TYPE, triple->type, type));
  return text;
}

const char *triple_text(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX])
{
  char socket[TRIPLE_TEXT_MAX], protocol[TRIPLE_TEXT_MAX];

  snprintf(text, TRIPLE_TEXT_MAX, "%.60s %.50s", triple_text_socket(triple, socket),
           triple_text_protocol(triple, protocol));
  return text;
}
