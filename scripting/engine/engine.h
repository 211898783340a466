/*
 * engine.h - what the tools of those who write policies need of an engine beyond policy.h.
 */
#ifndef SOCKWARDEN_ENGINE_H
#define SOCKWARDEN_ENGINE_H

#include "policy_set.h"

/* Build a set from the policy folder as it is now, apart from the one in force: unpruned, and linted, that
 * is, going on after a mistake so that all of them are found. The caller destroys it. NULL where memory is
 * short. */
policy_set_t *engine_build_linted(policy_engine_t *engine);

#endif
