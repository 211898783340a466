/*
 * triple_text.h - socket calls by the names of Winsock's headers, as all subcommands print them.
 */
#ifndef SOCKWARDEN_TRIPLE_TEXT_H
#define SOCKWARDEN_TRIPLE_TEXT_H

#include "policy.h"

enum { TRIPLE_TEXT_MAX = 120 };

/* "AF_INET SOCK_RAW IPPROTO_ICMP". Returns text. */
const char *triple_text(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX]);

/* "AF_INET SOCK_RAW". Returns text. */
const char *triple_text_socket(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX]);

/* "IPPROTO_ICMP"; a number where the family has protocols of its own. Returns text. */
const char *triple_text_protocol(const policy_triple_t *triple, char text[TRIPLE_TEXT_MAX]);

#endif
