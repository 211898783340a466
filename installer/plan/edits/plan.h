/*
 * plan.h - what is to be done to the catalogs: a list of edits, made from the catalogs alone. Planning is
 * pure: nothing is called, nothing read. installer/windows/catalog/apply.c carries edits out. Any thread.
 *
 * The ids of new entries are not known before ws2_32 gives them. In edits, an id with PLAN_REFERENCE in it
 * names an entry by its provider instead: plan->references[id & ~PLAN_REFERENCE].
 */
#ifndef SOCKWARDEN_INSTALLER_PLAN_H
#define SOCKWARDEN_INSTALLER_PLAN_H

#include "machine_catalogs.h"

#define PLAN_REFERENCE UINT32_C(0x80000000)

typedef struct plan_reference {
  catalog_model_guid_t guid;
  size_t nth; /* the entry with so many of its provider's in front of it */
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
  catalog_model_guid_t guid;
  catalog_model_entry_t entry; /* EDIT_INSTALL, EDIT_UPDATE */
  uint32_t *order;             /* EDIT_ORDER; malloc'ed */
  size_t order_count;
} edit_t;

/* All zero is one without edits; plan_free frees. */
typedef struct plan {
  edit_t *edits;
  size_t count;
  plan_reference_t *references;
  size_t reference_count;
} plan_t;

/* Appends an edit; the plan owns its order from here on, also where this fails for want of memory. */
bool plan_add(plan_t *plan, const edit_t *edit);

/* The reference to that entry, made where there is none yet; 0 where memory is short. */
uint32_t plan_refer(plan_t *plan, const catalog_model_guid_t *guid, size_t nth);

/* The id that an edit's id stands for in a catalog now; 0 where that entry does not exist. */
uint32_t plan_resolve(const plan_t *plan, const catalog_model_t *catalog, uint32_t id);

/* Resolves the references in a chain. Those that name nothing become 0; plain ids stay, also where they name
 * nothing. */
void plan_resolve_chain(const plan_t *plan, const catalog_model_t *catalog, catalog_model_info_t *info);

/* Appends edits after which one entry of that GUID is in each view that has an entry here (NULL: not there;
 * one of them must not be). The GUID must be new in every view. `views`: how many the machine has. Chains may
 * hold references. False where memory is short. */
bool plan_add_entries(plan_t *plan, size_t views, const catalog_model_entry_t *native,
                      const catalog_model_entry_t *wow);

/* Frees what the plan holds; it has no edits then. */
void plan_free(plan_t *plan);

#endif
