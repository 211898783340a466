/*
 * plan.h - what is to be done to the catalogs: a list of edits, made from the catalogs alone. Planning is
 * pure: nothing is called, nothing read. apply.c carries edits out.
 *
 * The ids of new entries are not known before ws2_32 gives them. In edits, an id with PLAN_REFERENCE in it
 * names an entry by provider and place instead: plan->references[id & ~PLAN_REFERENCE].
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_H
#define SOCKWARDEN_INSTALLER_PLAN_H

#include "catalog_model.h"

#define PLAN_REFERENCE UINT32_C(0x80000000)

typedef struct plan_reference {
  catalog_guid_t guid;
  size_t nth; /* that provider's nth entry */
} plan_reference_t;

typedef enum edit_kind {
  EDIT_INSTALL, /* append `entry` to each of `views` under a GUID that is new there */
  EDIT_UPDATE,  /* the entry with `entry`'s GUID and id becomes `entry` */
  EDIT_REMOVE,  /* all entries of `guid` go */
  EDIT_ORDER,   /* `order` holds every id once */
  EDIT_CATEGORY /* the provider `guid`, a layer, gets our category */
} edit_kind_t;

enum { IN_NATIVE = 1 << VIEW_NATIVE, IN_WOW = 1 << VIEW_WOW, IN_BOTH = IN_NATIVE | IN_WOW };

typedef struct edit {
  edit_kind_t kind;
  /* Where: IN_NATIVE or IN_WOW. EDIT_INSTALL knows IN_NATIVE and IN_BOTH only: there is no call that installs
   * into the 32-bit catalog of a 64-bit Windows alone (docs/winsock-notes.md 4). */
  unsigned views;
  catalog_guid_t guid;
  catalog_entry_t entry; /* EDIT_INSTALL, EDIT_UPDATE */
  uint32_t *order;       /* EDIT_ORDER */
  size_t order_count;
} edit_t;

typedef struct plan {
  edit_t *edits;
  size_t count;
  plan_reference_t *references;
  size_t reference_count;
} plan_t;

typedef enum plan_status {
  PLAN_OK,
  PLAN_NO_MEMORY,
  PLAN_NOTHING_TO_COVER, /* the catalog serves no kind of socket that we cover */
  PLAN_CHAIN_FULL,       /* another vendor's chain has no room for one more layer */
  PLAN_DAMAGED,          /* a chain we would sit over is damaged: repair comes first */
  PLAN_IMPOSSIBLE        /* no sequence of calls leads there; the text says why */
} plan_status_t;

/* Why a plan could not be made, for people. */
enum { PLAN_TEXT = 512 };
typedef struct plan_trouble {
  char text[PLAN_TEXT];
} plan_trouble_t;

typedef struct plan_options {
  const char
      *dll_path; /* what the catalog shall say, the same in both: %SystemRoot%\system32\sockwarden.dll */
  /* A GUID nobody has. */
  catalog_guid_t (*new_guid)(void *context);
  void *context;
} plan_options_t;

/*
 * The layer, whole, in every view, or no edit where it already is (`dll_path` included). Half-installed
 * remains of ours are taken out first. Then per view (docs/winsock-notes.md 4): one hidden entry, last in the
 * order, with type, protocol and range 0; over each kind of socket that layering_kinds names, one chain over
 * the entry that serves it today, put first; or, where that entry belongs to another vendor's non-IFS layer,
 * a chain beneath that layer and the vendor's chain changed to run through it.
 */
plan_status_t plan_install(const catalogs_t *now, const plan_options_t *options, plan_t *plan,
                           plan_trouble_t *trouble);

/* The catalogs without us: other vendors' chains that refer to ours are repaired first, then our chains go,
 * then our hidden entries. */
plan_status_t plan_remove(const catalogs_t *now, plan_t *plan, plan_trouble_t *trouble);

/*
 * The catalogs as they were: entries of `then` that are gone come back (under new ids where they must, chains
 * that name them following), those that differ are changed back, ours that were not there go. Other vendors'
 * entries that are newer stay: they are not ours to remove; and an entry whose DLL is gone does not come
 * back, its vendor removed it.
 */
plan_status_t plan_restore(const catalogs_t *now, const catalogs_t *then, plan_t *plan,
                           plan_trouble_t *trouble);

/* Links to ids that do not exist leave other vendors' chains, where what is left is a sound chain. */
plan_status_t plan_mend(const catalogs_t *now, plan_t *plan, plan_trouble_t *trouble);

/*
 * What an edit makes of the catalogs. New entries get ids from *next_id on, as ws2_32 gives them: equal ones
 * in both views. False where the edit cannot be carried out (WSC* would refuse it), or memory is short.
 */
bool plan_simulate(const plan_t *plan, const edit_t *edit, catalogs_t *catalogs, uint32_t *next_id);

/* The id that an edit's id stands for in a view now; 0 where that entry does not exist. */
uint32_t plan_resolve(const plan_t *plan, const catalog_t *catalog, uint32_t id);

/* One line for people. */
void plan_edit_text(const plan_t *plan, const catalogs_t *now, const edit_t *edit, char *text, size_t size);

void plan_free(plan_t *plan);

/* ---- for the files that make plans ---- */

/* Appends an edit; the plan owns its order from here on, also where this fails. */
bool plan_add(plan_t *plan, const edit_t *edit);
/* The reference to that entry, made where there is none yet; 0 where memory is short. */
uint32_t plan_refer(plan_t *plan, const catalog_guid_t *guid, size_t nth);
/* Appends edits after which one entry of that GUID is in each view that has an entry here (NULL: not there).
 * The GUID must be new in every view. Chains may hold references. */
bool plan_add_entries(plan_t *plan, const catalogs_t *now, const catalog_entry_t *native,
                      const catalog_entry_t *wow);
/* Carries out all edits from `from` on. False as plan_simulate. */
bool plan_simulate_all(const plan_t *plan, size_t from, catalogs_t *catalogs, uint32_t *next_id);
/* PLAN_IMPOSSIBLE where an entry has another one's id: no call could name it. */
plan_status_t plan_check_id(const catalog_t *catalog, const catalog_entry_t *entry, plan_trouble_t *trouble);
plan_status_t plan_check_ids(const catalog_t *catalog, plan_trouble_t *trouble);
/* An id that no entry has, nor will get. */
uint32_t plan_fresh_id(const catalogs_t *catalogs);

/* Appends plan_remove's edits, with the catalogs following. */
plan_status_t plan_remove_onto(plan_t *plan, catalogs_t *catalogs, uint32_t *next_id,
                               plan_trouble_t *trouble);

#endif
