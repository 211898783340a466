#include "catalog_edit.h"

#include <stdlib.h>
#include <string.h>

#include "wsc.h"

static bool catalog_edit__fail(call_failure_t *failure, int error)
{
  *failure = (call_failure_t){"changing the catalog", error};
  return false;
}

static bool catalog_edit__install(const edit_t *edit, bool both, call_failure_t *failure)
{
  WSAPROTOCOL_INFOW info;

  memcpy(&info, &edit->entry.info, sizeof info);
  return wsc_install_provider(both, &edit->guid, (const WCHAR *)edit->entry.path, &info, failure);
}

/* All entries of the provider are handed in: "each structure specifies or modifies a protocol"
 * (WSCUpdateProvider) does not say what becomes of one that is left out. */
static bool catalog_edit__update(const edit_t *edit, size_t view, const catalog_model_t *now,
                                 call_failure_t *failure)
{
  WSAPROTOCOL_INFOW *infos = calloc(now->count + 1, sizeof *infos);
  size_t count = 0;

  if (infos == NULL)
    return catalog_edit__fail(failure, WSA_NOT_ENOUGH_MEMORY);
  for (size_t i = 0; i < now->count; i++)
    if (catalog_model_guid_equal(&now->entries[i].info.guid, &edit->guid)) {
      bool this_one = now->entries[i].info.id == edit->entry.info.id;

      memcpy(&infos[count++], this_one ? &edit->entry.info : &now->entries[i].info, sizeof *infos);
    }
  bool done = wsc_update_provider(view, &edit->guid, (const WCHAR *)edit->entry.path, infos, count, failure);
  free(infos);
  return done;
}

static bool catalog_edit__reorder(const edit_t *edit, size_t view, call_failure_t *failure)
{
  DWORD *ids = calloc(edit->order_count + 1, sizeof *ids);

  if (ids == NULL)
    return catalog_edit__fail(failure, WSA_NOT_ENOUGH_MEMORY);
  for (size_t i = 0; i < edit->order_count; i++)
    ids[i] = edit->order[i];
  bool done = wsc_write_provider_order(view, ids, edit->order_count, failure);
  free(ids);
  return done;
}

static bool catalog_edit__set_category(const edit_t *edit, size_t view, call_failure_t *failure)
{
  call_failure_t unread;
  DWORD category;

  if (!wsc_set_category(view, &edit->guid, WSC_OUR_CATEGORY, failure))
    return false;
  if (!wsc_get_category(view, &edit->guid, &category, &unread) || category != WSC_OUR_CATEGORY)
    failure->error = ERROR_INVALID_DATA;
  return !failure->error;
}

bool catalog_edit(const edit_t *edit, const machine_catalogs_t *now, call_failure_t *failure)
{
  size_t view = edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE;

  switch (edit->kind) {
  case EDIT_INSTALL:
    return catalog_edit__install(edit, edit->views == IN_BOTH && now->views > 1, failure);
  case EDIT_UPDATE:
    return catalog_edit__update(edit, view, &now->view[view], failure);
  case EDIT_REMOVE:
    return wsc_deinstall_provider(view, &edit->guid, failure);
  case EDIT_ORDER:
    return catalog_edit__reorder(edit, view, failure);
  case EDIT_CATEGORY:
    return catalog_edit__set_category(edit, view, failure);
  }
  return catalog_edit__fail(failure, WSAEINVAL);
}
