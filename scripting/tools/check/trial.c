#include "trial.h"

#include <stdio.h>

#include "evaluate.h"
#include "rejects.h"
#include "rewrites.h"
#include "text_cut.h"
#include "triples.h"

typedef struct warned {
  bool failed, rejects;
  rewrites_warned_t rewrites;
} warned_t;

static void trial__warn_failure(analysis_t *analysis, const policy_triple_t *triple,
                                const script_result_t *failure)
{
  policy_report_t warning = script_report(failure->line, failure->message, &failure->hint);
  char message[SCRIPT_MESSAGE_MAX + 200];

  snprintf(message, sizeof message, "the function fails for %s: %s", triples_text(triple).text,
           failure->message);
  text_cut(message);
  warning.message = message;
  analysis_warn(analysis, &warning);
}

/* Judge what the function makes of one request. Returns what that cost. */
static uint64_t trial__judge(analysis_t *analysis, warned_t *warned, const policy_request_t *request)
{
  const policy_triple_t *triple = &request->effective;
  policy_verdict_t verdict;
  script_result_t failure;

  switch (evaluate_alone(analysis->set, analysis->index, request, &verdict, &failure)) {
  case POLICY_ENTRY_FAILED:
    if (!warned->failed)
      trial__warn_failure(analysis, triple, &failure);
    warned->failed = true;
    break;
  case POLICY_ENTRY_REJECTS:
    warned->rejects = warned->rejects || rejects_check_verdict(analysis, triple, verdict.error);
    break;
  case POLICY_ENTRY_REWRITES:
    rewrites_check_verdict(analysis, triple, &verdict.triple, &warned->rewrites);
    break;
  default:
    break;
  }
  return verdict.cost;
}

void trial_check(analysis_t *analysis)
{
  static const int32_t offsets[] = {0, 1, 2, 58, 255}; /* of a raw entry: any, ICMP, IGMP, ICMPv6, the last */
  const uint64_t limit = policy_set_settings(analysis->set)->instruction_limit;
  warned_t warned = {.failed = false};

  for (size_t i = 0; i < analysis->base_count; i++)
    for (size_t j = 0; j < sizeof offsets / sizeof offsets[0]; j++) {
      policy_triple_t triple = analysis->base[i].triple;

      if (offsets[j] > analysis->base[i].protocol_offset)
        break;
      triple.protocol += offsets[j];
      policy_request_t request = {.requested = triple, .effective = triple, .flags = 1, .provider = ""};
      if (trial__judge(analysis, &warned, &request) >= limit)
        return; /* it was warned of; trying again would only take its time again */
    }
}
