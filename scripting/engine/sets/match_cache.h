/*
 * match_cache.h - what was found out about rules that do not match: what a rule matches depends on the call
 * alone, and programs make few kinds of sockets. Each reader slot has a cache of its own, used by the thread
 * that holds the slot. Inline, for it is on the path of every decision.
 */
#ifndef SOCKWARDEN_MATCH_CACHE_H
#define SOCKWARDEN_MATCH_CACHE_H

#include "memory.h"
#include "reader_slots.h"
#include "rule.h"

/* Matches a cache has room for; and the shortest run of entries that it is worth asking for. */
enum { MATCH_CACHE_SIZE = 32, MATCH_CACHE_WORTH = 4 };

/* What rules can see of a call, and where in the set the evaluation is. */
typedef struct match_key {
  const rule_subject_t *subject;
  uint64_t provider_number; /* policy_request_t's; 0 in a set whose rules do not look at providers */
  uint32_t from;            /* index of an entry */
} match_key_t;

/* From that entry on, so many are rules that do not match such a call. */
typedef struct match {
  policy_triple_t triple;
  uint32_t flags;
  bool shared;
  uint64_t provider_number;
  uint32_t from, count; /* count 0: nothing is known */
} match_t;

typedef struct match_cache {
  match_t *slots[READER_SLOTS]; /* NULL before they are needed */
} match_cache_t;

/* A slot's cache, empty; NULL where memory is short. */
match_t *match_cache_make(match_cache_t *cache, const memory_t *memory, size_t slot);

void match_cache_close(match_cache_t *cache, const memory_t *memory);

/* The place in a slot's cache for a key, whatever is there now; NULL where memory is short. */
static inline match_t *match_cache_place(match_cache_t *cache, const memory_t *memory, size_t slot,
                                         const match_key_t *key)
{
  const rule_subject_t *subject = key->subject;
  match_t *matches = cache->slots[slot];

  if (matches == NULL && (matches = match_cache_make(cache, memory, slot)) == NULL)
    return NULL;
  uint32_t hash = (uint32_t)subject->triple.af * 31 + (uint32_t)subject->triple.type;
  hash = hash * 31 + (uint32_t)subject->triple.protocol;
  hash = hash * 31 + subject->flags + key->from + (uint32_t)key->provider_number;
  return &matches[(hash * 0x9e3779b1u) >> 27]; /* the upper five bits, which the multiplication mixes best */
}

_Static_assert(MATCH_CACHE_SIZE == 1 << (32 - 27), "match_cache_place takes five bits of the hash");

/* Whether what is there is about the key. */
static inline bool match_is_about(const match_t *match, const match_key_t *key)
{
  const rule_subject_t *subject = key->subject;

  return match->count && match->from == key->from && match->triple.af == subject->triple.af &&
         match->triple.type == subject->triple.type && match->triple.protocol == subject->triple.protocol &&
         match->flags == subject->flags && match->shared == subject->shared &&
         match->provider_number == key->provider_number;
}

static inline void match_set(match_t *match, const match_key_t *key, uint32_t count)
{
  *match = (match_t){.triple = key->subject->triple,
                     .flags = key->subject->flags,
                     .shared = key->subject->shared,
                     .provider_number = key->provider_number,
                     .from = key->from,
                     .count = count};
}

#endif
