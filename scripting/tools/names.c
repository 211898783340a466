#include "policy_tools.h"

#include "constants.h"
#include "text_match.h"

const char *policy_nearest_name(const char *misspelt, const char *const *names)
{
  const char *best = NULL;
  int distance = NAME_FAR;

  for (; *names != NULL; names++)
    best = name_nearest(misspelt, *names, best, &distance);
  return best;
}

bool policy_app_matches(const char *pattern, const char *name, const char *path)
{
  return text_glob(pattern, text_has_separator(pattern) ? path : name);
}
