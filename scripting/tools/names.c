#include "policy_tools.h"

#include "nearest_name.h"
#include "text_match.h"

const char *policy_nearest_name(const char *misspelt, const char *const *names)
{
  nearest_name_t nearest = nearest_name_to(misspelt);

  for (; *names != NULL; names++)
    nearest_name_offer(&nearest, *names);
  return nearest.name;
}

bool policy_app_matches(const char *pattern, const char *name, const char *path)
{
  return text_glob(pattern, text_has_separator(pattern) ? path : name);
}
