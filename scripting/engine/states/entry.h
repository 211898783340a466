/*
 * entry.h - what the files of a policy set register: rules and on_socket functions, in order.
 */
#ifndef SOCKWARDEN_ENTRY_H
#define SOCKWARDEN_ENTRY_H

#include "rule.h"

typedef struct policy_file {
  const char *name;
  size_t functions; /* on_socket functions in it */
  bool broken;
} policy_file_t;

typedef struct entry {
  uint32_t file; /* index */
  int32_t line;
  uint32_t function;   /* its number in each Lua state, from 1; 0 for a rule */
  bool concerns;       /* may match in this process; the others are in unpruned sets only */
  const rule_t *rule;  /* NULL for a function */
  const char *unknown; /* what the rule asks of the process and the host cannot say; NULL: nothing */
} entry_t;

#endif
