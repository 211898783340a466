#include "rule_explain.h"

#include <stdarg.h>
#include <stdio.h>

#include "rule_process.h"
#include "text_cut.h"

typedef struct writer {
  char *text;
  size_t size, used;
} writer_t;

__attribute__((format(printf, 2, 3))) static void rule_explain__put(writer_t *writer, const char *format, ...)
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

static void rule_explain__put_number(writer_t *writer, policy_constants_t group, int32_t value)
{
  const char *name = policy_constant_name(group, value);

  if (name != NULL)
    rule_explain__put(writer, "%s", name);
  else
    rule_explain__put(writer, "%d", (int)value);
}

static void rule_explain__put_flags(writer_t *writer, uint32_t flags)
{
  if (!flags)
    rule_explain__put(writer, "0");
  for (uint32_t bit = 1, first = 1; bit; bit <<= 1)
    if (flags & bit) {
      rule_explain__put(writer, "%s", first ? "" : "|");
      rule_explain__put_number(writer, POLICY_CONSTANTS_FLAG, (int32_t)bit);
      first = 0;
    }
}

static void rule_explain__put_wanted(writer_t *writer, bool none_of, size_t count)
{
  rule_explain__put(writer, ", the rule wants %s", none_of ? "none of " : count > 1 ? "one of " : "");
}

enum { LISTED = 4 };

static void rule_explain__put_number_set(writer_t *writer, const number_set_t *set, policy_constants_t group)
{
  rule_explain__put_wanted(writer, set->none_of, set->count);
  for (uint32_t i = 0; i < set->count && i < LISTED; i++) {
    rule_explain__put(writer, "%s", i ? ", " : "");
    if (group == POLICY_CONSTANTS_FLAG)
      rule_explain__put_flags(writer, (uint32_t)set->values[i]);
    else
      rule_explain__put_number(writer, group, set->values[i]);
  }
  rule_explain__put(writer, "%s", set->count > LISTED ? ", ..." : "");
}

static void rule_explain__put_text_set(writer_t *writer, const text_set_t *set)
{
  uint32_t shown = 0;

  rule_explain__put_wanted(writer, set->none_of, set->count + set->with_false + set->with_true);
  if (set->with_true)
    rule_explain__put(writer, "%strue", shown++ ? ", " : "");
  if (set->with_false)
    rule_explain__put(writer, "%sfalse", shown++ ? ", " : "");
  for (uint32_t i = 0; i < set->count && i < LISTED; i++)
    rule_explain__put(writer, "%s\"%s\"", shown++ ? ", " : "", set->values[i]);
  rule_explain__put(writer, "%s", set->count > LISTED ? ", ..." : "");
}

static const char *rule_explain__truth(bool value)
{
  return value ? "true" : "false";
}

static bool rule_explain__explain_number(writer_t *writer, const char *field, const number_set_t *set,
                                         policy_constants_t group, int32_t value)
{
  if (set == NULL || number_set_holds(set, value))
    return false;
  rule_explain__put(writer, "%s is ", field);
  rule_explain__put_number(writer, group, value);
  rule_explain__put_number_set(writer, set, group);
  return true;
}

static bool rule_explain__explain_truth(writer_t *writer, const char *field, const truth_set_t *set,
                                        bool value)
{
  if (set == NULL || truth_set_holds(set, value))
    return false;
  rule_explain__put(writer, "%s is %s", field, rule_explain__truth(value));
  return true;
}

static void rule_explain__explain_process(writer_t *writer, const rule_t *rule,
                                          const attributes_t *attributes)
{
  policy_attribute_value_t value;

  if (rule->app != NULL && !rule_app_holds(rule->app, attributes)) {
    rule_explain__put(writer, "app is \"%s\"", attributes->path[0] ? attributes->path : attributes->name);
    rule_explain__put_text_set(writer, rule->app);
  } else if (rule->elevated != NULL &&
             rule_elevated_holds(rule->elevated, attributes) == RULE_DOES_NOT_HOLD) {
    attributes_read(attributes, POLICY_ATTRIBUTE_ELEVATED, &value);
    rule_explain__explain_truth(writer, "elevated", rule->elevated, value.flag);
  } else if (rule->service != NULL && rule_service_holds(rule->service, attributes) == RULE_DOES_NOT_HOLD) {
    attributes_read(attributes, POLICY_ATTRIBUTE_SERVICE, &value);
    rule_explain__put(writer, "service is %s",
                      !value.flag                           ? "false"
                      : value.text != NULL && value.text[0] ? value.text
                                                            : "true");
    rule_explain__put_text_set(writer, rule->service);
  } else if (rule->user != NULL && rule_user_holds(rule->user, attributes) == RULE_DOES_NOT_HOLD) {
    if (attributes_read(attributes, POLICY_ATTRIBUTE_USER, &value) && value.text != NULL)
      rule_explain__put(writer, "user is \"%s\"", value.text);
    else
      rule_explain__put(writer, "user differs");
    rule_explain__put_text_set(writer, rule->user);
  }
}

void rule_explain(const rule_t *rule, const attributes_t *attributes, const rule_subject_t *subject,
                  char *detail, size_t size)
{
  writer_t writer = {detail, size, 0};

  detail[0] = 0;
  if (rule_explain__explain_number(&writer, "type", rule->type, POLICY_CONSTANTS_TYPE,
                                   subject->triple.type) ||
      rule_explain__explain_number(&writer, "af", rule->af, POLICY_CONSTANTS_AF, subject->triple.af) ||
      rule_explain__explain_number(&writer, "protocol", rule->protocol, POLICY_CONSTANTS_PROTOCOL,
                                   subject->triple.protocol))
    return;
  if (rule->flags != NULL && !number_set_holds_flags(rule->flags, subject->flags)) {
    rule_explain__put(&writer, "flags is ");
    rule_explain__put_flags(&writer, subject->flags);
    rule_explain__put_number_set(&writer, rule->flags, POLICY_CONSTANTS_FLAG);
  } else if (rule_explain__explain_truth(&writer, "shared", rule->shared, subject->shared)) {
    return;
  } else if (rule->provider != NULL && !text_set_holds_glob(rule->provider, subject->provider)) {
    rule_explain__put(&writer, "provider is \"%s\"", subject->provider);
    rule_explain__put_text_set(&writer, rule->provider);
  } else {
    rule_explain__explain_process(&writer, rule, attributes);
  }
  text_cut(detail);
}
