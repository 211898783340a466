#include "condition_sets.h"

#include "text_match.h"

bool text_set_holds_glob(const text_set_t *set, const char *text)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (text_glob(set->values[i], text))
      return !set->none_of;
  return set->none_of;
}
