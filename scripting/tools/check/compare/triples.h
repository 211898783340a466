/*
 * triples.h - families, types and protocols: which there are, which of them a rule is about, and what they
 * are called.
 */
#ifndef SOCKWARDEN_TRIPLES_H
#define SOCKWARDEN_TRIPLES_H

#include "policy_tools.h"
#include "rule.h"

enum { TRIPLES_INET = 2, TRIPLES_INET6 = 23 };
enum { TRIPLES_STREAM = 1, TRIPLES_DGRAM = 2, TRIPLES_RAW = 3, TRIPLES_RDM = 4 };
enum { TRIPLES_TCP = 6, TRIPLES_UDP = 17, TRIPLES_PGM = 113 };

bool triples_is_ip(int32_t af);

/* Whether one of the base entries serves a triple. */
bool triples_are_served(const policy_base_entry_t *base, size_t count, const policy_triple_t *triple);

/* Whether a rule's conditions on family, type and protocol hold. */
bool triples_hold(const rule_t *rule, const policy_triple_t *triple);

/* The next triple that a base entry serves and the rule matches; false where there are no more. Start with
 * *at = 0. */
bool triples_next(const policy_base_entry_t *base, size_t count, const rule_t *rule, uint32_t *at,
                  policy_triple_t *triple);

/* "AF_INET SOCK_RAW IPPROTO_ICMP"; numbers for what has no name. */
typedef struct triples_text {
  char text[96];
} triples_text_t;
triples_text_t triples_text(const policy_triple_t *triple);

/* A number's name, or the number. */
typedef struct triples_name {
  char text[32];
} triples_name_t;
triples_name_t triples_name(policy_constants_t constants, int32_t value);

#endif
