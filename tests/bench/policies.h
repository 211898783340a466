/*
 * policies.h - policy folders to measure with, and engines over them.
 *
 * Each rule names af, type and protocol; families and types are those of real sockets, in turn, so that a
 * walk does not stop at the first field of every rule; the protocols of all but one rule are nobody's.
 */
#ifndef SOCKWARDEN_BENCH_POLICIES_H
#define SOCKWARDEN_BENCH_POLICIES_H

#include "policy.h"

/* Which rule matches raw ICMP sockets and rejects them. */
typedef enum policies_match { MATCH_FIRST, MATCH_LAST, MATCH_NEVER } policies_match_t;

/* What programs ask for, in turn: six calls, the last of which is for a raw ICMP socket. */
enum { REQUESTS = 6, REQUEST_TCP = 0, REQUEST_ICMP = 5 };
extern const policy_request_t policies_requests[REQUESTS];

/* The source of one rule, number `index` from 0. */
void policies_rule(char *text, size_t size, size_t index);
extern const char policies_matching_rule[];

/* The source of on_socket function number `index`; the first is the example of README.md. Stock Lua runs it
 * too. */
void policies_function(char *text, size_t size, size_t index);

/* A new, empty folder for policies; its path is kept for the whole run. policies_remove_all() deletes all of
 * them. */
const char *policies_folder(void);
void policies_remove_all(void);

/* Write a file into it. */
void policies_write(const char *folder, const char *name, const char *text);

/* A folder with `count` rules of which `concerning` concern the process. */
const char *policies_of_rules(size_t count, size_t concerning, policies_match_t match);

/* A folder with `count` functions. */
const char *policies_of_functions(size_t count);

/* An engine in a process that is C:\Tools\bench.exe; nothing is loaded yet. */
policy_engine_t *policies_engine(const char *folder);

/* Bytes that engines hold, and the most that they held since policies_forget_most(). */
size_t policies_bytes(void);
size_t policies_most_bytes(void);
void policies_forget_most(void);

#endif
