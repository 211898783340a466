/*
 * refresh.h - keeping the set in force up to date with the settings and the folder: first a decision, then
 * what it takes.
 */
#ifndef SOCKWARDEN_REFRESH_H
#define SOCKWARDEN_REFRESH_H

#include <stdatomic.h>

#include "current_set.h"
#include "folder_watch.h"
#include "platform.h"
#include "set_loader.h"

/* ---- the decision ---- */

typedef enum refresh_action {
  REFRESH_KEEP,    /* the set in force stays */
  REFRESH_LOAD,    /* build a set from the folder, and decide once more */
  REFRESH_PUBLISH, /* put the set that was loaded in force */
  REFRESH_REBUILD  /* build a set from the files in force under the settings read, and put it in force */
} refresh_action_t;

typedef enum refresh_loaded {
  REFRESH_NOT_LOADED, /* not yet */
  REFRESH_LOADED_GOOD,
  REFRESH_LOADED_BROKEN, /* the folder, or a file in it */
  REFRESH_LOADED_STARVED /* memory was short: it is not known what the files are worth */
} refresh_loaded_t;

/* What was seen. */
typedef struct refresh_seen {
  bool files_changed;    /* the folder holds other files than before */
  bool settings_changed; /* under the settings read, the files in force would make another set */
  bool was_off;          /* the set in force was built while switched off: it is no last good one */
  refresh_loaded_t loaded;
} refresh_seen_t;

/* Pure. */
refresh_action_t refresh_decide(const refresh_seen_t *seen);

/* ---- the action ---- */

typedef struct refresh {
  atomic_uint next_look; /* platform_milliseconds */
  atomic_size_t errors;  /* in the folder as it was last loaded */
  atomic_flag busy;      /* its holder alone touches what follows */
  folder_watch_t folder;
} refresh_t;

/* How often one caller looks whether anything changed. */
enum { REFRESH_EVERY_MS = 500 };

/* On zeroed memory. */
void refresh_open(refresh_t *refresh);

/* True for one caller, twice a second. Inline, for it is on the path of every decision. */
static inline bool refresh_is_due(refresh_t *refresh)
{
  uint32_t now = platform_milliseconds();
  unsigned next = atomic_load_explicit(&refresh->next_look, memory_order_relaxed);

  return (int32_t)(now - next) >= 0 &&
         atomic_compare_exchange_strong(&refresh->next_look, &next, now + REFRESH_EVERY_MS);
}

/* Load the first set. Whoever finds none builds one, for no thread may wait for another's Lua under a lock;
 * one of them wins. False where memory is short. Any thread. */
bool refresh_load_first(refresh_t *refresh, set_loader_t *loader, current_set_t *current);

/* Look now, and take up what changed. Does nothing where another thread is at it. Any thread. */
void refresh_look(refresh_t *refresh, set_loader_t *loader, current_set_t *current);

#endif
