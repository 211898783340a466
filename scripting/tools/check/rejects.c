#include "rejects.h"

#include <stdio.h>
#include <string.h>

#include "triples.h"

/* libuv before 1.34.1 aborts at start on any other (docs/winsock-notes.md 2). */
static bool rejects__is_expected(int32_t error)
{
  enum { PROTONOSUPPORT = 10043, SOCKTNOSUPPORT = 10044, PFNOSUPPORT = 10046, AFNOSUPPORT = 10047 };

  return error == PROTONOSUPPORT || error == SOCKTNOSUPPORT || error == PFNOSUPPORT || error == AFNOSUPPORT;
}

static void rejects__warn(analysis_t *analysis, int32_t error, const policy_triple_t *triple)
{
  char message[400];

  snprintf(
      message, sizeof message,
      "reject(%s) on plain %s sockets of every program: programs with an old libuv (Node.js up to 12) abort "
      "at start on it",
      policy_constant_name(POLICY_CONSTANTS_ERROR, error), triple->type == TRIPLES_STREAM ? "TCP" : "UDP");
  analysis_warn(analysis, &(policy_report_t){.message = message,
                                             .subject = analysis->rule != NULL ? "reject" : NULL,
                                             .advice = triple->af == TRIPLES_INET6
                                                           ? "use reject(WSAEAFNOSUPPORT)"
                                                           : "use reject(WSAEPROTONOSUPPORT), or name the "
                                                             "programs with app"});
}

static bool rejects__is_any_program(const text_set_t *app)
{
  if (app == NULL || app->none_of)
    return true;
  for (uint32_t i = 0; i < app->count; i++)
    if (strspn(app->values[i], "*") == strlen(app->values[i]) || strcmp(app->values[i], "*.exe") == 0)
      return true;
  return false;
}

/* The rule is about sockets alone that another process duplicated. */
static bool rejects__is_about_shared(const rule_t *rule)
{
  return rule->shared != NULL && rule->shared->with_false == rule->shared->none_of;
}

void rejects_check(analysis_t *analysis)
{
  static const policy_triple_t plain[] = {{TRIPLES_INET, TRIPLES_STREAM, TRIPLES_TCP},
                                          {TRIPLES_INET6, TRIPLES_STREAM, TRIPLES_TCP},
                                          {TRIPLES_INET, TRIPLES_DGRAM, TRIPLES_UDP},
                                          {TRIPLES_INET6, TRIPLES_DGRAM, TRIPLES_UDP}};
  const rule_t *rule = analysis->rule;

  if (rejects__is_expected(rule->verdict->error) || !rejects__is_any_program(rule->app) ||
      rejects__is_about_shared(rule))
    return;
  for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
    if (triples_hold(rule, &plain[i])) {
      rejects__warn(analysis, rule->verdict->error, &plain[i]);
      return;
    }
}

bool rejects_check_verdict(analysis_t *analysis, const policy_triple_t *triple, int32_t error)
{
  if (triple->type == TRIPLES_RAW || !triples_is_ip(triple->af) || rejects__is_expected(error))
    return false;
  rejects__warn(analysis, error, triple);
  return true;
}
