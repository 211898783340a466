#include "apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

#include "error_names.h"
#include "winsock_catalog.h"

/* The edit with real ids. Its order is new memory. */
static bool apply__resolve(const plan_t *plan, const edit_t *edit, const catalogs_t *now, edit_t *resolved)
{
  const catalog_t *catalog = &now->view[edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE];
  catalog_info_t *info = &resolved->entry.info;

  *resolved = *edit;
  resolved->order = NULL;
  if (edit->kind == EDIT_INSTALL)
    info->id = 0; /* ws2_32's to give */
  if (edit->kind == EDIT_UPDATE)
    info->id = plan_resolve(plan, catalog, info->id);
  for (int32_t link = 0; link < info->chain_length && link < CHAIN_MAX; link++)
    if (info->chain[link] & PLAN_REFERENCE)
      info->chain[link] = plan_resolve(plan, catalog, info->chain[link]);
  if (edit->kind != EDIT_ORDER)
    return true;
  resolved->order = calloc(edit->order_count + 1, sizeof *resolved->order);
  for (size_t i = 0; resolved->order != NULL && i < edit->order_count; i++)
    resolved->order[i] = plan_resolve(plan, catalog, edit->order[i]);
  return resolved->order != NULL;
}

/* What of an entry we insist on: whatever else ws2_32 makes of a new entry is its own business. */
static bool apply__as_expected(const catalog_entry_t *is, const catalog_entry_t *expected)
{
  const catalog_info_t *a = &is->info, *b = &expected->info;

  return catalog_guid_equal(&a->guid, &b->guid) && a->chain_length == b->chain_length &&
         (a->chain_length <= CHAIN_BASE ||
          memcmp(a->chain, b->chain, (size_t)a->chain_length * sizeof *a->chain) == 0) &&
         a->family == b->family && a->type == b->type && a->protocol == b->protocol &&
         a->protocol_range == b->protocol_range &&
         (a->service_flags[0] & CATALOG_IFS_HANDLES) == (b->service_flags[0] & CATALOG_IFS_HANDLES) &&
         memcmp(a->name, b->name, sizeof a->name) == 0 &&
         memcmp(is->path, expected->path, sizeof is->path) == 0;
}

/* Ids of new entries are ws2_32's choice; they are new here, so nothing refers to them yet. */
static bool apply__took_effect(const catalogs_t *is, const catalogs_t *expected)
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

static bool apply__same(const catalogs_t *a, const catalogs_t *b)
{
  for (size_t view = 0; view < a->views; view++) {
    if (a->view[view].count != b->view[view].count)
      return false;
    for (size_t i = 0; i < a->view[view].count; i++) {
      const catalog_entry_t *x = &a->view[view].entries[i], *y = &b->view[view].entries[i];

      if (memcmp(&x->info, &y->info, sizeof x->info) != 0 || memcmp(x->path, y->path, sizeof x->path) != 0)
        return false;
    }
  }
  return true;
}

/* One edit on the catalogs as they are; *now follows. 0 or the error. */
static int apply__edit(const plan_t *plan, const edit_t *edit, catalogs_t *now, size_t *calls,
                       const char **call)
{
  size_t view = edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE;
  uint32_t next_id = plan_fresh_id(now), category;
  catalogs_t expected, read;
  edit_t resolved = {.order = NULL};
  int error = WSA_NOT_ENOUGH_MEMORY;

  *call = "planning";
  if (!catalogs_copy(now, &expected))
    return error;
  if (!plan_simulate(plan, edit, &expected, &next_id)) {
    error = WSAEINVAL; /* somebody else changed the catalog meanwhile */
    goto cleanup_expected;
  }
  if (edit->kind != EDIT_CATEGORY && apply__same(now, &expected)) {
    error = 0;
    goto cleanup_expected;
  }
  if (!apply__resolve(plan, edit, now, &resolved))
    goto cleanup_expected;
  error = winsock_edit(&resolved, now, call);
  ++*calls;
  if (error)
    goto cleanup_expected;
  if (edit->kind == EDIT_CATEGORY) {
    if (winsock_category(view, &edit->guid, &category) || category != WINSOCK_OUR_CATEGORY)
      error = ERROR_INVALID_DATA;
    goto cleanup_expected;
  }
  error = winsock_read(&read);
  if (error)
    goto cleanup_expected;
  if (!apply__took_effect(&read, &expected))
    error = ERROR_INVALID_DATA;
  catalogs_free(now);
  *now = read;
cleanup_expected:
  free(resolved.order);
  catalogs_free(&expected);
  return error;
}

bool apply_plan(const plan_t *plan, size_t *calls)
{
  catalogs_t now;
  size_t made = 0;
  bool done = true;

  if (winsock_read(&now))
    return false;
  for (size_t i = 0; done && i < plan->count; i++) {
    const char *call;
    int error = apply__edit(plan, &plan->edits[i], &now, &made, &call);

    if (error) {
      char text[512];

      error_tell(call, error);
      plan_edit_text(plan, &now, &plan->edits[i], text, sizeof text);
      fprintf(stderr, "  while about to %s\n", text);
      done = false;
    }
  }
  catalogs_free(&now);
  if (calls != NULL)
    *calls += made;
  return done;
}
