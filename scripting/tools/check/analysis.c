#include "analysis.h"

#include <stdio.h>
#include <string.h>

#include "language.h"
#include "rule_cover.h"
#include "rule_index.h"
#include "text_match.h"

enum { INET = 2, INET6 = 23, STREAM = 1, DGRAM = 2, RAW = 3, RDM = 4, TCP = 6, UDP = 17, PGM = 113 };

typedef struct analysis {
  policy_set_t *set;
  const policy_base_entry_t *entries;
  size_t entry_count;
  policy_entry_t step;   /* under way */
  const rule_t *rule;    /* its rule; NULL for a function */
  rule_index_t *earlier; /* the rules before it, */
  size_t changer;        /* and how many steps the last of them takes that may rewrite; 0 where none may */
  bool memory_short;
} analysis_t;

typedef struct triple_text {
  char text[96];
} triple_text_t;

static void analysis__put_word(char *text, size_t size, policy_constants_t words, int32_t value,
                               const char *after)
{
  size_t used = strlen(text);
  const char *name = policy_constant_name(words, value);

  if (name != NULL)
    snprintf(text + used, size - used, "%s%s", name, after);
  else
    snprintf(text + used, size - used, "%d%s", (int)value, after);
}

static triple_text_t analysis__triple_text(const policy_triple_t *triple)
{
  triple_text_t text = {""};

  analysis__put_word(text.text, sizeof text.text, POLICY_CONSTANTS_AF, triple->af, " ");
  analysis__put_word(text.text, sizeof text.text, POLICY_CONSTANTS_TYPE, triple->type, " ");
  analysis__put_word(text.text, sizeof text.text, POLICY_CONSTANTS_PROTOCOL, triple->protocol, "");
  return text;
}

static void analysis__warn(analysis_t *analysis, int32_t line, const char *message, const char *suggestion)
{
  policy_report_t report = {.severity = POLICY_WARNING,
                            .file = analysis->step.file,
                            .line = line ? line : analysis->step.line,
                            .message = message,
                            .advice = suggestion};

  analysis->memory_short |= !policy_set_find(analysis->set, &report);
}

/* ---- triples ---- */

static bool analysis__is_ip(int32_t af)
{
  return af == INET || af == INET6;
}

static bool analysis__serves(const policy_base_entry_t *entry, const policy_triple_t *triple)
{
  const policy_triple_t *own = &entry->triple;

  return triple->af == own->af && triple->type == own->type && triple->protocol >= own->protocol &&
         triple->protocol <= own->protocol + entry->protocol_offset;
}

static bool analysis__is_served(const analysis_t *analysis, const policy_triple_t *triple)
{
  for (size_t i = 0; i < analysis->entry_count; i++)
    if (analysis__serves(&analysis->entries[i], triple))
      return true;
  return false;
}

static bool analysis__triple_holds(const rule_t *rule, const policy_triple_t *triple)
{
  return rule_number_holds(rule->af, triple->af) && rule_number_holds(rule->type, triple->type) &&
         rule_number_holds(rule->protocol, triple->protocol);
}

/* The next triple of a base entry that the rule matches. Start with *at = 0. */
static bool analysis__next_triple(const analysis_t *analysis, const rule_t *rule, uint32_t *at,
                                  policy_triple_t *triple)
{
  uint32_t number = 0;

  for (size_t i = 0; i < analysis->entry_count; i++) {
    const policy_base_entry_t *entry = &analysis->entries[i];
    uint32_t count = (uint32_t)entry->protocol_offset + 1;

    for (uint32_t offset = *at > number ? *at - number : 0; offset < count; offset++) {
      *triple = entry->triple;
      triple->protocol += (int32_t)offset;
      if (analysis__triple_holds(rule, triple)) {
        *at = number + offset + 1;
        return true;
      }
    }
    number += count;
  }
  return false;
}

/* ---- rules that never match ---- */

