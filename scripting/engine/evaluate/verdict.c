#include "verdict.h"

#include "text_cut.h"

void verdict_fail(policy_verdict_t *verdict, policy_action_t on_error, const char *reason)
{
  verdict->failed = true;
  verdict->action = verdict->decided = on_error;
  verdict->error = on_error == POLICY_REJECT ? WSAEACCES : 0;
  text_copy(verdict->reason, sizeof verdict->reason, reason);
}
