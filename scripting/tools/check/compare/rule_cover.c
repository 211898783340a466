#include "rule_cover.h"

#include <string.h>

#include "text_match.h"

bool rule_cover_number_holds(const number_set_t *set, int32_t value)
{
  return set == NULL || number_set_holds(set, value);
}

/* The values of `inner` that are named are all met by `outer`. What none_of leaves open is met only by a
 * none_of that names no more. */
static bool rule_cover__numbers_cover(const number_set_t *outer, const number_set_t *inner)
{
  if (outer == NULL)
    return true;
  if (inner == NULL)
    return outer->none_of && outer->count == 0;
  if (inner->none_of) {
    if (!outer->none_of)
      return false;
    for (uint32_t i = 0; i < outer->count; i++)
      if (rule_cover_number_holds(inner, outer->values[i]))
        return false;
    return true;
  }
  for (uint32_t i = 0; i < inner->count; i++)
    if (!rule_cover_number_holds(outer, inner->values[i]))
      return false;
  return true;
}

/* A condition on flags names sets of bits: one is met wherever a larger one is. */
static bool rule_cover__flags_cover(const number_set_t *outer, const number_set_t *inner)
{
  if (outer == NULL)
    return true;
  if (inner == NULL || outer->none_of || inner->none_of)
    return false;
  for (uint32_t i = 0; i < inner->count; i++) {
    bool met = false;

    for (uint32_t j = 0; j < outer->count; j++)
      met |= (inner->values[i] & outer->values[j]) == outer->values[j];
    if (!met)
      return false;
  }
  return true;
}

static bool rule_cover__truth_holds(const truth_set_t *set, bool value)
{
  return set == NULL || truth_set_holds(set, value);
}

static bool rule_cover__truths_cover(const truth_set_t *outer, const truth_set_t *inner)
{
  for (int value = 0; value < 2; value++)
    if (rule_cover__truth_holds(inner, value) && !rule_cover__truth_holds(outer, value))
      return false;
  return true;
}

/* ---- texts: whether one pattern stands for all that another stands for ---- */

typedef bool (*pattern_covers_t)(const char *outer, const char *inner);

static bool rule_cover__glob_covers(const char *outer, const char *inner)
{
  if (text_same(outer, inner))
    return true;
  /* The wildcards of `inner` are matched as characters: right for `*` of `outer`, wrong for its `?`. */
  if (strchr(outer, '?') != NULL && strpbrk(inner, "*?") != NULL)
    return false;
  return text_glob(outer, inner);
}

static const char *rule_cover__last_part(const char *pattern)
{
  const char *part = pattern;

  for (; *pattern; pattern++)
    if (*pattern == '\\' || *pattern == '/')
      part = pattern + 1;
  return part;
}

/* A pattern with a separator is about the path, another about the file name. */
static bool rule_cover__app_covers(const char *outer, const char *inner)
{
  bool about_path = text_has_separator(outer);

  if (about_path == text_has_separator(inner))
    return rule_cover__glob_covers(outer, inner);
  if (about_path)
    return false;
  if (strcmp(outer, "*") == 0)
    return true;
  const char *name = rule_cover__last_part(inner);
  return strchr(name, '*') == NULL && rule_cover__glob_covers(outer, name);
}

static bool rule_cover__user_covers(const char *outer, const char *inner)
{
  const char *separator = strchr(outer, '\\') != NULL ? NULL : strchr(inner, '\\');

  return text_same(outer, separator != NULL ? separator + 1 : inner);
}

static bool rule_cover__any_covers(const text_set_t *outer, const char *inner, pattern_covers_t covers)
{
  for (uint32_t i = 0; i < outer->count; i++)
    if (covers(outer->values[i], inner))
      return true;
  return false;
}

/* A literal and a pattern that does not match it have nothing in common. */
static bool rule_cover__no_common(const text_set_t *patterns, const char *literal)
{
  if (strpbrk(literal, "*?") != NULL)
    return false;
  for (uint32_t i = 0; i < patterns->count; i++) {
    bool about_path = text_has_separator(patterns->values[i]);

    if (about_path && !text_has_separator(literal))
      return false;
    if (text_glob(patterns->values[i], about_path ? literal : rule_cover__last_part(literal)))
      return false;
  }
  return true;
}

static bool rule_cover__texts_cover(const text_set_t *outer, const text_set_t *inner, pattern_covers_t covers,
                                    bool globs)
{
  if (outer == NULL)
    return true;
  if (inner == NULL)
    return outer->none_of ? outer->count == 0 && !outer->with_false && !outer->with_true
                          : rule_cover__any_covers(outer, "*", covers) && globs;
  if (outer->none_of != inner->none_of) {
    if (inner->none_of || !globs || inner->with_false || inner->with_true)
      return false;
    for (uint32_t i = 0; i < inner->count; i++)
      if (!rule_cover__no_common(outer, inner->values[i]))
        return false;
    return true;
  }
  const text_set_t *small = outer->none_of ? outer : inner, *large = outer->none_of ? inner : outer;
  if ((small->with_false && !large->with_false) || (small->with_true && !large->with_true))
    return false;
  for (uint32_t i = 0; i < small->count; i++)
    /* A service's name is covered by `true` as well. */
    if (!rule_cover__any_covers(large, small->values[i], covers) && !(large->with_true && !globs))
      return false;
  return true;
}

bool rule_covers(const rule_t *outer, const rule_t *inner)
{
  return rule_cover__numbers_cover(outer->af, inner->af) &&
         rule_cover__numbers_cover(outer->type, inner->type) &&
         rule_cover__numbers_cover(outer->protocol, inner->protocol) &&
         rule_cover__flags_cover(outer->flags, inner->flags) &&
         rule_cover__truths_cover(outer->shared, inner->shared) &&
         rule_cover__truths_cover(outer->elevated, inner->elevated) &&
         rule_cover__texts_cover(outer->app, inner->app, rule_cover__app_covers, true) &&
         rule_cover__texts_cover(outer->user, inner->user, rule_cover__user_covers, false) &&
         rule_cover__texts_cover(outer->service, inner->service, text_same, false) &&
         rule_cover__texts_cover(outer->provider, inner->provider, rule_cover__glob_covers, true);
}
