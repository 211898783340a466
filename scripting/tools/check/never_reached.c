#include "never_reached.h"

#include <stdio.h>

#include "memory.h"
#include "rule_cover.h"
#include "rule_index.h"
#include "text_cut.h"

struct never_reached {
  memory_t memory;
  rule_index_t *rules;
  size_t changed; /* how many entries there are up to the last that may rewrite; 0 where none may */
};

never_reached_t *never_reached_create(const policy_set_t *set)
{
  const memory_t *memory = policy_set_memory(set);
  never_reached_t *earlier = memory_new(memory, sizeof *earlier);

  if (earlier == NULL)
    return NULL;
  earlier->memory = *memory;
  earlier->rules = rule_index_create(memory, policy_set_count(set));
  if (earlier->rules != NULL)
    return earlier;
  never_reached_destroy(earlier);
  return NULL;
}

void never_reached_destroy(never_reached_t *earlier)
{
  if (earlier == NULL)
    return;
  memory_t memory = earlier->memory;
  rule_index_destroy(earlier->rules);
  memory_free(&memory, earlier);
}

/* A rewrite leaves nothing that the later rule could match: what it names, the later rule does not want. */
static bool never_reached__rewrites_away(const rule_t *rewrite, const rule_t *later)
{
  const verdict_value_t *verdict = rewrite->verdict;

  return (verdict->names_af && !rule_cover_number_holds(later->af, verdict->triple.af)) ||
         (verdict->names_type && !rule_cover_number_holds(later->type, verdict->triple.type)) ||
         (verdict->names_protocol && verdict->triple.protocol &&
          !rule_cover_number_holds(later->protocol, verdict->triple.protocol));
}

/* Between the rule of that number and the entry under analysis, something may turn a triple that the rule
 * never saw into one that the entry is about. */
static bool never_reached__may_be_rewritten(const never_reached_t *earlier, const rule_t *rule, size_t number)
{
  return (rule->af != NULL || rule->type != NULL || rule->protocol != NULL) && earlier->changed > number + 1;
}

/* What an earlier rule that covers a later one makes of all that the later one would match; NULL where
 * something is left. */
static const char *never_reached__taken_by(const rule_t *earlier, const rule_t *later)
{
  if (earlier->verdict->action != POLICY_REWRITE)
    return "already decides everything it matches";
  if (!never_reached__rewrites_away(earlier, later))
    return NULL;
  return later->shared == NULL || later->shared->with_true != later->shared->none_of
             ? "already rewrites everything it matches (except sockets that another process duplicated, "
               "which "
               "are never rewritten)"
             : "already rewrites everything it matches";
}

static void never_reached__warn(analysis_t *analysis, const policy_entry_t *by, const char *how)
{
  char message[600];

  snprintf(message, sizeof message, "%s is never reached: %s%s%s at %s:%d %s",
           analysis->rule != NULL ? "the rule" : "the function", by->rule != NULL ? "rule \"" : "the rule",
           by->rule != NULL ? by->rule : "", by->rule != NULL ? "\"" : "", by->file, (int)by->line, how);
  text_cut(message);
  analysis_warn(analysis,
                &(policy_report_t){.message = message, .advice = "move it before that rule, or delete it"});
}

void never_reached_check(const never_reached_t *earlier, analysis_t *analysis)
{
  static const rule_t everything;
  const rule_t *later = analysis->rule != NULL ? analysis->rule : &everything, *rule;
  rule_cursor_t cursor = rule_index_start(earlier->rules, later);
  size_t number;

  while ((rule = rule_index_next(earlier->rules, &cursor, &number)) != NULL) {
    if (!rule_covers(rule, later) || never_reached__may_be_rewritten(earlier, rule, number))
      continue;
    const char *how = never_reached__taken_by(rule, later);
    if (how == NULL)
      continue;
    policy_entry_t by = policy_set_entry(analysis->set, number, &rule);
    never_reached__warn(analysis, &by, how);
    return;
  }
}

void never_reached_add(never_reached_t *earlier, const analysis_t *analysis)
{
  if (analysis->rule != NULL)
    rule_index_add(earlier->rules, analysis->index, analysis->rule);
  if (analysis->rule == NULL || analysis->rule->verdict->action == POLICY_REWRITE)
    earlier->changed = analysis->index + 1;
}
