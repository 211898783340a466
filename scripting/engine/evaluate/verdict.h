/*
 * verdict.h - filling in a policy_verdict_t. Inline where it is on the path of every decision.
 */
#ifndef SOCKWARDEN_VERDICT_H
#define SOCKWARDEN_VERDICT_H

#include "policy.h"

enum { WSAEACCES = 10013 }; /* what programs get where no policy says otherwise */

/* All is allowed as it is, and nobody decided it. */
static inline void verdict_start(policy_verdict_t *verdict, const policy_request_t *request)
{
  verdict->action = verdict->decided = POLICY_ALLOW;
  verdict->triple = verdict->wanted = request->effective;
  verdict->error = 0;
  verdict->failed = false;
  verdict->line = 0;
  verdict->generation = 0;
  verdict->set_hash = 0;
  verdict->mode = POLICY_MODE_ENFORCE;
  verdict->cost = 0;
  verdict->file[0] = verdict->rule[0] = verdict->reason[0] = verdict->log[0] = 0;
}

/* The engine itself failed, or the set rejects everything: a started verdict becomes OnError's, which is to
 * allow or to reject. */
void verdict_fail(policy_verdict_t *verdict, policy_action_t on_error, const char *reason);

/* From what was decided to what is done. */
static inline void verdict_enforce(policy_verdict_t *verdict, policy_mode_t mode,
                                   const policy_request_t *request)
{
  verdict->action = verdict->decided;
  verdict->wanted = verdict->triple;
  if (mode == POLICY_MODE_AUDIT && verdict->decided != POLICY_ALLOW) {
    verdict->action = POLICY_ALLOW;
    verdict->triple = request->effective;
  }
}

#endif
