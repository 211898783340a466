/*
 * recorder.h - where the policy entries of files go while they are loaded, and the mistakes in them.
 */
#ifndef SOCKWARDEN_RECORDER_H
#define SOCKWARDEN_RECORDER_H

#include "memory.h"
#include "policy.h"
#include "rule.h"

typedef enum recorder_kept {
  RECORDER_KEPT,
  RECORDER_PRUNED, /* the rule can never match in this process: its memory is taken back */
  RECORDER_NO_MEMORY
} recorder_kept_t;

/* The functions are called inside script_run, and must not call into its Lua state. */
typedef struct recorder {
  bool lint; /* mistakes are diagnosed and the file goes on (mistake.h) */
  arena_t
      *arena; /* for compiled rules; NULL where only functions are wanted, the rules being compiled already */
  size_t functions; /* on_socket functions so far in this state */
  void *context;
  recorder_kept_t (*add_rule)(void *context, int32_t line, rule_t *rule); /* NULL where there is no arena */
  recorder_kept_t (*add_function)(void *context, int32_t line);           /* RECORDER_KEPT or _NO_MEMORY */
  /* A mistake in the file that is being loaded; its report names no file. Texts are borrowed for the call. */
  void (*diagnose)(void *context, const policy_report_t *mistake);
} recorder_t;

#endif
