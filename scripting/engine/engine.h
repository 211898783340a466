/*
 * engine.h - what the tools of those who write policies need of an engine beyond policy.h.
 */
#ifndef SOCKWARDEN_ENGINE_H
#define SOCKWARDEN_ENGINE_H

#include "load_hooks.h"
#include "policy_set.h"

/* Build a set from the policy folder as it is now, apart from the one in force: unpruned, and linted, that
 * is, going on after a mistake so that all of them are found. *hooks is borrowed and outlives the set. The
 * caller destroys the set. NULL where memory is short. */
policy_set_t *engine_build_linted(policy_engine_t *engine, const load_hooks_t *hooks);

/* Before the engine's first decision. *hooks is copied. */
void engine_set_hooks(policy_engine_t *engine, const load_hooks_t *hooks);

#endif
