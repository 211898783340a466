/*
 * policy_state.h - Lua states of a policy set: loading its files into one, calling an on_socket function in
 * one.
 */
#ifndef SOCKWARDEN_POLICY_STATE_H
#define SOCKWARDEN_POLICY_STATE_H

#include "folder.h"
#include "builtins.h"
#include "script_limits.h"
#include "verdict_value.h"
#include "load_hooks.h"

/* A state with the sandbox open and nothing loaded. *hooks is borrowed and outlives it; NULL: there are none.
 * NULL where memory is short. */
script_t *policy_state_create(const memory_t *memory, const load_hooks_t *hooks);

/* For script_run: compile a folder_file_t and run it in an environment of its own. */
void policy_state_load_file(lua_State *L, void *file);

/* Run one file in its own environment; what it registers goes to the recorder. Running a file once at load
 * may take LOAD_ALLOWANCE times what a decision may. */
enum { LOAD_ALLOWANCE = 16 };
void policy_state_load(script_t *script, const folder_file_t *file, const attributes_t *attributes,
                       const policy_settings_t *settings, recorder_t *recorder, script_result_t *result);

/* A call of an on_socket function. */
typedef struct policy_call {
  const policy_request_t *request;
  const policy_triple_t *triple; /* in force so far */
  const char *file;              /* the function's, for the position of errors */
  size_t function;               /* which, from 1 */
  int request_number;            /* of the state's requests, which shows this call; 0: not known yet */
  char *log;                     /* where log() appends */
  size_t log_size;
  /* out: */
  bool returned_verdict; /* false: nothing, or nil */
  char reason[POLICY_REASON_MAX];
  verdict_value_t verdict; /* its reason is in `reason`; last, for it has room for one behind it */
} policy_call_t;

void policy_state_call(script_t *script, const attributes_t *attributes, const script_limits_t *limits,
                       policy_call_t *call, script_result_t *result);

#endif
