#include "rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text_match.h"

static bool rule__number_holds(const number_set_t *set, int32_t value)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (set->values[i] == value)
      return !set->none_of;
  return set->none_of;
}

static bool rule__flags_hold(const number_set_t *set, uint32_t flags)
{
  for (uint32_t i = 0; i < set->count; i++)
    if ((flags & (uint32_t)set->values[i]) == (uint32_t)set->values[i])
      return !set->none_of;
  return set->none_of;
}

static bool rule__truth_holds(const truth_set_t *set, bool value)
{
  return (value ? set->with_true : set->with_false) != set->none_of;
}

static bool rule__provider_holds(const text_set_t *set, const char *provider)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (text_glob(set->values[i], provider))
      return !set->none_of;
  return set->none_of;
}

static bool rule__app_holds(const text_set_t *set, const attributes_t *facts)
{
  for (uint32_t i = 0; i < set->count; i++)
    if (text_glob(set->values[i], text_has_separator(set->values[i]) ? facts->path : facts->name))
      return !set->none_of;
  return set->none_of;
}

bool rule_matches(const rule_t *rule, const rule_subject_t *subject)
{
  return (rule->type == NULL || rule__number_holds(rule->type, subject->triple.type)) &&
         (rule->af == NULL || rule__number_holds(rule->af, subject->triple.af)) &&
         (rule->protocol == NULL || rule__number_holds(rule->protocol, subject->triple.protocol)) &&
         (rule->flags == NULL || rule__flags_hold(rule->flags, subject->flags)) &&
         (rule->shared == NULL || rule__truth_holds(rule->shared, subject->shared)) &&
         (rule->provider == NULL || rule__provider_holds(rule->provider, subject->provider));
}

static bool rule__is_sid(const char *text)
{
  return (text[0] == 'S' || text[0] == 's') && text[1] == '-' && text[2] == '1' && text[3] == '-';
}

/* The fact that one wanted user is compared with; false where it cannot be had. */
static bool rule__read_user(const attributes_t *facts, policy_attribute_t fact,
                            policy_attribute_value_t *value)
{
  return value->text != NULL || (attributes_read(facts, fact, value) && value->text != NULL);
}

/* A name without a domain is compared with the name alone. */
static bool rule__is_user(const char *wanted, const char *user)
{
  const char *separator = strchr(wanted, '\\') != NULL ? NULL : strchr(user, '\\');

  return text_same(wanted, separator != NULL ? separator + 1 : user);
}

