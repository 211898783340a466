#include "wanted_chains.h"

#include <string.h>

#include "catalog_text.h"
#include "layering.h"

static void wanted_chains__name(catalog_model_info_t *info, const catalog_model_info_t *over)
{
  static const char prefix[] = "Sockwarden over [";
  size_t used = sizeof prefix - 1;

  catalog_text_set(info->name, CATALOG_NAME_CHARS, prefix);
  for (size_t i = 0; over->name[i] && used < CATALOG_NAME_CHARS - 2; i++)
    info->name[used++] = over->name[i];
  info->name[used++] = ']';
  info->name[used] = 0;
}

static plan_status_t wanted_chains__fail_full(const catalog_model_info_t *info, plan_failure_t *failure)
{
  char name[CATALOG_TEXT_NAME];

  catalog_text_name(info, name);
  return plan_fail(
      failure, PLAN_CHAIN_FULL,
      "the chain of \"%s\" is full: it has %d entries, and Winsock allows %d. Uninstall another product's "
      "layer first (sockwarden status lists them)",
      name, (int)info->chain_length, CHAIN_MAX);
}

/* The chain over the entry on top: our layer, that entry, the rest of its chain. */
static plan_status_t wanted_chains__over(const catalog_model_entry_t *top, wanted_chain_t *wanted,
                                         plan_failure_t *failure)
{
  const catalog_model_info_t *lower = &top->info;
  catalog_model_info_t *info = &wanted->entry.info;

  if (lower->chain_length >= CHAIN_MAX)
    return wanted_chains__fail_full(lower, failure);
  *info = *lower;
  info->chain_length = lower->chain_length + 1;
  memset(info->chain, 0, sizeof info->chain);
  info->chain[1] = lower->id;
  for (int32_t link = 1; link < lower->chain_length; link++)
    info->chain[link + 1] = lower->chain[link];
  wanted_chains__name(info, lower);
  return PLAN_OK;
}

/* The chain beneath a non-IFS layer: our layer, then what that layer's chain has behind `position`. */
static plan_status_t wanted_chains__beneath(const catalog_model_t *catalog, const catalog_model_entry_t *top,
                                            int position, wanted_chain_t *wanted, plan_failure_t *failure)
{
  const catalog_model_info_t *above = &top->info;
  catalog_model_info_t *info = &wanted->entry.info;
  /* The lower entry looks to a program as ours will; a hidden entry does not, then the base does. */
  const catalog_model_entry_t *model = catalog_model_find_id(catalog, above->chain[position + 1]);

  if (model->info.chain_length == CHAIN_LAYER)
    model = catalog_model_find_id(catalog, above->chain[above->chain_length - 1]);
  if (above->chain_length >= CHAIN_MAX)
    return wanted_chains__fail_full(above, failure);
  *info = model->info;
  info->chain_length = above->chain_length - position;
  memset(info->chain, 0, sizeof info->chain);
  for (int32_t link = position + 1; link < above->chain_length; link++)
    info->chain[link - position] = above->chain[link];
  wanted_chains__name(info, &model->info);
  wanted->above = above->id;
  wanted->position = position;
  return PLAN_OK;
}

static plan_status_t wanted_chains__find_one(const catalog_model_t *catalog, const char *dll_path,
                                             wanted_chain_t *wanted, plan_failure_t *failure)
{
  const catalog_model_entry_t *top = socket_kind_top_entry(catalog, &wanted->kind, true);
  int position = layering_lowest_non_ifs(catalog, &top->info);

  if (layering_check_chain(catalog, &top->info, NULL) != CHAIN_SOUND) {
    char name[CATALOG_TEXT_NAME];

    catalog_text_name(&top->info, name);
    return plan_fail(
        failure, PLAN_DAMAGED,
        "the chain of \"%s\" is damaged, so a layer over it would not work. Run: sockwarden repair", name);
  }
  plan_status_t status = position < 0 ? wanted_chains__over(top, wanted, failure)
                                      : wanted_chains__beneath(catalog, top, position, wanted, failure);
  catalog_text_set(wanted->entry.path, CATALOG_PATH_CHARS, dll_path);
  wanted->entry.info.reserved = 0;
  return status;
}

/* Type and protocol 0: some ws2_32 would open sockets on a hidden entry that matches (docs/winsock-notes.md
 * 1). */
static void wanted_chains__make_hidden(wanted_chains_t *wanted)
{
  catalog_model_info_t *hidden = &wanted->hidden.info;

  *hidden = wanted->chains[0].entry.info;
  hidden->chain_length = CHAIN_LAYER;
  memset(hidden->chain, 0, sizeof hidden->chain);
  hidden->type = hidden->protocol = hidden->protocol_range = 0;
  hidden->service_flags[0] |= CATALOG_IFS_HANDLES;
  hidden->provider_flags = CATALOG_HIDDEN;
  catalog_text_set(hidden->name, CATALOG_NAME_CHARS, "Sockwarden");
  memcpy(wanted->hidden.path, wanted->chains[0].entry.path, sizeof wanted->hidden.path);
}

plan_status_t wanted_chains_find(const catalog_model_t *catalog, const char *dll_path,
                                 wanted_chains_t *wanted, plan_failure_t *failure)
{
  socket_kind_t kinds[SOCKET_KINDS_MAX];
  size_t count = socket_kinds_list(catalog, kinds, SOCKET_KINDS_MAX);

  memset(wanted, 0, sizeof *wanted);
  if (!count)
    return plan_fail(
        failure, PLAN_NOTHING_TO_COVER,
        "the catalog has no TCP, UDP or RAW entry to put a layer over, and repair cannot bring them back. "
        "Run netsh winsock reset, restart, and install again");
  for (; wanted->count < count; wanted->count++) {
    wanted->chains[wanted->count].kind = kinds[wanted->count];
    plan_status_t status =
        wanted_chains__find_one(catalog, dll_path, &wanted->chains[wanted->count], failure);
    if (status)
      return status;
  }
  wanted_chains__make_hidden(wanted);
  return PLAN_OK;
}

wanted_chain_t *wanted_chains_of_kind(wanted_chains_t *wanted, const socket_kind_t *kind)
{
  for (size_t i = 0; i < wanted->count; i++)
    if (memcmp(&wanted->chains[i].kind, kind, sizeof *kind) == 0)
      return &wanted->chains[i];
  return NULL;
}