static bool analysis__is_empty(bool none_of, size_t count)
{
  return !none_of && count == 0;
}

static const char *analysis__empty_condition(const rule_t *rule)
{
  const struct {
    const char *field;
    const number_set_t *set;
  } numbers[] = {
      {"af", rule->af}, {"type", rule->type}, {"protocol", rule->protocol}, {"flags", rule->flags}};
  const struct {
    const char *field;
    const text_set_t *set;
  } texts[] = {
      {"app", rule->app}, {"user", rule->user}, {"service", rule->service}, {"provider", rule->provider}};
  const struct {
    const char *field;
    const truth_set_t *set;
  } truths[] = {{"elevated", rule->elevated}, {"shared", rule->shared}};

  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    if (numbers[i].set != NULL && analysis__is_empty(numbers[i].set->none_of, numbers[i].set->count))
      return numbers[i].field;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    if (texts[i].set != NULL &&
        analysis__is_empty(texts[i].set->none_of,
                           texts[i].set->count + texts[i].set->with_false + texts[i].set->with_true))
      return texts[i].field;
  for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++)
    if (truths[i].set != NULL && truths[i].set->with_false == truths[i].set->none_of &&
        truths[i].set->with_true == truths[i].set->none_of)
      return truths[i].field;
  return NULL;
}

/* Families other than IP belong to providers we know nothing of; TCP and UDP are no protocols of theirs. */
static bool analysis__may_be_another_family(const rule_t *rule)
{
  bool other = rule->af == NULL || rule->af->none_of;

  for (uint32_t i = 0; rule->af != NULL && i < rule->af->count; i++)
    other |= !rule->af->none_of && !analysis__is_ip(rule->af->values[i]);
  if (!other || rule->protocol == NULL || rule->protocol->none_of)
    return other;
  for (uint32_t i = 0; i < rule->protocol->count; i++)
    if (rule->protocol->values[i] != TCP && rule->protocol->values[i] != UDP)
      return true;
  return false;
}

/* `tools\x.exe`, `%ProgramFiles%\*`: what a full path never looks like. */
static bool analysis__is_path_pattern(const char *pattern)
{
  bool drive = pattern[0] && (pattern[1] == ':' || pattern[1] == '*');

  return pattern[0] == '*' || pattern[0] == '?' || pattern[0] == '\\' || pattern[0] == '/' || drive;
}

static void analysis__check_paths(analysis_t *analysis)
{
  const text_set_t *app = analysis->rule->app;

  for (uint32_t i = 0; app != NULL && i < app->count; i++) {
    const char *pattern = app->values[i];
    char message[400];

    if (!text_has_separator(pattern) || analysis__is_path_pattern(pattern))
      continue;
    snprintf(message, sizeof message,
             "app \"%.200s\" can never match: a pattern with a separator is about the full "
             "path%s",
             pattern, pattern[0] == '%' ? ", and environment variables are not replaced" : "");
    text_cut(message);
    char suggestion[300];
    snprintf(suggestion, sizeof suggestion, "[[*\\%.200s]]", pattern);
    text_cut(suggestion);
    analysis__warn(analysis, 0, message,
                   pattern[0] == '%' ? "[[C:\\Program Files\\...]], or * for what differs" : suggestion);
  }
}

/* True where it said so. */
static bool analysis__check_never(analysis_t *analysis)
{
  const rule_t *rule = analysis->rule;
  const char *field = analysis__empty_condition(rule);
  const policy_triple_t multicast = {INET, RDM, PGM};
  policy_triple_t triple;
  uint32_t at = 0;
  char message[400];

  if (field != NULL) {
    snprintf(message, sizeof message, "the rule can never match: no value meets its condition on %s", field);
    analysis__warn(analysis, 0, message, NULL);
    return true;
  }
  if (analysis__next_triple(analysis, rule, &at, &triple) || analysis__triple_holds(rule, &multicast) ||
      analysis__may_be_another_family(rule))
    return false;
  analysis__warn(analysis, 0,
                 "the rule can never match: Windows has no socket of that family, type and protocol (TCP is "
                 "SOCK_STREAM, UDP "
                 "SOCK_DGRAM)",
                 "leave out the protocol: the type decides it");
  return true;
}

