/*
 * words.h - the constants of the policy language, and what was probably meant by a word that is none.
 * The lookups themselves are public: policy.h.
 */
#ifndef SOCKWARDEN_WORDS_H
#define SOCKWARDEN_WORDS_H

#include "policy.h"

typedef struct word {
  const char *name;
  int32_t value;
} word_t;

/* All constants of a group, in the order of their values; *count receives how many. Static. */
const word_t *constants_of(policy_constants_t words, size_t *count);

/* The candidate nearest to a misspelt word, or NULL where none is near. Several lists are asked in a row by
 * handing in the best distance so far (start with NAME_FAR). */
enum { NAME_FAR = 1000 };
const char *name_nearest(const char *misspelt, const char *candidate, const char *best, int *distance);

#endif
