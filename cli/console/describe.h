/*
 * words_print.h - verdicts and socket calls in words, as all subcommands print them.
 */
#ifndef SOCKWARDEN_WORDS_PRINT_H
#define SOCKWARDEN_WORDS_PRINT_H

#include <stddef.h>

#include "policy.h"

enum { DESCRIBE_TEXT_MAX = 120 };

/* "allow", "reject" or "rewrite". */
const char *describe_action(policy_action_t action);

/* "AF_INET6", or the number. Returns text. */
const char *describe_number(policy_constants_t words, int32_t value, char text[DESCRIBE_TEXT_MAX]);

/* "IPPROTO_ICMP"; a number where the family has protocols of its own. Returns text. */
const char *describe_protocol(const policy_triple_t *triple, char text[DESCRIBE_TEXT_MAX]);

/* "AF_INET SOCK_RAW IPPROTO_ICMP". Returns text. */
const char *describe_triple(const policy_triple_t *triple, char text[DESCRIBE_TEXT_MAX]);

/* NULL for "". */
const char *describe_or_null(const char *text);

#endif