/* ---- rules that are never reached ---- */

/* A rewrite leaves nothing that the later rule could match: what it names, the later rule does not want. */
static bool analysis__rewrites_away(const rule_t *rewrite, const rule_t *later)
{
  const verdict_value_t *verdict = rewrite->verdict;

  return (verdict->names_af && !rule_number_holds(later->af, verdict->triple.af)) ||
         (verdict->names_type && !rule_number_holds(later->type, verdict->triple.type)) ||
         (verdict->names_protocol && verdict->triple.protocol &&
          !rule_number_holds(later->protocol, verdict->triple.protocol));
}

/* Between an earlier rule and the step under way, something may turn a triple that the rule never saw into
 * one that the step is about. */
static bool analysis__may_rewrite_since(const analysis_t *analysis, size_t earlier)
{
  return analysis->changer > earlier + 1;
}

static void analysis__warn_shadowed(analysis_t *analysis, const policy_entry_t *by, const char *how)
{
  char message[600];

  snprintf(message, sizeof message, "%s is never reached: %s%s%s at %s:%d %s",
           analysis->rule != NULL ? "the rule" : "the function", by->rule != NULL ? "rule \"" : "the rule",
           by->rule != NULL ? by->rule : "", by->rule != NULL ? "\"" : "", by->file, (int)by->line, how);
  text_cut(message);
  analysis__warn(analysis, 0, message, "move it up, or take it out");
}

static bool analysis__is_about_triple(const rule_t *rule)
{
  return rule->af != NULL || rule->type != NULL || rule->protocol != NULL;
}

static void analysis__check_shadowed(analysis_t *analysis)
{
  static const rule_t everything;
  const rule_t *later = analysis->rule != NULL ? analysis->rule : &everything, *earlier;
  rule_cursor_t cursor = rule_index_start(analysis->earlier, later);
  size_t number;

  while ((earlier = rule_index_next(analysis->earlier, &cursor, &number)) != NULL) {
    if (!rule_covers(earlier, later) ||
        (analysis__is_about_triple(earlier) && analysis__may_rewrite_since(analysis, number)))
      continue;
    policy_entry_t by = policy_set_step(analysis->set, number, &earlier);
    if (earlier->verdict->action != POLICY_REWRITE) {
      analysis__warn_shadowed(analysis, &by, "decides all that it would match");
      return;
    }
    bool duplicated_too = later->shared == NULL || later->shared->with_true != later->shared->none_of;
    if (analysis__rewrites_away(earlier, later)) {
      analysis__warn_shadowed(analysis, &by,
                              duplicated_too
                                  ? "rewrites all that it would match (but for sockets that another process "
                                    "duplicated, which are never rewritten)"
                                  : "rewrites all that it would match");
      return;
    }
  }
}

/* ---- rejections that break programs ---- */

/* libuv before 1.34.1 aborts at start on any other (docs/winsock-notes.md 2). */
static bool analysis__is_expected_at_start(int32_t code)
{
  enum { PROTONOSUPPORT = 10043, SOCKTNOSUPPORT = 10044, PFNOSUPPORT = 10046, AFNOSUPPORT = 10047 };

  return code == PROTONOSUPPORT || code == SOCKTNOSUPPORT || code == PFNOSUPPORT || code == AFNOSUPPORT;
}

