#include "plan_text.h"

#include <stdio.h>

#include "catalog_text.h"

/* The name of the provider's entry, which the catalog has or the plan adds; "" where there is none. */
static void plan_text__provider(const plan_t *plan, const catalog_model_t *catalog,
                                const catalog_model_guid_t *guid, char name[CATALOG_TEXT_NAME])
{
  const catalog_model_entry_t *entry = catalog_model_find_guid(catalog, guid);

  for (size_t i = 0; entry == NULL && i < plan->count; i++)
    if (plan->edits[i].kind == EDIT_INSTALL && catalog_model_guid_equal(&plan->edits[i].guid, guid))
      entry = &plan->edits[i].entry;
  name[0] = '\0';
  if (entry != NULL)
    catalog_text_name(&entry->info, name);
}

static void plan_text__id(const plan_t *plan, const catalog_model_t *catalog, uint32_t id,
                          char name[CATALOG_TEXT_NAME])
{
  const catalog_model_entry_t *entry = catalog_model_find_id(catalog, plan_resolve(plan, catalog, id));
  size_t reference = id & ~PLAN_REFERENCE;

  if (entry != NULL)
    catalog_text_name(&entry->info, name);
  else if (id & PLAN_REFERENCE && reference < plan->reference_count)
    plan_text__provider(plan, catalog, &plan->references[reference].guid, name);
  else
    snprintf(name, CATALOG_TEXT_NAME, "entry %u", (unsigned)id);
}

/* ", chain A > B > C", or "" where the entry has none. */
static void plan_text__chain(const plan_t *plan, const catalog_model_t *catalog,
                             const catalog_model_info_t *info, char *text, size_t size)
{
  size_t used = 0;

  text[0] = '\0';
  for (int32_t link = 0; info->chain_length > CHAIN_BASE && link < info->chain_length && link < CHAIN_MAX;
       link++) {
    char name[CATALOG_TEXT_NAME];

    plan_text__id(plan, catalog, info->chain[link], name);
    if (used < size)
      used += (size_t)snprintf(text + used, size - used, "%s%s", link ? " > " : ", chain ", name);
  }
}

void plan_edit_text(const plan_t *plan, const machine_catalogs_t *now, const edit_t *edit, char *text,
                    size_t size)
{
  size_t view = edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE;
  const catalog_model_t *catalog = &now->view[view];
  char name[CATALOG_TEXT_NAME], chain[1024], where[32];

  if (edit->views == IN_BOTH && now->views > 1)
    snprintf(where, sizeof where, "both catalogs");
  else
    snprintf(where, sizeof where, "%s catalog", machine_catalogs_view_name(now, view));
  switch (edit->kind) {
  case EDIT_INSTALL:
    catalog_text_name(&edit->entry.info, name);
    plan_text__chain(plan, catalog, &edit->entry.info, chain, sizeof chain);
    snprintf(text, size, "%s: add %s\"%s\"%s", where,
             edit->entry.info.chain_length == CHAIN_LAYER ? "hidden entry " : "", name, chain);
    break;
  case EDIT_UPDATE:
    catalog_text_name(&edit->entry.info, name);
    plan_text__chain(plan, catalog, &edit->entry.info, chain, sizeof chain);
    snprintf(text, size, "%s: change \"%s\"%s", where, name, chain);
    break;
  case EDIT_REMOVE:
    plan_text__provider(plan, catalog, &edit->guid, name);
    snprintf(text, size, "%s: remove \"%s\"", where, name);
    break;
  case EDIT_ORDER:
    plan_text__id(plan, catalog, edit->order_count ? edit->order[0] : 0, name);
    snprintf(text, size, "%s: reorder the %u entries, \"%s\" first", where, (unsigned)edit->order_count,
             name);
    break;
  case EDIT_CATEGORY:
    plan_text__provider(plan, catalog, &edit->guid, name);
    snprintf(text, size, "%s: set the category of \"%s\" to FIREWALL|INSPECTOR", where, name);
    break;
  }
}
