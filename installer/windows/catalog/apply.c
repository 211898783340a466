#include "apply.h"

#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

#include "catalog_edit.h"
#include "plan_simulate.h"
#include "plan_text.h"
#include "winsock_catalog.h"

/* The edit with real ids. Its order is new memory; false where there is none. */
static bool apply__resolve(const plan_t *plan, const edit_t *edit, const machine_catalogs_t *now,
                           edit_t *resolved)
{
  const catalog_model_t *catalog = &now->view[edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE];

  *resolved = *edit;
  resolved->order = NULL;
  if (edit->kind == EDIT_INSTALL)
    resolved->entry.info.id = 0; /* ws2_32's to give */
  if (edit->kind == EDIT_UPDATE)
    resolved->entry.info.id = plan_resolve(plan, catalog, edit->entry.info.id);
  plan_resolve_chain(plan, catalog, &resolved->entry.info);
  if (edit->kind != EDIT_ORDER)
    return true;
  resolved->order = calloc(edit->order_count + 1, sizeof *resolved->order);
  for (size_t i = 0; resolved->order != NULL && i < edit->order_count; i++)
    resolved->order[i] = plan_resolve(plan, catalog, edit->order[i]);
  return resolved->order != NULL;
}

/* What of an entry we insist on: whatever else ws2_32 makes of a new entry is its own business. */
static bool apply__as_expected(const catalog_model_entry_t *is, const catalog_model_entry_t *expected)
{
  const catalog_model_info_t *a = &is->info, *b = &expected->info;

  return catalog_model_guid_equal(&a->guid, &b->guid) && a->chain_length == b->chain_length &&
         (a->chain_length <= CHAIN_BASE ||
          memcmp(a->chain, b->chain, (size_t)a->chain_length * sizeof *a->chain) == 0) &&
         a->family == b->family && a->type == b->type && a->protocol == b->protocol &&
         a->protocol_range == b->protocol_range &&
         (a->service_flags[0] & CATALOG_IFS_HANDLES) == (b->service_flags[0] & CATALOG_IFS_HANDLES) &&
         memcmp(a->name, b->name, sizeof a->name) == 0 &&
         memcmp(is->path, expected->path, sizeof is->path) == 0;
}

/* Ids of new entries are ws2_32's choice; they are new here, so nothing refers to them yet. */
static bool apply__took_effect(const machine_catalogs_t *is, const machine_catalogs_t *expected)
{
  for (size_t view = 0; view < expected->views; view++) {
    if (is->view[view].count != expected->view[view].count)
      return false;
    for (size_t i = 0; i < expected->view[view].count; i++)
      if (!apply__as_expected(&is->view[view].entries[i], &expected->view[view].entries[i]))
        return false;
  }
  return true;
}

static bool apply__fail(call_failure_t *failure, const char *call, int error)
{
  *failure = (call_failure_t){call, error};
  return false;
}

/* Makes the call for an edit and, but for a category, reads the catalogs back into *now. */
static bool apply__call(const plan_t *plan, const edit_t *edit, machine_catalogs_t *now,
                        const machine_catalogs_t *expected, call_failure_t *failure)
{
  machine_catalogs_t read;
  edit_t resolved;

  if (!apply__resolve(plan, edit, now, &resolved))
    return apply__fail(failure, "changing the catalog", WSA_NOT_ENOUGH_MEMORY);
  bool done = catalog_edit(&resolved, now, failure);
  free(resolved.order);
  if (!done || edit->kind == EDIT_CATEGORY)
    return done;
  const char *call = failure->call;
  if (!winsock_read(&read, failure))
    return false;
  machine_catalogs_free(now);
  *now = read;
  return apply__took_effect(now, expected) || apply__fail(failure, call, ERROR_INVALID_DATA);
}

/* One edit on the catalogs as they are; *now follows. */
static bool apply__edit(const plan_t *plan, const edit_t *edit, machine_catalogs_t *now,
                        call_failure_t *failure)
{
  uint32_t next_id = plan_next_id(now);
  machine_catalogs_t expected;
  bool done;

  if (!machine_catalogs_copy(now, &expected))
    return apply__fail(failure, "changing the catalog", WSA_NOT_ENOUGH_MEMORY);
  if (!plan_simulate(plan, edit, &expected, &next_id)) /* somebody else changed the catalog meanwhile */
    done = apply__fail(failure, "changing the catalog", WSAEINVAL);
  else if (edit->kind != EDIT_CATEGORY && machine_catalogs_equal(now, &expected))
    done = true;
  else
    done = apply__call(plan, edit, now, &expected, failure);
  machine_catalogs_free(&expected);
  return done;
}

bool apply_plan(const plan_t *plan, apply_failure_t *failure)
{
  machine_catalogs_t now;
  bool done = true;

  failure->edit[0] = '\0';
  if (!winsock_read(&now, &failure->call))
    return false;
  for (size_t i = 0; done && i < plan->count; i++) {
    done = apply__edit(plan, &plan->edits[i], &now, &failure->call);
    if (!done)
      plan_edit_text(plan, &now, &plan->edits[i], failure->edit, sizeof failure->edit);
  }
  machine_catalogs_free(&now);
  return done;
}