static void analysis__warn_rejects_plain(analysis_t *analysis, int32_t line, int32_t error,
                                         const policy_triple_t *triple)
{
  char message[400];

  snprintf(
      message, sizeof message,
      "%s(%s) on plain %s sockets of every program: programs with an old libuv (Node.js up to 12) abort at "
      "start on it",
      "reject", policy_constant_name(POLICY_CONSTANTS_ERROR, error), triple->type == STREAM ? "TCP" : "UDP");
  analysis__warn(analysis, line, message,
                 analysis__is_ip(triple->af) && triple->af == INET6
                     ? "reject(WSAEAFNOSUPPORT)"
                     : "reject(WSAEPROTONOSUPPORT), or name the programs with app");
}

static bool analysis__is_any_program(const text_set_t *app)
{
  if (app == NULL || app->none_of)
    return true;
  for (uint32_t i = 0; i < app->count; i++)
    if (strspn(app->values[i], "*") == strlen(app->values[i]) || strcmp(app->values[i], "*.exe") == 0)
      return true;
  return false;
}

static void analysis__check_reject(analysis_t *analysis)
{
  static const policy_triple_t plain[] = {
      {INET, STREAM, TCP}, {INET6, STREAM, TCP}, {INET, DGRAM, UDP}, {INET6, DGRAM, UDP}};
  const rule_t *rule = analysis->rule;

  if (analysis__is_expected_at_start(rule->verdict->error) || !analysis__is_any_program(rule->app) ||
      (rule->shared != NULL && rule->shared->with_false == rule->shared->none_of))
    return;
  for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
    if (analysis__triple_holds(rule, &plain[i])) {
      analysis__warn_rejects_plain(analysis, 0, rule->verdict->error, &plain[i]);
      return;
    }
}

/* ---- rewrites that cannot work ---- */

static void analysis__warn_other_family(analysis_t *analysis, int32_t line, int32_t from, int32_t to)
{
  char message[400], names[96] = "";

  if (from)
    analysis__put_word(names, sizeof names, POLICY_CONSTANTS_AF, from, " to ");
  analysis__put_word(names, sizeof names, POLICY_CONSTANTS_AF, to, "");
  snprintf(message, sizeof message,
           "the rewrite changes the family (%s): addresses are not translated, so bind and connect will fail",
           names);
  analysis__warn(analysis, line, message,
                 "reject(WSAEAFNOSUPPORT): programs expect it and turn to the other family");
}

static void analysis__warn_unserved(analysis_t *analysis, int32_t line, const policy_triple_t *from,
                                    const policy_triple_t *to)
{
  char message[400];

  snprintf(message, sizeof message,
           "the rewrite gives %s (of %s), which no base entry serves: the call will fail",
           analysis__triple_text(to).text, analysis__triple_text(from).text);
  analysis__warn(analysis, line, message, NULL);
}

static void analysis__check_rewrite(analysis_t *analysis)
{
  const rule_t *rule = analysis->rule;
  policy_triple_t from = {0, 0, 0}, to;
  bool any = false, family = false, unserved = false;

  for (uint32_t at = 0; analysis__next_triple(analysis, rule, &at, &from);) {
    to = verdict_rewrites(rule->verdict, &from);
    any = true;
    if (to.af != from.af && !family) {
      family = true;
      analysis__warn_other_family(analysis, 0, from.af, to.af);
    }
    if (!unserved && !analysis__is_served(analysis, &to)) {
      unserved = true;
      analysis__warn_unserved(analysis, 0, &from, &to);
    }
  }
  if (any)
    return;
  /* It is about families that are not Windows' own: judge one such call. */
  from.af = rule->af != NULL && !rule->af->none_of ? rule->af->values[0] : 0;
  from.type = rule->type != NULL && !rule->type->none_of ? rule->type->values[0] : STREAM;
  from.protocol = rule->protocol != NULL && !rule->protocol->none_of ? rule->protocol->values[0] : 0;
  to = verdict_rewrites(rule->verdict, &from);
  if (to.af != from.af)
    analysis__warn_other_family(analysis, 0, from.af, to.af);
  if (analysis__is_ip(to.af) && !analysis__is_served(analysis, &to))
    analysis__warn_unserved(analysis, 0, &from, &to);
}

