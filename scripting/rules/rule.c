#include "rule.h"

bool rule_matches(const rule_t *rule, const rule_subject_t *subject)
{
  return (rule->type == NULL || number_set_holds(rule->type, subject->triple.type)) &&
         (rule->af == NULL || number_set_holds(rule->af, subject->triple.af)) &&
         (rule->protocol == NULL || number_set_holds(rule->protocol, subject->triple.protocol)) &&
         (rule->flags == NULL || number_set_holds_flags(rule->flags, subject->flags)) &&
         (rule->shared == NULL || truth_set_holds(rule->shared, subject->shared)) &&
         (rule->provider == NULL || text_set_holds_glob(rule->provider, subject->provider));
}
