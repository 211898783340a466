/*
 * coverage.h - what tests reach of policies: their rules and functions, and their lines. A line of a rule is
 * reached when the rule decided something, a line of a function or of the rest of the file when it ran.
 */
#ifndef SOCKWARDEN_COVERAGE_H
#define SOCKWARDEN_COVERAGE_H

#include "policy_tools.h"

typedef struct coverage coverage_t;

coverage_t *coverage_create(void); /* NULL where memory is short */
void coverage_destroy(coverage_t *coverage);

/* ---- recording ---- */

/* Each engine whose decisions count is to be watched with this (policy_engine_watch). */
const policy_watch_t *coverage_watch(coverage_t *coverage);

/* Call this before each decision, and let policy_explain visit each entry of it; the context is the coverage.
 * Ends the process where memory is short. */
void coverage_begin(coverage_t *coverage);
void coverage_visit(void *coverage, const policy_entry_t *entry);

/* ---- results ---- */

typedef struct coverage_count {
  size_t reached, all;
} coverage_count_t;

/* Percent, rounded down; 100 where there is nothing to reach. */
unsigned coverage_percent(coverage_count_t count);

/* Of all files together. */
coverage_count_t coverage_entries(const coverage_t *coverage);
coverage_count_t coverage_lines(const coverage_t *coverage);

typedef struct coverage_entry {
  int32_t line;
  bool function, reached;
  char rule[POLICY_RULE_MAX]; /* "" for functions and nameless rules */
} coverage_entry_t;

typedef struct coverage_file coverage_file_t;

/* By index, in the order in which they were loaded; NULL behind the last. */
const coverage_file_t *coverage_file(const coverage_t *coverage, size_t index);
const coverage_entry_t *coverage_file_entry(const coverage_file_t *file, size_t index);

const char *coverage_file_name(const coverage_file_t *file);
coverage_count_t coverage_file_entries(const coverage_file_t *file);
coverage_count_t coverage_file_lines(const coverage_file_t *file);

/* The first line after that one that was not reached; 0 where there is none. */
size_t coverage_file_missed_line(const coverage_file_t *file, size_t after);

#endif
