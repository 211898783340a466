/*
 * rule_explain.h - why a rule does not match, for people. Any thread.
 */
#ifndef SOCKWARDEN_RULE_EXPLAIN_H
#define SOCKWARDEN_RULE_EXPLAIN_H

#include "attributes.h"
#include "rule.h"

/* Write the first condition that does not hold, and why; `detail` is "" where all hold. */
void rule_explain(const rule_t *rule, const attributes_t *attributes, const rule_subject_t *subject,
                  char *detail, size_t size);

#endif
