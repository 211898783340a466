#include "rule_process.h"

#include <string.h>

#include "text_match.h"

bool rule_app_holds(const text_set_t *set, const attributes_t *attributes)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (text_glob(set->values[i], text_has_separator(set->values[i]) ? attributes->path : attributes->name))
      return !set->none_of;
  return set->none_of;
}

static bool rule_process__is_sid(const char *text)
{
  return (text[0] == 'S' || text[0] == 's') && text[1] == '-' && text[2] == '1' && text[3] == '-';
}

/* What one wanted user is compared with, once read; false where it cannot be had. */
static bool rule_process__read_user(const attributes_t *attributes, policy_attribute_t attribute,
                                    policy_attribute_value_t *value)
{
  return value->text != NULL || (attributes_read(attributes, attribute, value) && value->text != NULL);
}

/* A name without a domain is compared with the name alone. */
static bool rule_process__is_user(const char *wanted, const char *user)
{
  const char *separator = strchr(wanted, '\\') != NULL ? NULL : strchr(user, '\\');

  return text_same(wanted, separator != NULL ? separator + 1 : user);
}

rule_match_t rule_user_holds(const text_set_t *set, const attributes_t *attributes)
{
  policy_attribute_value_t sid = {0}, user = {0};
  bool unknown = false;

  for (uint32_t i = 0; i < set->count; i++) {
    const char *wanted = set->values[i];
    bool by_sid = rule_process__is_sid(wanted);

    if (!rule_process__read_user(attributes, by_sid ? POLICY_ATTRIBUTE_SID : POLICY_ATTRIBUTE_USER,
                                 by_sid ? &sid : &user))
      unknown = true; /* another value may match all the same */
    else if (by_sid ? text_same(wanted, sid.text) : rule_process__is_user(wanted, user.text))
      return set->none_of ? RULE_DOES_NOT_HOLD : RULE_HOLDS;
  }
  if (unknown)
    return RULE_UNKNOWN;
  return set->none_of ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

/* One of the names in a newline-separated list. */
static bool rule_process__is_one_of(const char *wanted, const char *list)
{
  while (*list) {
    char name[260];
    size_t length = strcspn(list, "\n");

    if (length < sizeof name) {
      memcpy(name, list, length);
      name[length] = 0;
      if (text_same(wanted, name))
        return true;
    }
    list += length + (list[length] == '\n');
  }
  return false;
}

rule_match_t rule_service_holds(const text_set_t *set, const attributes_t *attributes)
{
  policy_attribute_value_t service;

  if (!attributes_read(attributes, POLICY_ATTRIBUTE_SERVICE, &service))
    return RULE_UNKNOWN;
  bool found = service.flag ? set->with_true : set->with_false;
  for (uint32_t i = 0; i < set->count && service.flag && service.text != NULL && !found; i++)
    found = rule_process__is_one_of(set->values[i], service.text);
  return found != set->none_of ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

rule_match_t rule_elevated_holds(const truth_set_t *set, const attributes_t *attributes)
{
  policy_attribute_value_t elevated;

  if (!attributes_read(attributes, POLICY_ATTRIBUTE_ELEVATED, &elevated))
    return RULE_UNKNOWN;
  return truth_set_holds(set, elevated.flag) ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

/* Take one more condition into account; false where it rules the process out. */
static bool rule_process__and_condition(rule_match_t match, const char *field, const char **unknown)
{
  if (match == RULE_UNKNOWN && *unknown == NULL)
    *unknown = field;
  return match != RULE_DOES_NOT_HOLD;
}

rule_match_t rule_matches_process(const rule_t *rule, const attributes_t *attributes, const char **unknown)
{
  *unknown = NULL;
  if ((rule->app != NULL && !rule_app_holds(rule->app, attributes)) ||
      (rule->elevated != NULL &&
       !rule_process__and_condition(rule_elevated_holds(rule->elevated, attributes), "elevated", unknown)) ||
      (rule->service != NULL &&
       !rule_process__and_condition(rule_service_holds(rule->service, attributes), "service", unknown)) ||
      (rule->user != NULL &&
       !rule_process__and_condition(rule_user_holds(rule->user, attributes), "user", unknown)))
    return RULE_DOES_NOT_HOLD;
  return *unknown != NULL ? RULE_UNKNOWN : RULE_HOLDS;
}