static rule_match_t rule__user_holds(const text_set_t *set, const attributes_t *facts)
{
  policy_attribute_value_t sid = {0}, user = {0};
  bool unknown = false;

  for (uint32_t i = 0; i < set->count; i++) {
    const char *wanted = set->values[i];
    bool by_sid = rule__is_sid(wanted);

    if (!rule__read_user(facts, by_sid ? POLICY_ATTRIBUTE_SID : POLICY_ATTRIBUTE_USER, by_sid ? &sid : &user))
      unknown = true; /* another value may match all the same */
    else if (by_sid ? text_same(wanted, sid.text) : rule__is_user(wanted, user.text))
      return set->none_of ? RULE_DOES_NOT_HOLD : RULE_HOLDS;
  }
  if (unknown)
    return RULE_UNKNOWN;
  return set->none_of ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

/* One of the names in a newline-separated list. */
static bool rule__is_one_of(const char *wanted, const char *list)
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

static rule_match_t rule__service_holds(const text_set_t *set, const attributes_t *facts)
{
  policy_attribute_value_t service;

  if (!attributes_read(facts, POLICY_ATTRIBUTE_SERVICE, &service))
    return RULE_UNKNOWN;
  bool found = service.flag ? set->with_true : set->with_false;
  for (uint32_t i = 0; i < set->count && service.flag && service.text != NULL && !found; i++)
    found = rule__is_one_of(set->values[i], service.text);
  return found != set->none_of ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

static rule_match_t rule__elevated_holds(const truth_set_t *set, const attributes_t *facts)
{
  policy_attribute_value_t elevated;

  if (!attributes_read(facts, POLICY_ATTRIBUTE_ELEVATED, &elevated))
    return RULE_UNKNOWN;
  return rule__truth_holds(set, elevated.flag) ? RULE_HOLDS : RULE_DOES_NOT_HOLD;
}

/* Take one more condition into account; false where it rules the process out. */
static bool rule__and_condition(rule_match_t match, const char *field, const char **unknown)
{
  if (match == RULE_UNKNOWN && *unknown == NULL)
    *unknown = field;
  return match != RULE_DOES_NOT_HOLD;
}

rule_match_t rule_matches_process(const rule_t *rule, const attributes_t *facts, const char **unknown)
{
  *unknown = NULL;
  if ((rule->app != NULL && !rule__app_holds(rule->app, facts)) ||
      (rule->elevated != NULL &&
       !rule__and_condition(rule__elevated_holds(rule->elevated, facts), "elevated", unknown)) ||
      (rule->service != NULL &&
       !rule__and_condition(rule__service_holds(rule->service, facts), "service", unknown)) ||
      (rule->user != NULL && !rule__and_condition(rule__user_holds(rule->user, facts), "user", unknown)))
    return RULE_DOES_NOT_HOLD;
  return *unknown != NULL ? RULE_UNKNOWN : RULE_HOLDS;
}

/* ---- for people ---- */

typedef struct writer {
  char *text;
  size_t size, used;
} writer_t;

__attribute__((format(printf, 2, 3))) static void rule__put(writer_t *writer, const char *format, ...)
{
  va_list arguments;

  if (writer->used >= writer->size)
    return;
  va_start(arguments, format);
  int length = vsnprintf(writer->text + writer->used, writer->size - writer->used, format, arguments);
  va_end(arguments);
  if (length > 0)
    writer->used += (size_t)length;
}

static void rule__put_number(writer_t *writer, policy_constants_t words, int32_t value)
{
  const char *name = policy_constant_name(words, value);

  if (name != NULL)
    rule__put(writer, "%s", name);
  else
    rule__put(writer, "%d", (int)value);
}

static void rule__put_flags(writer_t *writer, uint32_t flags)
{
  if (!flags)
    rule__put(writer, "0");
  for (uint32_t bit = 1, first = 1; bit; bit <<= 1)
    if (flags & bit) {
      rule__put(writer, "%s", first ? "" : "|");
      rule__put_number(writer, POLICY_CONSTANTS_FLAG, (int32_t)bit);
      first = 0;
    }
}

static void rule__put_wanted(writer_t *writer, bool none_of, size_t count)
{
  rule__put(writer, ", the rule wants %s", none_of ? "none of " : count > 1 ? "one of " : "");
}

enum { LISTED = 4 };

static void rule__put_number_set(writer_t *writer, const number_set_t *set, policy_constants_t words)
{
  rule__put_wanted(writer, set->none_of, set->count);
  for (uint32_t i = 0; i < set->count && i < LISTED; i++) {
    rule__put(writer, "%s", i ? ", " : "");
    if (words == POLICY_CONSTANTS_FLAG)
      rule__put_flags(writer, (uint32_t)set->values[i]);
    else
      rule__put_number(writer, words, set->values[i]);
  }
  rule__put(writer, "%s", set->count > LISTED ? ", ..." : "");
}

static void rule__put_text_set(writer_t *writer, const text_set_t *set)
{
  uint32_t shown = 0;

  rule__put_wanted(writer, set->none_of, set->count + set->with_false + set->with_true);
  if (set->with_true)
    rule__put(writer, "%strue", shown++ ? ", " : "");
  if (set->with_false)
    rule__put(writer, "%sfalse", shown++ ? ", " : "");
  for (uint32_t i = 0; i < set->count && i < LISTED; i++)
    rule__put(writer, "%s\"%s\"", shown++ ? ", " : "", set->values[i]);
  rule__put(writer, "%s", set->count > LISTED ? ", ..." : "");
}

static const char *rule__truth(bool value)
{
  return value ? "true" : "false";
}

static bool rule__explain_number(writer_t *writer, const char *field, const number_set_t *set,
                                 policy_constants_t words, int32_t value)
{
  if (set == NULL || rule__number_holds(set, value))
    return false;
  rule__put(writer, "%s is ", field);
  rule__put_number(writer, words, value);
  rule__put_number_set(writer, set, words);
  return true;
}

static bool rule__explain_truth(writer_t *writer, const char *field, const truth_set_t *set, bool value)
{
  if (set == NULL || rule__truth_holds(set, value))
    return false;
  rule__put(writer, "%s is %s", field, rule__truth(value));
  return true;
}

static void rule__explain_process(writer_t *writer, const rule_t *rule, const attributes_t *facts)
{
  policy_attribute_value_t value;

  if (rule->app != NULL && !rule__app_holds(rule->app, facts)) {
    rule__put(writer, "app is \"%s\"", facts->path[0] ? facts->path : facts->name);
    rule__put_text_set(writer, rule->app);
  } else if (rule->elevated != NULL && rule__elevated_holds(rule->elevated, facts) == RULE_DOES_NOT_HOLD) {
    attributes_read(facts, POLICY_ATTRIBUTE_ELEVATED, &value);
    rule__explain_truth(writer, "elevated", rule->elevated, value.flag);
  } else if (rule->service != NULL && rule__service_holds(rule->service, facts) == RULE_DOES_NOT_HOLD) {
    attributes_read(facts, POLICY_ATTRIBUTE_SERVICE, &value);
    rule__put(writer, "service is %s",
              !value.flag                           ? "false"
              : value.text != NULL && value.text[0] ? value.text
                                                    : "true");
    rule__put_text_set(writer, rule->service);
  } else if (rule->user != NULL && rule__user_holds(rule->user, facts) == RULE_DOES_NOT_HOLD) {
    if (attributes_read(facts, POLICY_ATTRIBUTE_USER, &value) && value.text != NULL)
      rule__put(writer, "user is \"%s\"", value.text);
    else
      rule__put(writer, "user differs");
    rule__put_text_set(writer, rule->user);
  }
}

void rule_explain(const rule_t *rule, const attributes_t *facts, const rule_subject_t *subject, char *detail,
                  size_t size)
{
  writer_t writer = {detail, size, 0};

  detail[0] = 0;
  if (rule__explain_number(&writer, "type", rule->type, POLICY_CONSTANTS_TYPE, subject->triple.type) ||
      rule__explain_number(&writer, "af", rule->af, POLICY_CONSTANTS_AF, subject->triple.af) ||
      rule__explain_number(&writer, "protocol", rule->protocol, POLICY_CONSTANTS_PROTOCOL,
                           subject->triple.protocol))
    return;
  if (rule->flags != NULL && !rule__flags_hold(rule->flags, subject->flags)) {
    rule__put(&writer, "flags is ");
    rule__put_flags(&writer, subject->flags);
    rule__put_number_set(&writer, rule->flags, POLICY_CONSTANTS_FLAG);
  } else if (rule__explain_truth(&writer, "shared", rule->shared, subject->shared)) {
    return;
  } else if (rule->provider != NULL && !rule__provider_holds(rule->provider, subject->provider)) {
    rule__put(&writer, "provider is \"%s\"", subject->provider);
    rule__put_text_set(&writer, rule->provider);
  } else {
    rule__explain_process(&writer, rule, facts);
  }
  text_cut(detail);
}
