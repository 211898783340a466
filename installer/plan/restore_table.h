/*
 * restore_table.h - what stands, now, for each entry of a snapshot. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_RESTORE_TABLE_H
#define SOCKWARDEN_INSTALLER_RESTORE_TABLE_H

#include "plan_draft.h"

typedef struct restore_table {
  const machine_catalogs_t *then; /* the snapshot */
  plan_draft_t draft;             /* the plan that goes back to it */
  uint32_t *ids[VIEWS];           /* per entry of `then`: its id in the plan's terms; 0: it is not there */
} restore_table_t;

/* Begins *plan, which the caller frees, and fills the table. False where memory is short. Close it with
 * restore_table_close in either case. */
bool restore_table_open(restore_table_t *table, plan_t *plan, const machine_catalogs_t *now,
                        const machine_catalogs_t *then);
void restore_table_close(restore_table_t *table);

/* The index in a view's snapshot of the provider's first entry, or the view's count. */
size_t restore_table_find(const restore_table_t *table, size_t view, const catalog_model_guid_t *guid);

/* Whether the provider has more than one entry in that view of the snapshot. */
bool restore_table_has_siblings(const restore_table_t *table, size_t view, const catalog_model_guid_t *guid);

/* Whether entry `at` of a view's snapshot is not there and is to come back: ours always, others' where their
 * DLL is. */
bool restore_table_is_due(const restore_table_t *table, size_t view, size_t at);

/* Entry `at` of a view's snapshot with its links in the plan's terms; false where one of them is not there.
 */
bool restore_table_translate(const restore_table_t *table, size_t view, size_t at,
                             catalog_model_entry_t *entry);

#endif
