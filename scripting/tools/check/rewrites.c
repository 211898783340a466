#include "rewrites.h"

#include <stdio.h>

#include "triples.h"

/* `from` is 0 where the family before is any. */
static void rewrites__warn_family(analysis_t *analysis, int32_t from, int32_t to)
{
  char message[400];

  snprintf(
      message, sizeof message,
      "the rewrite changes the family (%s%s%s): addresses are not translated, so bind and connect will fail",
      from ? triples_name(POLICY_CONSTANTS_AF, from).text : "", from ? " to " : "",
      triples_name(POLICY_CONSTANTS_AF, to).text);
  analysis_warn(analysis,
                &(policy_report_t){.message = message,
                                   .subject = analysis->rule != NULL ? "rewrite" : NULL,
                                   .advice = "use reject(WSAEAFNOSUPPORT): programs expect it and turn "
                                             "to the other family"});
}

static void rewrites__warn_unserved(analysis_t *analysis, const policy_triple_t *from,
                                    const policy_triple_t *to)
{
  char message[400];

  snprintf(message, sizeof message,
           "the rewrite turns %s into %s, which no base provider serves: the call will fail",
           triples_text(from).text, triples_text(to).text);
  analysis_warn(analysis,
                &(policy_report_t){.message = message, .subject = analysis->rule != NULL ? "rewrite" : NULL});
}

static bool rewrites__is_served(const analysis_t *analysis, const policy_triple_t *triple)
{
  return triples_are_served(analysis->base, analysis->base_count, triple);
}

void rewrites_check_verdict(analysis_t *analysis, const policy_triple_t *from, const policy_triple_t *to,
                            rewrites_warned_t *warned)
{
  if (to->af != from->af && !warned->family) {
    warned->family = true;
    rewrites__warn_family(analysis, from->af, to->af);
  }
  if (!warned->unserved && !rewrites__is_served(analysis, to)) {
    warned->unserved = true;
    rewrites__warn_unserved(analysis, from, to);
  }
}

/* A rule about families that are not Windows' own: judge one such call. */
static void rewrites__check_other_families(analysis_t *analysis)
{
  const rule_t *rule = analysis->rule;
  policy_triple_t from = {rule->af != NULL && !rule->af->none_of ? rule->af->values[0] : 0,
                          rule->type != NULL && !rule->type->none_of ? rule->type->values[0] : TRIPLES_STREAM,
                          rule->protocol != NULL && !rule->protocol->none_of ? rule->protocol->values[0] : 0};
  policy_triple_t to = verdict_value_rewritten(rule->verdict, &from);

  if (to.af != from.af)
    rewrites__warn_family(analysis, from.af, to.af);
  if (triples_is_ip(to.af) && !rewrites__is_served(analysis, &to))
    rewrites__warn_unserved(analysis, &from, &to);
}

void rewrites_check(analysis_t *analysis)
{
  rewrites_warned_t warned = {false, false};
  policy_triple_t from;
  bool any = false;

  for (uint32_t at = 0; triples_next(analysis->base, analysis->base_count, analysis->rule, &at, &from);) {
    policy_triple_t to = verdict_value_rewritten(analysis->rule->verdict, &from);

    any = true;
    rewrites_check_verdict(analysis, &from, &to, &warned);
  }
  if (!any)
    rewrites__check_other_families(analysis);
}
