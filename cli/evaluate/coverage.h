/*
 * coverage.h - what tests reach of policies: their rules and functions, and their lines. A line of a rule is
 * reached when the rule decided something, a line of a function or of the rest of the file when it ran.
 */
#ifndef SOCKWARDEN_COVERAGE_H
#define SOCKWARDEN_COVERAGE_H

#include <stdio.h>

#include "json.h"
#include "policy_tools.h"

typedef struct coverage coverage_t;

coverage_t *coverage_create(void); /* NULL where memory is short */
void coverage_destroy(coverage_t *coverage);

/* What engines have to be watched with. */
const policy_watch_t *coverage_watch(coverage_t *coverage);

/* Before each decision, and for each step it walks (the context is the coverage). */
void coverage_begin(coverage_t *coverage);
void coverage_step(void *coverage, const policy_entry_t *step);

/* Percent, rounded down; 100 where there is nothing to reach. */
unsigned coverage_of_rules(coverage_t *coverage);
unsigned coverage_of_lines(coverage_t *coverage);

/* For people, each line after a prefix; and as a member "coverage" of the object under way. */
void coverage_print(coverage_t *coverage, FILE *stream, const char *prefix);
void coverage_json(coverage_t *coverage, json_t *json);

#endif
