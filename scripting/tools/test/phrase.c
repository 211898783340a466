#include "phrase.h"

#include <stdio.h>
#include <string.h>

#include "text_cut.h"

phrase_t phrase_start(char *text, size_t size)
{
  text[0] = 0;
  return (phrase_t){text, size};
}

void phrase_add(const phrase_t *phrase, const char *text)
{
  size_t used = strlen(phrase->text);

  text_copy(phrase->text + used, phrase->size - used, text);
}

void phrase_add_constant(const phrase_t *phrase, policy_constants_t constants, int32_t value)
{
  char number[16];
  const char *name = policy_constant_name(constants, value);

  snprintf(number, sizeof number, "%d", (int)value);
  phrase_add(phrase, name != NULL ? name : number);
}

void phrase_add_triple(const phrase_t *phrase, const policy_triple_t *triple)
{
  phrase_add_constant(phrase, POLICY_CONSTANTS_AF, triple->af);
  phrase_add(phrase, " ");
  phrase_add_constant(phrase, POLICY_CONSTANTS_TYPE, triple->type);
  phrase_add(phrase, " ");
  phrase_add_constant(phrase, POLICY_CONSTANTS_PROTOCOL, triple->protocol);
}

void phrase_add_request(const phrase_t *phrase, const request_spec_t *spec)
{
  const policy_triple_t *triple =
      spec->names_requested && !spec->names_effective ? &spec->requested : &spec->effective;

  phrase_add_constant(phrase, POLICY_CONSTANTS_AF, triple->af);
  phrase_add(phrase, " ");
  phrase_add_constant(phrase, POLICY_CONSTANTS_TYPE, triple->type);
  if (triple->protocol) { /* 0 is the default of the type */
    phrase_add(phrase, " ");
    phrase_add_constant(phrase, POLICY_CONSTANTS_PROTOCOL, triple->protocol);
  }
  if (spec->path[0] || spec->name != NULL) {
    phrase_add(phrase, " by ");
    phrase_add(phrase, spec->path[0] ? spec->path : spec->name);
  }
  if (spec->user[0]) {
    phrase_add(phrase, ", user ");
    phrase_add(phrase, spec->user);
  }
  phrase_add(phrase, spec->elevated ? ", elevated" : "");
  if (spec->service != NULL) {
    phrase_add(phrase, ", service ");
    phrase_add(phrase, spec->service);
  }
  phrase_add(phrase, spec->shared ? ", shared" : "");
}
