/*
 * rule_index.h - rules in the order they were added, found again by what they could cover (rule_cover.h): of
 * ten thousand rules for as many protocols, few are worth comparing with another. One thread at a time.
 */
#ifndef SOCKWARDEN_RULE_INDEX_H
#define SOCKWARDEN_RULE_INDEX_H

#include "memory.h"
#include "rule.h"

typedef struct rule_index rule_index_t;

/* An index for rules with numbers below `count`. NULL where memory is short. */
rule_index_t *rule_index_create(const memory_t *memory, size_t count);
void rule_index_destroy(rule_index_t *index);

/* Add a rule, which is borrowed; numbers only grow. */
void rule_index_add(rule_index_t *index, size_t number, const rule_t *rule);

/* Going through the rules that may cover another, in order; every rule that does is among them. */
typedef struct rule_cursor {
  uint32_t own, any;
} rule_cursor_t;

rule_cursor_t rule_index_start(const rule_index_t *index, const rule_t *covered);

/* The next of them and its number, or NULL. */
const rule_t *rule_index_next(const rule_index_t *index, rule_cursor_t *cursor, size_t *number);

#endif
