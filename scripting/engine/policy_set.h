/*
 * policy_set.h - one immutable set of policies: what a folder's files came to under given settings, in one
 * process. Built, published and retired by engine.c; deciding changes nothing in it but its pool of Lua
 * states and its count of failures.
 */
#ifndef SOCKWARDEN_POLICY_SET_H
#define SOCKWARDEN_POLICY_SET_H

#include "attributes.h"
#include "folder.h"
#include "load_hooks.h"
#include "policy_tools.h"
#include "rule.h"

typedef struct policy_set policy_set_t;

/* Threads that decide at the same time; each holds one seat, and with it the right to the seat's Lua state.
 */
enum { POLICY_SET_READER_SLOTS = 64 };

typedef struct policy_set_plan {
  const policy_host_t *host; /* borrowed, outlives the set */
  const memory_t *memory;
  const policy_settings_t *settings; /* copied */
  folder_t *folder;                  /* a reference of its own is taken */
  uint32_t generation;
  bool complete;             /* keep rules that cannot concern this process, for policy_explain */
  bool thorough;             /* go on after mistakes, and look into functions: policy_engine_check */
  const load_hooks_t *hooks; /* borrowed, outlives the set; NULL: there are none */
  bool first; /* no earlier set stands: leave out broken files, or reject everything, as OnError says */
} policy_set_plan_t;

/* Build a set. NULL where memory is short. */
policy_set_t *policy_set_build(const policy_set_plan_t *plan);
void policy_set_destroy(policy_set_t *set);

/* Errors found while building: files that are broken, or the folder itself. */
size_t policy_set_errors(const policy_set_t *set);

/* Hand all that was found while building to the host's report. */
void policy_set_report(const policy_set_t *set);

const policy_settings_t *policy_set_settings(const policy_set_t *set);
folder_t *policy_set_folder(const policy_set_t *set);
bool policy_set_is_complete(const policy_set_t *set);
size_t policy_set_files(const policy_set_t *set); /* that are in force */
size_t policy_set_steps(const policy_set_t *set);

/* ---- for analysis.c, of a complete set ---- */

size_t policy_set_count(const policy_set_t *set);
const memory_t *policy_set_memory(const policy_set_t *set);

/* A step as it was loaded; *rule receives its rule, NULL for a function. */
policy_entry_t policy_set_step(const policy_set_t *set, size_t index, const rule_t **rule);

/* Add a finding to what policy_set_report tells. False where memory is short. */
bool policy_set_find(policy_set_t *set, const policy_report_t *report);

/* Run one step alone, whatever stands before it; the verdict is what it alone makes of the request. `detail`
 * receives why it failed. Reports nothing. */
policy_entry_outcome_t policy_set_try(policy_set_t *set, size_t index, const policy_request_t *request,
                                      policy_verdict_t *verdict, char *detail, size_t size);

/*
 * Walk the steps. `seat` is the caller's for the time of the call. `visit`, which may be NULL, hears of each
 * step, and then every step of a complete set is walked, not only those that concern this process.
 */
void policy_set_decide(policy_set_t *set, size_t seat, const policy_request_t *request,
                       policy_verdict_t *verdict, void (*visit)(void *context, const policy_entry_t *step),
                       void *context);

/* The verdict of an engine that has no set to ask, or whose set rejects everything. */
void policy_set_failure(policy_action_t on_error, const policy_request_t *request, const char *reason,
                        policy_verdict_t *verdict);

#endif
