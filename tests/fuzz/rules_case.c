#include "rules_case.h"

#include <stdio.h>
#include <string.h>

#include "rules_lua.h"

/* Names are put together of these: letters whose case differs (in ASCII and elsewhere), separators, what
 * patterns take for something else, and bytes that are no UTF-8 (the last is an overlong '/'). */
static const char *const pieces[] = {
    "a",
    "A",
    "b",
    "B",
    "exe",
    "EXE",
    ".",
    "\\",
    "/",
    "*",
    "?",
    " ",
    "-",
    "%",
    "[",
    "é",
    "É",
    "я",
    "Я",
    "ß",
    "ẞ",
    "\xf0\x9f\x98\x80",
    "\xff",
    "\xc3",
    "\xe0\x80\xaf",
    "corp\\",
    "CORP\\",
    "S-1-",
    "s-1-5",
    "C:\\",
};

enum { PIECES = sizeof pieces / sizeof pieces[0], NAME_PIECES = 5 };

static void make_name(char *name, bytes_t *bytes)
{
  unsigned count = 1 + bytes_below(bytes, NAME_PIECES);

  name[0] = 0;
  while (count--)
    strcat(name, pieces[bytes_below(bytes, PIECES)]);
}

/* The length of the piece that a text begins with. */
static size_t piece_length(const char *text)
{
  size_t longest = 1;

  for (size_t i = 0; i < PIECES; i++) {
    size_t length = strlen(pieces[i]);

    if (length > longest && strncmp(text, pieces[i], length) == 0)
      longest = length;
  }
  return longest;
}

/* A pattern that has a chance to match the text: pieces of it are replaced, by wildcards more often than not.
 */
static void make_like(char *pattern, const char *text, bytes_t *bytes)
{
  size_t used = 0;

  while (*text && used < CASE_TEXT - 16) {
    size_t length = piece_length(text);
    const char *put = NULL;

    switch (bytes_below(bytes, 12)) {
    case 1:
      put = "*";
      break;
    case 2:
      put = "?";
      break;
    case 3:
      put = pieces[bytes_below(bytes, PIECES)];
      break;
    case 4:
      put = "";
      break;
    default:
      break;
    }
    if (put != NULL) {
      strcpy(pattern + used, put);
      used += strlen(put);
    } else {
      memcpy(pattern + used, text, length);
      used += length;
    }
    text += length;
  }
  pattern[used] = 0;
  if (!used)
    strcpy(pattern, "*");
}

static case_form_t make_form(bytes_t *bytes, size_t *count)
{
  case_form_t form = (case_form_t)bytes_below(bytes, 3);

  *count = form == FORM_SINGLE ? 1 : bytes_below(bytes, CASE_VALUES + 1);
  return form;
}

static int32_t pick(const int32_t *values, size_t count, bytes_t *bytes)
{
  return values[bytes_below(bytes, (unsigned)count)];
}

static const int32_t families[] = {2, 23, 2, 1, 32, 34, 0, INT32_MAX};
static const int32_t types[] = {1, 2, 3, 4, 5, 1, 3};
static const int32_t protocols[] = {6, 17, 0, 1, 58, 255, 113, 3};
static const int32_t flags[] = {1, 256, 0, 257, 2, INT32_MAX};
static const int32_t errors[] = {10013, 10047, 10043, 10004, 11004, 10110};

#define PICK(values, bytes) pick(values, sizeof values / sizeof *values, bytes)

static void make_numbers(case_numbers_t *numbers, const int32_t *values, size_t count, bytes_t *bytes)
{
  numbers->given = true;
  numbers->form = make_form(bytes, &numbers->count);
  for (size_t i = 0; i < numbers->count; i++)
    numbers->values[i] = pick(values, count, bytes);
}

#define MAKE_NUMBERS(numbers, values, bytes)                                                                 \
  make_numbers(numbers, values, sizeof values / sizeof *values, bytes)

static void make_truths(case_values_t *values, bytes_t *bytes)
{
  values->given = true;
  values->form = make_form(bytes, &values->count);
  for (size_t i = 0; i < values->count; i++)
    values->values[i].truth = bytes_below(bytes, 2);
}