/* ---- functions: tried, for a program that no policy knows ---- */

typedef struct told {
  bool failed, rejects, family, unserved;
} told_t;

/* The cost of the try. */
static uint64_t analysis__judge(analysis_t *analysis, told_t *told, const policy_request_t *request,
                                size_t index)
{
  policy_verdict_t verdict;
  char detail[600], message[800];
  const policy_triple_t *from = &request->effective, *to = &verdict.triple;

  switch (policy_set_try(analysis->set, index, request, &verdict, detail, sizeof detail)) {
  case POLICY_ENTRY_FAILED:
    if (told->failed)
      break;
    told->failed = true;
    snprintf(message, sizeof message, "the function fails for %s: %s", analysis__triple_text(from).text,
             detail);
    text_cut(message);
    analysis__warn(analysis, verdict.line, message, NULL);
    break;
  case POLICY_ENTRY_REJECTS:
    if (told->rejects || from->type == RAW || !analysis__is_ip(from->af) ||
        analysis__is_expected_at_start(verdict.error))
      break;
    told->rejects = true;
    analysis__warn_rejects_plain(analysis, 0, verdict.error, from);
    break;
  case POLICY_ENTRY_REWRITES:
    if (to->af != from->af && !told->family) {
      told->family = true;
      analysis__warn_other_family(analysis, 0, from->af, to->af);
    }
    if (!told->unserved && !analysis__is_served(analysis, to)) {
      told->unserved = true;
      analysis__warn_unserved(analysis, 0, from, to);
    }
    break;
  default:
    break;
  }
  return verdict.cost;
}

static void analysis__check_function(analysis_t *analysis, size_t index)
{
  static const int32_t offsets[] = {0, 1, 2, 58, 255};
  told_t told = {false, false, false, false};

  for (size_t i = 0; i < analysis->entry_count; i++)
    for (size_t j = 0; j < sizeof offsets / sizeof offsets[0]; j++) {
      const policy_base_entry_t *entry = &analysis->entries[i];

      if (offsets[j] > entry->protocol_offset)
        break;
      policy_triple_t triple = entry->triple;
      triple.protocol += offsets[j];
      policy_request_t request = {.requested = triple, .effective = triple, .flags = 1, .provider = ""};
      if (analysis__judge(analysis, &told, &request, index) >=
          policy_set_settings(analysis->set)->instruction_limit)
        return; /* told already; it would only take its time again */
    }
}

static void analysis__check_step(analysis_t *analysis, size_t index)
{
  if (analysis->rule != NULL) {
    bool never = analysis__check_never(analysis);

    analysis__check_paths(analysis);
    if (never)
      return;
  }
  analysis__check_shadowed(analysis);
  if (analysis->rule == NULL)
    analysis__check_function(analysis, index);
  else if (analysis->rule->verdict->action == POLICY_REJECT)
    analysis__check_reject(analysis);
  else if (analysis->rule->verdict->action == POLICY_REWRITE)
    analysis__check_rewrite(analysis);
}

bool analysis_run(policy_set_t *set, const policy_base_entry_t *entries, size_t entry_count)
{
  size_t count = policy_set_count(set);
  analysis_t analysis = {.set = set,
                         .entries = entries,
                         .entry_count = entry_count,
                         .earlier = rule_index_create(policy_set_memory(set), count)};

  if (analysis.earlier == NULL)
    return false;
  for (size_t i = 0; i < count && !analysis.memory_short; i++) {
    analysis.step = policy_set_step(set, i, &analysis.rule);
    analysis__check_step(&analysis, i);
    if (analysis.rule != NULL)
      rule_index_add(analysis.earlier, i, analysis.rule);
    if (analysis.rule == NULL || analysis.rule->verdict->action == POLICY_REWRITE)
      analysis.changer = i + 1;
  }
  rule_index_destroy(analysis.earlier);
  return !analysis.memory_short;
}
