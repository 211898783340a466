/*
 * rule_process.h - a rule's conditions on the process: what is constant as long as it runs. Any thread.
 */
#ifndef SOCKWARDEN_RULE_PROCESS_H
#define SOCKWARDEN_RULE_PROCESS_H

#include "attributes.h"
#include "rule.h"

typedef enum rule_match { RULE_HOLDS, RULE_DOES_NOT_HOLD, RULE_UNKNOWN } rule_match_t;

/* Whether they hold, cheap ones first; RULE_UNKNOWN where that hangs on an attribute that cannot be had, and
 * *unknown then names it. */
rule_match_t rule_matches_process(const rule_t *rule, const attributes_t *attributes, const char **unknown);

/* Single ones, given as they are in rule_t. */
bool rule_app_holds(const text_set_t *set, const attributes_t *attributes);
rule_match_t rule_user_holds(const text_set_t *set, const attributes_t *attributes);
rule_match_t rule_service_holds(const text_set_t *set, const attributes_t *attributes);
rule_match_t rule_elevated_holds(const truth_set_t *set, const attributes_t *attributes);

#endif