/* Texts, each like one of those given or out of thin air. */
static void make_texts(case_values_t *values, const char *const *like, size_t count, bool truths,
                       bytes_t *bytes)
{
  values->given = true;
  values->form = make_form(bytes, &values->count);
  for (size_t i = 0; i < values->count; i++) {
    case_value_t *value = &values->values[i];

    value->is_text = !truths || bytes_below(bytes, 2);
    if (!value->is_text)
      value->truth = bytes_below(bytes, 2);
    else if (bytes_rarely(bytes, 5))
      make_name(value->text, bytes);
    else
      make_like(value->text, like[bytes_below(bytes, (unsigned)count)], bytes);
  }
}

/* Rarely so long that verdicts have no room for it: cut at a character, wherever its end may fall. */
static void make_long(char *text, bytes_t *bytes)
{
  make_name(text, bytes);
  if (!bytes_rarely(bytes, 12))
    return;
  size_t length = 150 + bytes_below(bytes, 20) + (bytes_below(bytes, 2) ? 160 : 0);
  size_t used = bytes_below(bytes, 4);
  memset(text, 'x', used);
  for (; used < length; used += 2)
    memcpy(text + used, "я", 2);
  text[used] = 0;
}

static void make_verdict(case_verdict_t *verdict, bytes_t *bytes)
{
  static const policy_action_t actions[] = {POLICY_REWRITE, POLICY_REJECT, POLICY_ALLOW, POLICY_REWRITE};

  verdict->action = actions[bytes_below(bytes, 4)];
  verdict->has_reason = verdict->action != POLICY_ALLOW && bytes_below(bytes, 2);
  if (verdict->has_reason)
    make_long(verdict->reason, bytes);
  if (verdict->action == POLICY_REJECT)
    verdict->error = PICK(errors, bytes);
  if (verdict->action != POLICY_REWRITE)
    return;
  unsigned names = 1 + bytes_below(bytes, 7);
  verdict->names_af = names & 1;
  verdict->names_type = names & 2;
  verdict->names_protocol = names & 4;
  verdict->triple = (policy_triple_t){PICK(families, bytes), PICK(types, bytes), PICK(protocols, bytes)};
  if (verdict->triple.af == 0)
    verdict->triple.af = 2; /* no socket has family 0 */
}

static void make_step(case_step_t *step, const rules_case_t *made, bytes_t *bytes)
{
  const case_facts_t *facts = &made->facts;
  const char *const programs[] = {facts->name, facts->path};
  const char *domainless = strchr(facts->user, '\\');
  const char *const users[] = {facts->user, facts->sid, domainless != NULL ? domainless + 1 : facts->user};
  const char *const providers[] = {made->providers[0], made->providers[1]};
  const char *const services[] = {facts->services[0], facts->services[1]};

  memset(step, 0, sizeof *step);
  step->function = bytes_rarely(bytes, 6);
  unsigned given = bytes_byte(bytes), more = bytes_byte(bytes);
  if ((given & 3) == 1)
    MAKE_NUMBERS(&step->af, families, bytes);
  if ((given & 12) == 4)
    MAKE_NUMBERS(&step->type, types, bytes);
  if ((given & 48) == 16)
    MAKE_NUMBERS(&step->protocol, protocols, bytes);
  if ((given & 0xc0) == 0x40)
    MAKE_NUMBERS(&step->flags, flags, bytes);
  if ((more & 7) == 1)
    make_truths(&step->shared, bytes);
  make_verdict(&step->verdict, bytes);
  if (step->function)
    return;
  step->has_name = bytes_below(bytes, 2);
  if (step->has_name)
    make_long(step->name, bytes);
  if ((more & 0x70) == 0x10)
    make_truths(&step->elevated, bytes);
  if ((more & 0x8c) == 4)
    make_texts(&step->service, services, 2, true, bytes);
  unsigned last = bytes_byte(bytes);
  if ((last & 3) == 1)
    make_texts(&step->app, programs, 2, false, bytes);
  if ((last & 12) == 4)
    make_texts(&step->user, users, 3, false, bytes);
  if ((last & 0x70) == 0x10)
    make_texts(&step->provider, providers, 2, false, bytes);
}

