#include "reference.h"

#include <string.h>

enum { WSAEACCES = 10013 };

/* ---- characters ---- */

enum { CHARACTERS = CASE_TEXT, STRAY = 0x1000000 };

typedef struct characters {
  uint32_t at[CHARACTERS];
  size_t count;
} characters_t;

/* The length of the UTF-8 character a text begins with, 1 to 4 by Unicode's table 3-7; 0 where it is none. */
static size_t character_length(const unsigned char *s)
{
  static const struct {
    unsigned first[2], second[2];
    size_t length;
  } table[] = {
      {{0x01, 0x7f}, {0, 0xff}, 1},    {{0xc2, 0xdf}, {0x80, 0xbf}, 2}, {{0xe0, 0xe0}, {0xa0, 0xbf}, 3},
      {{0xe1, 0xec}, {0x80, 0xbf}, 3}, {{0xed, 0xed}, {0x80, 0x9f}, 3}, {{0xee, 0xef}, {0x80, 0xbf}, 3},
      {{0xf0, 0xf0}, {0x90, 0xbf}, 4}, {{0xf1, 0xf3}, {0x80, 0xbf}, 4}, {{0xf4, 0xf4}, {0x80, 0x8f}, 4},
  };

  for (size_t row = 0; row < sizeof table / sizeof table[0]; row++) {
    size_t good = 1;

    if (s[0] < table[row].first[0] || s[0] > table[row].first[1])
      continue;
    while (good < table[row].length && s[good] >= (good == 1 ? table[row].second[0] : 0x80) &&
           s[good] <= (good == 1 ? table[row].second[1] : 0xbf))
      good++;
    return good == table[row].length ? good : 0;
  }
  return 0;
}

/* Of the letters that cases are made of. */
static uint32_t small(uint32_t c)
{
  if ((c >= 'A' && c <= 'Z') || c == 0xc9 /* É */ || c == 0x42f /* Я */)
    return c + 32;
  return c == 0x1e9e ? 0xdf : c; /* ẞ */
}

