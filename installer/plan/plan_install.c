#include "plan_install.h"

#include <stdlib.h>
#include <string.h>

#include "plan_remove.h"
#include "plan_whole.h"
#include "wanted_chains.h"

/* An installation into catalogs that hold nothing of ours. */
typedef struct installation {
  plan_t *plan;
  const machine_catalogs_t *clean;
  const plan_options_t *options;
  wanted_chains_t *wanted; /* per view */
  uint32_t hidden;         /* the reference to our hidden entry */
} installation_t;

static bool plan_install__add_hidden(installation_t *installation)
{
  const machine_catalogs_t *clean = installation->clean;
  wanted_chains_t *wanted = installation->wanted;
  catalog_model_guid_t guid = installation->options->new_guid(installation->options->context);

  wanted[VIEW_NATIVE].hidden.info.guid = wanted[VIEW_WOW].hidden.info.guid = guid;
  installation->hidden = plan_refer(installation->plan, &guid, 0);
  if (!installation->hidden ||
      !plan_add_entries(installation->plan, clean->views, &wanted[VIEW_NATIVE].hidden,
                        clean->views > 1 ? &wanted[VIEW_WOW].hidden : NULL))
    return false;
  for (size_t view = 0; view < clean->views; view++) {
    edit_t category = {.kind = EDIT_CATEGORY, .views = 1u << view, .guid = guid};

    if (!plan_add(installation->plan, &category))
      return false;
  }
  return true;
}

/* One provider GUID a kind, the same in both catalogs where both serve it. */
static bool plan_install__add_pair(installation_t *installation, wanted_chain_t *native, wanted_chain_t *wow)
{
  catalog_model_guid_t guid = installation->options->new_guid(installation->options->context);
  wanted_chain_t *both[VIEWS] = {native, wow};

  for (int i = 0; i < VIEWS; i++) {
    if (both[i] == NULL)
      continue;
    both[i]->entry.info.guid = guid;
    both[i]->entry.info.id = 0;
    both[i]->entry.info.chain[0] = installation->hidden;
  }
  return plan_add_entries(installation->plan, installation->clean->views,
                          native != NULL ? &native->entry : NULL, wow != NULL ? &wow->entry : NULL);
}

static bool plan_install__add_chains(installation_t *installation)
{
  wanted_chains_t *wanted = installation->wanted;
  bool two = installation->clean->views > 1;

  for (size_t i = 0; i < wanted[VIEW_NATIVE].count; i++) {
    wanted_chain_t *native = &wanted[VIEW_NATIVE].chains[i];
    wanted_chain_t *wow = two ? wanted_chains_of_kind(&wanted[VIEW_WOW], &native->kind) : NULL;

    if (!plan_install__add_pair(installation, native, wow))
      return false;
  }
  for (size_t i = 0; two && i < wanted[VIEW_WOW].count; i++) {
    wanted_chain_t *wow = &wanted[VIEW_WOW].chains[i];

    if (wanted_chains_of_kind(&wanted[VIEW_NATIVE], &wow->kind) == NULL &&
        !plan_install__add_pair(installation, NULL, wow))
      return false;
  }
  return true;
}

/* The vendor's chain with ours in it. What lies behind its end moves along, so that removal brings it back.
 */
static bool plan_install__change_vendor_chain(installation_t *installation, size_t view,
                                              const wanted_chain_t *wanted)
{
  edit_t update = {.kind = EDIT_UPDATE,
                   .views = 1u << view,
                   .entry = *catalog_model_find_id(&installation->clean->view[view], wanted->above)};
  catalog_model_info_t *info = &update.entry.info;
  int at = wanted->position + 1;

  update.guid = info->guid;
  memmove(info->chain + at + 1, info->chain + at, (size_t)(CHAIN_MAX - at - 1) * sizeof *info->chain);
  info->chain[at] = plan_refer(installation->plan, &wanted->entry.info.guid, 0);
  info->chain_length++;
  return info->chain[at] && plan_add(installation->plan, &update);
}

static bool plan_install__change_vendor_chains(installation_t *installation, size_t view)
{
  const wanted_chains_t *wanted = &installation->wanted[view];

  for (size_t i = 0; i < wanted->count; i++)
    if (wanted->chains[i].above && !plan_install__change_vendor_chain(installation, view, &wanted->chains[i]))
      return false;
  return true;
}

/* Chains on top first, then what was there, each chain beneath a layer right after that layer's, our hidden
 * entry last: some ws2_32 open sockets on the first entry that matches, hidden or not (docs/winsock-notes.md
 * 1). */
static bool plan_install__add_order(installation_t *installation, size_t view)
{
  const catalog_model_t *catalog = &installation->clean->view[view];
  const wanted_chains_t *wanted = &installation->wanted[view];
  edit_t edit = {.kind = EDIT_ORDER, .views = 1u << view};

  edit.order = calloc(catalog->count + wanted->count + 1, sizeof *edit.order);
  if (edit.order == NULL)
    return false;
  for (size_t i = 0; i < wanted->count; i++)
    if (!wanted->chains[i].above)
      edit.order[edit.order_count++] = plan_refer(installation->plan, &wanted->chains[i].entry.info.guid, 0);
  for (size_t i = 0; i < catalog->count; i++) {
    uint32_t id = catalog->entries[i].info.id;

    edit.order[edit.order_count++] = id;
    for (size_t chain = 0; chain < wanted->count; chain++)
      if (wanted->chains[chain].above == id)
        edit.order[edit.order_count++] =
            plan_refer(installation->plan, &wanted->chains[chain].entry.info.guid, 0);
  }
  edit.order[edit.order_count++] = installation->hidden;
  for (size_t i = 0; i < edit.order_count; i++)
    if (!edit.order[i]) {
      free(edit.order);
      return false;
    }
  return plan_add(installation->plan, &edit);
}

static plan_status_t plan_install__into_clean(installation_t *installation, plan_failure_t *failure)
{
  size_t views = installation->clean->views;

  for (size_t view = 0; view < views; view++) {
    const catalog_model_t *catalog = &installation->clean->view[view];
    plan_status_t status = plan_check_ids(catalog, failure); /* or they cannot be put in order */

    if (!status)
      status =
          wanted_chains_find(catalog, installation->options->dll_path, &installation->wanted[view], failure);
    if (status)
      return status;
  }
  bool made = plan_install__add_hidden(installation) && plan_install__add_chains(installation);
  for (size_t view = 0; view < views; view++)
    made = made && plan_install__change_vendor_chains(installation, view);
  for (size_t view = 0; view < views; view++)
    made = made && plan_install__add_order(installation, view);
  return made ? PLAN_OK : PLAN_NO_MEMORY;
}

plan_status_t plan_install(const machine_catalogs_t *now, const plan_options_t *options, plan_t *plan,
                           plan_failure_t *failure)
{
  plan_draft_t draft;

  failure->text[0] = '\0';
  *plan = (plan_t){0};
  if (plan_is_whole(now, options->dll_path))
    return PLAN_OK;
  wanted_chains_t *wanted = calloc(VIEWS, sizeof *wanted);
  plan_status_t status = PLAN_NO_MEMORY;
  if (!plan_draft_open(&draft, plan, now) || wanted == NULL)
    goto cleanup_draft;
  status = plan_remove_onto(&draft, failure);
  if (!status) {
    installation_t installation = {plan, &draft.catalogs, options, wanted, 0};

    status = plan_install__into_clean(&installation, failure);
  }
cleanup_draft:
  plan_draft_close(&draft);
  free(wanted);
  return plan_finish(plan, status, failure);
}
