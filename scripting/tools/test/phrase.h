/*
 * phrase.h - texts for people, put together piece by piece and cut at a character where they do not fit.
 */
#ifndef SOCKWARDEN_PHRASE_H
#define SOCKWARDEN_PHRASE_H

#include "policy_tools.h"

typedef struct phrase {
  char *text;
  size_t size;
} phrase_t;

/* Make a text empty, to be added to. */
phrase_t phrase_start(char *text, size_t size);

void phrase_add(const phrase_t *phrase, const char *text);
void phrase_add_constant(const phrase_t *phrase, policy_constants_t constants,
                         int32_t value); /* or the number */
void phrase_add_triple(const phrase_t *phrase, const policy_triple_t *triple);

/* "AF_INET SOCK_RAW by C:\x.exe, elevated". */
void phrase_add_request(const phrase_t *phrase, const request_spec_t *spec);

#endif