static void make_facts(case_facts_t *facts, bytes_t *bytes)
{
  make_name(facts->name, bytes);
  make_name(facts->path, bytes);
  make_name(facts->user, bytes);
  make_name(facts->sid, bytes);
  if (bytes_below(bytes, 2))
    strcpy(facts->sid, "S-1-5-18");
  facts->elevated = bytes_below(bytes, 2);
  facts->service = bytes_below(bytes, 2);
  for (unsigned i = 0, count = bytes_below(bytes, 4); i < count; i++)
    make_name(facts->services[i], bytes);
  unsigned unknown = bytes_rarely(bytes, 4) ? bytes_byte(bytes) : 0;
  facts->user_unknown = unknown & 1;
  facts->sid_unknown = unknown & 2;
  facts->elevated_unknown = unknown & 4;
  facts->service_unknown = unknown & 8;
}

/* Half of them are like an earlier one but for one thing: what is remembered of that must not be taken for
 * this. */
static void make_request(rules_case_t *made, size_t at, bytes_t *bytes)
{
  policy_request_t *request = &made->requests[at];
  unsigned fresh = 0xff;

  if (at && bytes_below(bytes, 2)) {
    *request = made->requests[bytes_below(bytes, (unsigned)at)];
    fresh = 1u << bytes_below(bytes, 6);
  }
  if (fresh & 1)
    request->effective.af = PICK(families, bytes);
  if (fresh & 2)
    request->effective.type = PICK(types, bytes);
  if (fresh & 4)
    request->effective.protocol = PICK(protocols, bytes);
  if (fresh & 8)
    request->flags = (uint32_t)PICK(flags, bytes) | (bytes_rarely(bytes, 8) ? 0x80000000u : 0);
  if (fresh & 16)
    request->shared = fresh == 16 ? !request->shared : bytes_rarely(bytes, 5);
  if (fresh & 32)
    request->provider = bytes_rarely(bytes, 8) ? NULL : made->providers[bytes_below(bytes, 2)];
  request->requested = (policy_triple_t){0, -1, 0};
  request->catalog_id = 1001;
}

/* In an order of their own; the last ones are no policies. */
static const char *const file_names[] = {"b.lua",  "B.lua",      "10-a.LUA", "é.lua",
                                         "a_.lua", "a_TEST.lua", "a.txt"};
enum { FILE_NAMES = sizeof file_names / sizeof file_names[0], POLICY_NAMES = 5 };

static void make_file(rules_case_t *made, unsigned name, bytes_t *bytes)
{
  case_file_t *file = &made->files[made->file_count++];

  strcpy(file->name, file_names[name]);
  file->ignored = name >= POLICY_NAMES;
  file->step_count = file->ignored ? 0 : bytes_below(bytes, CASE_STEPS + 1);
  for (size_t i = 0; i < file->step_count; i++)
    make_step(&file->steps[i], made, bytes);
  rules_lua_write(file, bytes);
}

void rules_case_make(rules_case_t *made, bytes_t *bytes)
{
  unsigned settings = bytes_byte(bytes), first = bytes_byte(bytes);

  made->mode = (settings & 0x70) == 0x70   ? POLICY_MODE_OFF
               : (settings & 0x30) == 0x10 ? POLICY_MODE_AUDIT
                                           : POLICY_MODE_ENFORCE;
  made->on_error = settings & 1 ? POLICY_REJECT : POLICY_ALLOW;
  made->default_verdict = settings & 2 ? POLICY_REJECT : POLICY_ALLOW;
  memset(&made->facts, 0, sizeof made->facts);
  make_facts(&made->facts, bytes);
  for (size_t i = 0; i < 2; i++)
    make_name(made->providers[i], bytes);
  made->request_count = 1 + bytes_below(bytes, CASE_REQUESTS);
  for (size_t i = 0; i < made->request_count; i++)
    make_request(made, i, bytes);
  made->file_count = 0;
  for (unsigned i = 0, count = 1 + (settings >> 2 & 3) % CASE_FILES; i < count; i++)
    make_file(made, (first + i * 3) % FILE_NAMES, bytes);
}
