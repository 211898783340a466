#include "describe.h"

#include <stdio.h>
#include <string.h>

const char *words_action(policy_action_t action)
{
  static const char *const names[] = {"allow", "reject", "rewrite"};
  return names[action];
}

const char *words_number(policy_words_t words, int32_t value, char text[WORDS_TEXT_MAX])
{
  const char *name = policy_word_name(words, value);
  if (name)
    snprintf(text, WORDS_TEXT_MAX, "%s", name);
  else
    snprintf(text, WORDS_TEXT_MAX, "%d", (int)value);
  return text;
}

const char *words_protocol(const policy_triple_t *triple, char text[WORDS_TEXT_MAX])
{
  enum { INET = 2, INET6 = 23 };
  if (triple->af == INET || triple->af == INET6)
    return words_number(POLICY_WORDS_PROTOCOL, triple->protocol, text);
  snprintf(text, WORDS_TEXT_MAX, "%d", (int)triple->protocol);
  return text;
}

const char *words_triple(const policy_triple_t *triple, char text[WORDS_TEXT_MAX])
{
  char af[WORDS_TEXT_MAX], type[WORDS_TEXT_MAX], protocol[WORDS_TEXT_MAX];
  snprintf(text, WORDS_TEXT_MAX, "%.30s %.30s %.30s", words_number(POLICY_WORDS_AF, triple->af, af),
           words_number(POLICY_WORDS_TYPE, triple->type, type),
           words_protocol(triple, protocol));
  return text;
}

const char *words_or_null(const char *text)
{
  return text[0] ? text : NULL;
}
