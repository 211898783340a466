#include "rules_compare.h"

#include <string.h>

#include "counting_host.h"
#include "expect.h"
#include "memory_platform.h"
#include "reference.h"
#include "rules_case.h"

/* Too large for a stack. */
static rules_case_t given;
static expected_t expected;
static counting_host_t counting;
static char services[3 * CASE_TEXT];

static void print_case(void)
{
  for (size_t i = 0; i < given.file_count; i++)
    fprintf(stderr, "---- %s\n%.*s\n", given.files[i].name, (int)given.files[i].size, given.files[i].text);
  fprintf(
      stderr,
      "---- mode %d, on error %d, default %d\nname \"%s\" path \"%s\" user \"%s\"%s sid \"%s\"%s elevated "
      "%d%s service %d%s \"%s\"\n",
      (int)given.mode, (int)given.on_error, (int)given.default_verdict, given.facts.name, given.facts.path,
      given.facts.user, given.facts.user_unknown ? " (unknown)" : "", given.facts.sid,
      given.facts.sid_unknown ? " (unknown)" : "", given.facts.elevated,
      given.facts.elevated_unknown ? " (unknown)" : "", given.facts.service,
      given.facts.service_unknown ? " (unknown)" : "", services);
}

static void print_request(const policy_request_t *request)
{
  fprintf(stderr, "%d/%d/%d flags %x%s provider \"%s\"\n", (int)request->effective.af,
          (int)request->effective.type, (int)request->effective.protocol, (unsigned)request->flags,
          request->shared ? " shared" : "", request->provider != NULL ? request->provider : "(none)");
}

#define agree(condition, ...)                                                                                \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      print_case();                                                                                          \
      print_request(request);                                                                                \
      expect(condition, __VA_ARGS__);                                                                        \
    }                                                                                                        \
  } while (0)

/* As much of a text as a field holds, which ends with a character where it is cut. */
static bool is_cut(const char *field, size_t size, const char *text)
{
  size_t length = strlen(text);

  if (length >= size) {
    length = size - 1;
    while (((unsigned char)text[length] & 0xc0) == 0x80)
      length--;
  }
  return strlen(field) == length && memcmp(field, text, length) == 0;
}

static bool tells_failure(const char *reason)
{
  char place[64];

  snprintf(place, sizeof place, "%s:%d: ", expected.failure.file->name, (int)expected.failure.step->line);
  return strncmp(reason, place, strlen(place)) == 0 &&
         ((strstr(reason, "`user`") != NULL && (given.facts.user_unknown || given.facts.sid_unknown)) ||
          (strstr(reason, "`elevated`") != NULL && given.facts.elevated_unknown) ||
          (strstr(reason, "`service`") != NULL && given.facts.service_unknown));
}

static bool reason_agrees(const char *reason)
{
  switch (expected.reason_kind) {
  case REASON_IS:
    return is_cut(reason, POLICY_REASON_MAX, expected.reason);
  case REASON_FAILURE:
    return tells_failure(reason);
  case REASON_DEFAULT:
    break;
  }
  return reason[0] && strchr(reason, ':') == NULL;
}

static void compare_verdict(const policy_request_t *request, const policy_verdict_t *verdict)
{
  const policy_triple_t *triple = &verdict->triple, *wanted = &expected.triple;

  agree(verdict->decided == expected.decided, "decided %d, reference %d", (int)verdict->decided,
        (int)expected.decided);
  agree(verdict->action == expected.action, "action %d, reference %d", (int)verdict->action,
        (int)expected.action);
  agree(triple->af == wanted->af && triple->type == wanted->type && triple->protocol == wanted->protocol,
        "triple %d/%d/%d, reference %d/%d/%d", (int)triple->af, (int)triple->type, (int)triple->protocol,
        (int)wanted->af, (int)wanted->type, (int)wanted->protocol);
  agree(verdict->error == expected.error, "error %d, reference %d", (int)verdict->error, (int)expected.error);
  agree(verdict->failed == expected.failed, "failed %d, reference %d", verdict->failed, expected.failed);
  const char *file = expected.file != NULL ? expected.file->name : "";
  const char *rule =
      expected.step != NULL && expected.step->has_name && !expected.step->function ? expected.step->name : "";
  int line = expected.step != NULL ? (int)expected.step->line : 0;
  agree(strcmp(verdict->file, file) == 0 && verdict->line == line, "by %s:%d, reference %s:%d", verdict->file,
        (int)verdict->line, file, line);
  agree(is_cut(verdict->rule, POLICY_RULE_MAX, rule), "rule \"%s\", reference \"%s\"", verdict->rule, rule);
  agree(reason_agrees(verdict->reason), "reason \"%s\", reference %d \"%s\"", verdict->reason,
        (int)expected.reason_kind, expected.reason);
  agree(!verdict->log[0], "log \"%s\"", verdict->log);
  agree(expected.functions || verdict->cost == expected.cost, "cost %llu, reference %llu",
        (unsigned long long)verdict->cost, (unsigned long long)expected.cost);
  counting_host_expect_verdict(&counting, request, verdict);
}

