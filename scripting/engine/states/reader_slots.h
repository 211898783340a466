/*
 * reader_slots.h - which policy set each thread that decides is using: hazard pointers (M. M. Michael,
 * "Hazard Pointers", IEEE TPDS 15(6), 2004). A set that was replaced may be destroyed once no slot holds it.
 *
 * The slot a thread has taken is its own until it releases it, and with it what belongs to the slot
 * elsewhere: a Lua state, a match cache. Nobody waits for a lock: a taken slot is skipped. Any thread.
 * Inline, for it is on the path of every decision.
 */
#ifndef SOCKWARDEN_READER_SLOTS_H
#define SOCKWARDEN_READER_SLOTS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "platform.h"

typedef struct policy_set policy_set_t;

/* How many threads can decide at the same time; threads start to look for a free slot at one of the first
 * few, so that more are used only when these are taken. */
enum { READER_SLOTS = 64, READER_SLOTS_FIRST = 8 };

typedef struct reader_slot {
  _Atomic(policy_set_t *) set;       /* NULL: the slot is free */
  char padding[64 - sizeof(void *)]; /* a cache line each */
} reader_slot_t;

typedef struct reader_slots {
  reader_slot_t slots[READER_SLOTS];
} reader_slots_t;

/* Take a slot for the set in *current, which may be replaced meanwhile. False where that is NULL. */
static inline bool reader_slots_take(reader_slots_t *readers, _Atomic(policy_set_t *) *current, size_t *taken,
                                     policy_set_t **set)
{
  size_t slot = platform_thread() % READER_SLOTS_FIRST;

  for (;; slot = (slot + 1) % READER_SLOTS) {
    policy_set_t *none = NULL, *seen = atomic_load(current);

    if (seen == NULL)
      return false;
    if (!atomic_compare_exchange_strong(&readers->slots[slot].set, &none, seen))
      continue;
    /* It may have been replaced, and found unused, before it was in the slot: only what is still current now
     * is safe. */
    for (policy_set_t *now; (now = atomic_load(current)) != seen; seen = now)
      atomic_store(&readers->slots[slot].set, now);
    *set = seen;
    *taken = slot;
    return true;
  }
}

static inline void reader_slots_release(reader_slots_t *readers, size_t slot)
{
  atomic_store_explicit(&readers->slots[slot].set, NULL, memory_order_release);
}

/* Whether a slot holds the set. */
bool reader_slots_hold(reader_slots_t *readers, const policy_set_t *set);

#endif
