/* What providers were handed, as they tell it (RecordWatch), and as the model says they should be. */
#ifndef SOCKWARDEN_TESTS_EVENTS_H
#define SOCKWARDEN_TESTS_EVENTS_H

#include "shape.h"

enum { EVENTS_MAX = 64 };

typedef struct event {
  char provider[16], call[32];
  int af, type, protocol; /* with g and flags: WSPSocket only */
  GROUP g;
  DWORD flags;
  WSAPROTOCOL_INFOW info;
} event_t;

typedef struct events {
  int count;
  event_t list[EVENTS_MAX];
} events_t;

/* From now on `seen` collects every call that hands down an info, of every provider of the shape but ours,
 * which it loads: the first calls are then seen too. One thread. False where a provider cannot be watched. */
bool events_watch(const shape_t *shape, events_t *seen);

/* Drops all but the calls of that name. */
void events_keep(events_t *events, const char *call);

void events_add(events_t *events, const char *provider, const char *call, int af, int type, int protocol,
                const WSAPROTOCOL_INFOW *info, GROUP g, DWORD flags);

/* Whether both are the same, byte for byte; otherwise prints `what` and both. */
bool events_same(const events_t *expected, const events_t *seen, const char *what);

#endif
