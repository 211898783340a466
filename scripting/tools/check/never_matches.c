#include "never_matches.h"

#include <stdio.h>
#include <string.h>

#include "text_cut.h"
#include "text_match.h"
#include "triples.h"

/* ---- conditions that no value meets ---- */

static bool never_matches__numbers(const number_set_t *set)
{
  return set != NULL && !set->none_of && set->count == 0;
}

static bool never_matches__texts(const text_set_t *set)
{
  return set != NULL && !set->none_of && set->count == 0 && !set->with_false && !set->with_true;
}

static bool never_matches__truths(const truth_set_t *set)
{
  return set != NULL && set->with_false == set->none_of && set->with_true == set->none_of;
}

/* The field of a condition that no value meets, or NULL. */
static const char *never_matches__empty_field(const rule_t *rule)
{
  const struct {
    const char *field;
    bool empty;
  } conditions[] = {{"af", never_matches__numbers(rule->af)},
                    {"type", never_matches__numbers(rule->type)},
                    {"protocol", never_matches__numbers(rule->protocol)},
                    {"flags", never_matches__numbers(rule->flags)},
                    {"app", never_matches__texts(rule->app)},
                    {"user", never_matches__texts(rule->user)},
                    {"service", never_matches__texts(rule->service)},
                    {"provider", never_matches__texts(rule->provider)},
                    {"elevated", never_matches__truths(rule->elevated)},
                    {"shared", never_matches__truths(rule->shared)}};

  for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++)
    if (conditions[i].empty)
      return conditions[i].field;
  return NULL;
}

/* ---- triples that Windows does not have ---- */

/* Families other than IP belong to providers we know nothing of; TCP and UDP are no protocols of theirs. */
static bool never_matches__is_about_another_family(const rule_t *rule)
{
  bool other = rule->af == NULL || rule->af->none_of;

  for (uint32_t i = 0; rule->af != NULL && i < rule->af->count; i++)
    other |= !rule->af->none_of && !triples_is_ip(rule->af->values[i]);
  if (!other || rule->protocol == NULL || rule->protocol->none_of)
    return other;
  for (uint32_t i = 0; i < rule->protocol->count; i++)
    if (rule->protocol->values[i] != TRIPLES_TCP && rule->protocol->values[i] != TRIPLES_UDP)
      return true;
  return false;
}

static bool never_matches__triple(const analysis_t *analysis)
{
  const policy_triple_t multicast = {TRIPLES_INET, TRIPLES_RDM, TRIPLES_PGM};
  policy_triple_t triple;
  uint32_t at = 0;

  return !triples_next(analysis->base, analysis->base_count, analysis->rule, &at, &triple) &&
         !triples_hold(analysis->rule, &multicast) && !never_matches__is_about_another_family(analysis->rule);
}

/* ---- paths ---- */

/* `tools\x.exe`, `%ProgramFiles%\*`: what a full path never looks like. */
static bool never_matches__is_path_pattern(const char *pattern)
{
  bool drive = pattern[0] && (pattern[1] == ':' || pattern[1] == '*');

  return pattern[0] == '*' || pattern[0] == '?' || pattern[0] == '\\' || pattern[0] == '/' || drive;
}

static void never_matches__warn_path(analysis_t *analysis, const char *pattern)
{
  char message[400], advice[300];
  bool variable = pattern[0] == '%';

  snprintf(message, sizeof message,
           "app \"%.200s\" can never match: a pattern with a separator is compared with the full path%s",
           pattern, variable ? ", and environment variables are not expanded" : "");
  text_cut(message);
  if (variable)
    snprintf(advice, sizeof advice,
             "write out the path, as in [[C:\\Program Files\\...]], with * for what differs");
  else
    snprintf(advice, sizeof advice, "write [[*\\%.200s]]", pattern);
  text_cut(advice);
  analysis_warn(analysis, &(policy_report_t){.message = message, .subject = "app", .advice = advice});
}

static void never_matches__check_paths(analysis_t *analysis)
{
  const text_set_t *app = analysis->rule->app;

  for (uint32_t i = 0; app != NULL && i < app->count; i++)
    if (text_has_separator(app->values[i]) && !never_matches__is_path_pattern(app->values[i]))
      never_matches__warn_path(analysis, app->values[i]);
}

bool never_matches_check(analysis_t *analysis)
{
  const char *field = never_matches__empty_field(analysis->rule);
  bool never = true;

  if (field != NULL) {
    char message[100];

    snprintf(message, sizeof message, "the rule can never match: no value meets its condition on %s", field);
    analysis_warn(analysis, &(policy_report_t){.message = message, .subject = field});
  } else if (never_matches__triple(analysis)) {
    analysis_warn(analysis, &(policy_report_t){
                                .message = "the rule can never match: Windows has no socket of that family, "
                                           "type and protocol (TCP is SOCK_STREAM, UDP SOCK_DGRAM)",
                                .advice = "leave out the protocol: the type decides it"});
  } else {
    never = false;
  }
  never_matches__check_paths(analysis);
  return never;
}