typedef struct watch {
  const policy_request_t *request;
  size_t seen;
} watch_t;

static void compare_step(void *context, const policy_entry_t *step)
{
  watch_t *watch = context;
  const policy_request_t *request = watch->request;

  agree(watch->seen < expected.walked_count, "more steps than the reference's %zu", expected.walked_count);
  const expected_step_t *wanted = &expected.walked[watch->seen++];
  agree(strcmp(step->file, wanted->file->name) == 0 && step->line == wanted->step->line &&
            step->function == wanted->step->function,
        "step %s:%d, reference %s:%d", step->file, (int)step->line, wanted->file->name,
        (int)wanted->step->line);
  agree(step->outcome == wanted->outcome, "%s:%d: outcome %d, reference %d", step->file, (int)step->line,
        (int)step->outcome, (int)wanted->outcome);
  agree((step->outcome != POLICY_ENTRY_NO_MATCH && step->outcome != POLICY_ENTRY_FAILED) || step->detail[0],
        "%s:%d does not say why", step->file, (int)step->line);
}

static void decide_all(policy_engine_t *engine)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < given.request_count; i++) {
    const policy_request_t *request = &given.requests[i];

    reference_decide(&given, request, &expected);
    for (int again = 0; again < 2; again++) { /* and what was remembered says the same */
      memset(&verdict, 0xaa, sizeof verdict);
      policy_decide(engine, request, &verdict);
      compare_verdict(request, &verdict);
    }
  }
}

static void explain_all(policy_engine_t *engine)
{
  policy_verdict_t verdict;

  for (size_t i = 0; i < given.request_count; i++) {
    const policy_request_t *request = &given.requests[i];
    watch_t watch = {request, 0};

    reference_decide(&given, request, &expected);
    memset(&verdict, 0xaa, sizeof verdict);
    policy_explain(engine, request, &verdict, compare_step, &watch);
    compare_verdict(request, &verdict);
    agree(watch.seen == expected.walked_count, "%zu steps, reference %zu", watch.seen, expected.walked_count);
  }
}

static void tell_host(void)
{
  const case_facts_t *facts = &given.facts;

  counting_host_init(&counting);
  counting.settings.mode = given.mode;
  counting.settings.on_error = given.on_error;
  counting.settings.default_verdict = given.default_verdict;
  services[0] = 0;
  for (size_t i = 0; i < 3 && facts->services[i][0]; i++) {
    strcat(services, i ? "\n" : "");
    strcat(services, facts->services[i]);
  }
  counting.facts[POLICY_ATTRIBUTE_NAME].text = facts->name;
  counting.facts[POLICY_ATTRIBUTE_PATH].text = facts->path;
  counting.facts[POLICY_ATTRIBUTE_USER].text = facts->user;
  counting.facts[POLICY_ATTRIBUTE_SID].text = facts->sid;
  counting.facts[POLICY_ATTRIBUTE_ELEVATED].flag = facts->elevated;
  counting.facts[POLICY_ATTRIBUTE_SERVICE].flag = facts->service;
  counting.facts[POLICY_ATTRIBUTE_SERVICE].text = services;
  counting.unknown[POLICY_ATTRIBUTE_USER] = facts->user_unknown;
  counting.unknown[POLICY_ATTRIBUTE_SID] = facts->sid_unknown;
  counting.unknown[POLICY_ATTRIBUTE_ELEVATED] = facts->elevated_unknown;
  counting.unknown[POLICY_ATTRIBUTE_SERVICE] = facts->service_unknown;
}

static void count(rules_tally_t *tally)
{
  tally->sets++;
  tally->calls += given.request_count;
  for (size_t i = 0; i < given.request_count; i++) {
    reference_decide(&given, &given.requests[i], &expected);
    tally->decided[expected.decided]++;
    tally->by_a_step += expected.step != NULL;
    tally->failed += expected.failed;
    tally->steps += expected.walked_count;
    for (size_t step = 0; step < expected.walked_count; step++)
      tally->steps_matching += expected.walked[step].outcome > POLICY_ENTRY_SAYS_NOTHING;
  }
}

void rules_compare(bytes_t *bytes, rules_tally_t *tally)
{
  memory_file_t files[CASE_FILES];

  rules_case_make(&given, bytes);
  const policy_request_t *request = &given.requests[0];
  for (size_t i = 0; i < given.file_count; i++)
    files[i] = (memory_file_t){given.files[i].name, given.files[i].text, given.files[i].size};
  memory_platform_files(files, given.file_count);
  tell_host();
  policy_host_t host = counting_host_policy_host(&counting);
  policy_engine_t *engine = policy_engine_create(&host);
  size_t errors = policy_engine_load(engine, NULL, NULL);
  agree(errors == 0, "the policies do not load: %s", counting.first_error);
  decide_all(engine);
  explain_all(engine);
  decide_all(engine); /* by the set that is not folded */
  policy_engine_destroy(engine);
  counting_host_expect_empty(&counting);
  count(tally);
}