/* Characters without their case; a byte that is no UTF-8 stands for itself. */
static characters_t characters_of(const char *text)
{
  static const unsigned char head[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  characters_t characters = {.count = 0};
  const unsigned char *s = (const unsigned char *)text;

  while (*s) {
    size_t length = character_length(s);
    uint32_t c = length ? s[0] & head[length] : STRAY + s[0];

    for (size_t i = 1; i < length; i++)
      c = c * 64 + (s[i] & 0x3f);
    characters.at[characters.count++] = small(c);
    s += length ? length : 1;
  }
  return characters;
}

static bool same_name(const char *a, const char *b)
{
  characters_t one = characters_of(a), other = characters_of(b);

  return one.count == other.count && memcmp(one.at, other.at, one.count * sizeof one.at[0]) == 0;
}

static uint32_t one_separator(uint32_t c)
{
  return c == '/' ? '\\' : c;
}

/* matches[i][j]: the pattern from i on matches the text from j on. */
static bool glob(const char *pattern, const char *text)
{
  static bool matches[CHARACTERS + 1][CHARACTERS + 1];
  characters_t p = characters_of(pattern), t = characters_of(text);

  for (size_t i = p.count + 1; i-- > 0;)
    for (size_t j = t.count + 1; j-- > 0;) {
      if (i == p.count)
        matches[i][j] = j == t.count;
      else if (p.at[i] == '*')
        matches[i][j] = matches[i + 1][j] || (j < t.count && matches[i][j + 1]);
      else
        matches[i][j] = j < t.count && (p.at[i] == '?' || one_separator(p.at[i]) == one_separator(t.at[j])) &&
                        matches[i + 1][j + 1];
    }
  return matches[0][0];
}

/* ---- conditions ---- */

typedef enum truth { NO, YES, UNKNOWN } truth_t;

static truth_t truth_of(bool value)
{
  return value ? YES : NO;
}

static truth_t either(truth_t a, truth_t b)
{
  return a == YES || b == YES ? YES : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO;
}

static truth_t both(truth_t a, truth_t b)
{
  return a == NO || b == NO ? NO : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
}

static truth_t formed(case_form_t form, truth_t any)
{
  return form != FORM_NONE_OF ? any : any == UNKNOWN ? UNKNOWN : any == YES ? NO : YES;
}

static truth_t numbers_hold(const case_numbers_t *numbers, uint32_t value, bool bits)
{
  bool any = false;

  if (!numbers->given)
    return YES;
  for (size_t i = 0; i < numbers->count; i++) {
    uint32_t wanted = (uint32_t)numbers->values[i];

    any = any || (bits ? (value & wanted) == wanted : value == wanted);
  }
  return formed(numbers->form, truth_of(any));
}

typedef truth_t (*value_holds_t)(const case_value_t *value, const void *context);

static truth_t values_hold(const case_values_t *values, value_holds_t holds, const void *context)
{
  truth_t any = NO;

  if (!values->given)
    return YES;
  for (size_t i = 0; i < values->count; i++)
    any = either(any, holds(&values->values[i], context));
  return formed(values->form, any);
}

static truth_t truth_holds(const case_value_t *value, const void *context)
{
  return truth_of(value->truth == *(const bool *)context);
}

static truth_t app_holds(const case_value_t *value, const void *context)
{
  const case_facts_t *facts = context;
  bool about_path = strchr(value->text, '/') != NULL || strchr(value->text, '\\') != NULL;

  return truth_of(glob(value->text, about_path ? facts->path : facts->name));
}

static truth_t provider_holds(const case_value_t *value, const void *context)
{
  return truth_of(glob(value->text, context));
}

static truth_t elevated_holds(const case_value_t *value, const void *context)
{
  const case_facts_t *facts = context;

  return facts->elevated_unknown ? UNKNOWN : truth_of(value->truth == facts->elevated);
}

static truth_t service_holds(const case_value_t *value, const void *context)
{
  const case_facts_t *facts = context;
  bool named = false;

  if (facts->service_unknown)
    return UNKNOWN;
  if (!value->is_text)
    return truth_of(value->truth == facts->service);
  for (size_t i = 0; i < 3; i++)
    named = named || (facts->services[i][0] && same_name(value->text, facts->services[i]));
  return truth_of(facts->service && named);
}

static truth_t user_holds(const case_value_t *value, const void *context)
{
  const case_facts_t *facts = context;
  const char *domain_ends = strchr(facts->user, '\\');

  if (strncmp(value->text, "S-1-", 4) == 0 || strncmp(value->text, "s-1-", 4) == 0)
    return facts->sid_unknown ? UNKNOWN : truth_of(same_name(value->text, facts->sid));
  if (facts->user_unknown)
    return UNKNOWN;
  if (strchr(value->text, '\\') == NULL && domain_ends != NULL)
    return truth_of(same_name(value->text, domain_ends + 1));
  return truth_of(same_name(value->text, facts->user));
}

/* Facts that are not asked for are not missed: an empty list asks for none. But what kind of process this is,
 * a rule asks as soon as it names the field. */
static truth_t asked(const case_values_t *values, bool unknown, truth_t holds)
{
  return values->given && unknown ? UNKNOWN : holds;
}

static truth_t concerns(const case_step_t *step, const case_facts_t *facts)
{
  truth_t elevated = values_hold(&step->elevated, elevated_holds, facts);
  truth_t service = values_hold(&step->service, service_holds, facts);
  truth_t holds = values_hold(&step->app, app_holds, facts);

  holds = both(holds, asked(&step->elevated, facts->elevated_unknown, elevated));
  holds = both(holds, asked(&step->service, facts->service_unknown, service));
  return both(holds, values_hold(&step->user, user_holds, facts));
}

static truth_t call_holds(const case_step_t *step, const policy_triple_t *triple,
                          const policy_request_t *request)
{
  truth_t holds = numbers_hold(&step->af, (uint32_t)triple->af, false);

  holds = both(holds, numbers_hold(&step->type, (uint32_t)triple->type, false));
  holds = both(holds, numbers_hold(&step->protocol, (uint32_t)triple->protocol, false));
  holds = both(holds, numbers_hold(&step->flags, request->flags, true));
  holds = both(holds, values_hold(&step->shared, truth_holds, &request->shared));
  return both(holds, values_hold(&step->provider, provider_holds,
                                 request->provider != NULL ? request->provider : ""));
}

/* ---- rewriting ---- */

static int32_t usual_protocol(int32_t af, int32_t type)
{
  static const struct {
    int32_t af, type, protocol;
  } usual[] = {{2, 1, 6}, {2, 2, 17}, {2, 4, 113}, {23, 1, 6}, {23, 2, 17}, {32, 1, 3}, {34, 1, 1}};

  for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
    if (usual[i].af == af && usual[i].type == type)
      return usual[i].protocol;
  return 0;
}

static policy_triple_t rewritten(const case_verdict_t *verdict, policy_triple_t triple)
{
  policy_triple_t next = triple;

  if (verdict->names_af)
    next.af = verdict->triple.af;
  if (verdict->names_type)
    next.type = verdict->triple.type;
  if (verdict->names_protocol && verdict->triple.protocol != 0)
    next.protocol = verdict->triple.protocol;
  else if (verdict->names_protocol || next.af != triple.af || next.type != triple.type)
    next.protocol = usual_protocol(next.af, next.type);
  return next;
}

static bool equal(policy_triple_t a, policy_triple_t b)
{
  return a.af == b.af && a.type == b.type && a.protocol == b.protocol;
}

/* ---- the walk ---- */

static void credit(expected_t *expected, const case_file_t *file, const case_step_t *step)
{
  expected->file = file;
  expected->step = step;
  expected->reason_kind = REASON_IS;
  expected->reason = step->verdict.has_reason ? step->verdict.reason : "";
}

static void reject(expected_t *expected, const case_file_t *file, const case_step_t *step, int32_t error,
                   const policy_request_t *request)
{
  credit(expected, file, step);
  expected->decided = POLICY_REJECT;
  expected->error = error;
  expected->triple = request->effective; /* the original one is reported */
}

static policy_entry_outcome_t fail(const rules_case_t *given, const policy_request_t *request,
                                   const case_file_t *file, const case_step_t *step, expected_t *expected)
{
  bool first = !expected->failed, rejects = given->on_error == POLICY_REJECT;

  expected->failed = true;
  if (rejects)
    reject(expected, file, step, WSAEACCES, request);
  if (rejects || (first && expected->decided == POLICY_ALLOW)) {
    expected->reason_kind = REASON_FAILURE;
    expected->failure = (expected_step_t){file, step, POLICY_ENTRY_FAILED};
  }
  return POLICY_ENTRY_FAILED;
}

/* What a step makes of the call so far; *triple is what is in force. */
static policy_entry_outcome_t take_step(const rules_case_t *given, const policy_request_t *request,
                                        const case_file_t *file, const case_step_t *step,
                                        policy_triple_t *triple, expected_t *expected)
{
  const case_verdict_t *verdict = &step->verdict;
  truth_t concern = concerns(step, &given->facts);

  expected->functions |= step->function;
  expected->cost += concern != NO;
  truth_t holds = both(call_holds(step, triple, request), concern);
  if (holds == NO)
    return step->function ? POLICY_ENTRY_SAYS_NOTHING : POLICY_ENTRY_NO_MATCH;
  if (holds == UNKNOWN)
    return fail(given, request, file, step, expected);
  if (verdict->action == POLICY_ALLOW) {
    if (expected->decided != POLICY_REWRITE)
      credit(expected, file, step);
    return POLICY_ENTRY_ALLOWS;
  }
  if (verdict->action == POLICY_REJECT) {
    reject(expected, file, step, verdict->error, request);
    return POLICY_ENTRY_REJECTS;
  }
  policy_triple_t next = rewritten(verdict, *triple);
  if (equal(next, *triple) || request->shared)
    return POLICY_ENTRY_SAYS_NOTHING;
  *triple = next;
  credit(expected, file, step);
  expected->decided = POLICY_REWRITE;
  expected->triple = next;
  return POLICY_ENTRY_REWRITES;
}

/* The policy whose name comes next in byte order after `last` (NULL: the first). */
static const case_file_t *next_file(const rules_case_t *given, const case_file_t *last)
{
  const case_file_t *next = NULL;

  for (size_t i = 0; i < given->file_count; i++) {
    const case_file_t *file = &given->files[i];

    if (!file->ignored && (last == NULL || strcmp(file->name, last->name) > 0) &&
        (next == NULL || strcmp(file->name, next->name) < 0))
      next = file;
  }
  return next;
}

/* True where a step ended the walk. */
static bool walk(const rules_case_t *given, const policy_request_t *request, expected_t *expected)
{
  policy_triple_t triple = request->effective;

  for (const case_file_t *file = NULL; (file = next_file(given, file)) != NULL;)
    for (size_t i = 0; i < file->step_count; i++) {
      policy_entry_outcome_t outcome = take_step(given, request, file, &file->steps[i], &triple, expected);

      expected->walked[expected->walked_count++] = (expected_step_t){file, &file->steps[i], outcome};
      if (outcome == POLICY_ENTRY_ALLOWS || outcome == POLICY_ENTRY_REJECTS ||
          (outcome == POLICY_ENTRY_FAILED && given->on_error == POLICY_REJECT))
        return true;
    }
  return false;
}

void reference_decide(const rules_case_t *given, const policy_request_t *request, expected_t *expected)
{
  memset(expected, 0, sizeof *expected);
  expected->decided = POLICY_ALLOW;
  expected->triple = request->effective;
  expected->reason = "";
  if (given->mode != POLICY_MODE_OFF && !walk(given, request, expected) &&
      expected->decided == POLICY_ALLOW && given->default_verdict == POLICY_REJECT) {
    expected->decided = POLICY_REJECT;
    expected->error = WSAEACCES;
    if (!expected->failed)
      expected->reason_kind = REASON_DEFAULT;
  }
  expected->action = expected->decided;
  if (given->mode == POLICY_MODE_AUDIT) {
    expected->action = POLICY_ALLOW;
    expected->triple = request->effective;
  }
}
