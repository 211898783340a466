#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool plan_add(plan_t *plan, const edit_t *edit)
{
  edit_t *grown = realloc(plan->edits, (plan->count + 1) * sizeof *grown);

  if (grown == NULL) {
    free(edit->order);
    return false;
  }
  grown[plan->count++] = *edit;
  plan->edits = grown;
  return true;
}

uint32_t plan_refer(plan_t *plan, const catalog_guid_t *guid, size_t nth)
{
  for (size_t i = 0; i < plan->reference_count; i++)
    if (catalog_guid_equal(&plan->references[i].guid, guid) && plan->references[i].nth == nth)
      return PLAN_REFERENCE | (uint32_t)i;
  plan_reference_t *grown = realloc(plan->references, (plan->reference_count + 1) * sizeof *grown);
  if (grown == NULL)
    return 0;
  plan->references = grown;
  grown[plan->reference_count] = (plan_reference_t){*guid, nth};
  return PLAN_REFERENCE | (uint32_t)plan->reference_count++;
}

uint32_t plan_resolve(const plan_t *plan, const catalog_t *catalog, uint32_t id)
{
  if (!(id & PLAN_REFERENCE))
    return catalog_find_id(catalog, id) != NULL ? id : 0;
  size_t at = id & ~PLAN_REFERENCE;
  if (at >= plan->reference_count)
    return 0;
  const catalog_entry_t *entry =
      catalog_find_nth(catalog, &plan->references[at].guid, plan->references[at].nth);
  return entry != NULL ? entry->info.id : 0;
}

plan_status_t plan_check_id(const catalog_t *catalog, const catalog_entry_t *entry, plan_trouble_t *trouble)
{
  char name[CATALOG_NAME_CHARS];

  if (catalog_find_id(catalog, entry->info.id) == entry)
    return PLAN_OK;
  catalog_text(entry->info.name, CATALOG_NAME_CHARS, name, sizeof name);
  snprintf(
      trouble->text, sizeof trouble->text,
      "\"%s\" has the id %u of another entry: Winsock cannot change or order such entries. Run netsh winsock "
      "reset, restart, and install what is to be there again",
      name, (unsigned)entry->info.id);
  return PLAN_IMPOSSIBLE;
}

plan_status_t plan_check_ids(const catalog_t *catalog, plan_trouble_t *trouble)
{
  plan_status_t status = PLAN_OK;

  for (size_t i = 0; i < catalog->count && !status; i++)
    status = plan_check_id(catalog, &catalog->entries[i], trouble);
  return status;
}

uint32_t plan_fresh_id(const catalogs_t *catalogs)
{
  uint32_t highest = 1000;

  for (size_t view = 0; view < catalogs->views; view++)
    for (size_t i = 0; i < catalogs->view[view].count; i++)
      if (catalogs->view[view].entries[i].info.id > highest)
        highest = catalogs->view[view].entries[i].info.id;
  return highest + 1;
}

bool plan_add_entries(plan_t *plan, const catalogs_t *now, const catalog_entry_t *native,
                      const catalog_entry_t *wow)
{
  const catalog_entry_t *first = native != NULL ? native : wow;
  edit_t install = {EDIT_INSTALL, wow != NULL ? IN_BOTH : IN_NATIVE, first->info.guid, *first, NULL, 0};

  if (!plan_add(plan, &install))
    return false;
  if (native == NULL) {
    edit_t out = {.kind = EDIT_REMOVE, .views = IN_NATIVE, .guid = first->info.guid};

    if (!plan_add(plan, &out))
      return false;
  }
  if (now->views == 1 || wow == NULL || wow->info.chain_length == CHAIN_LAYER)
    return true;
  /* The one call wrote the native catalog's ids into both. */
  edit_t update = {EDIT_UPDATE, IN_WOW, wow->info.guid, *wow, NULL, 0};
  update.entry.info.id = plan_refer(plan, &wow->info.guid, 0);
  return update.entry.info.id && plan_add(plan, &update);
}

/* ---- what an edit makes of the catalogs ---- */

/* A chain with references in it resolved. An id that is not there (yet) stays as it is: in the half-way state
 * between an installation into both catalogs and the update of the second, lower ids may name nothing there.
 */
static void plan__resolve_chain(const plan_t *plan, const catalog_t *catalog, catalog_info_t *info)
{
  for (int32_t link = 0; link < info->chain_length && link < CHAIN_MAX; link++)
    if (info->chain[link] & PLAN_REFERENCE)
      info->chain[link] = plan_resolve(plan, catalog, info->chain[link]);
}

static bool plan__install(const plan_t *plan, const edit_t *edit, catalogs_t *catalogs, uint32_t *next_id)
{
  for (size_t view = 0; view < catalogs->views; view++) {
    catalog_t *catalog = &catalogs->view[view];
    catalog_entry_t entry = edit->entry;

    if (!(edit->views >> view & 1))
      continue;
    if (catalog_find_guid(catalog, &edit->guid) != NULL)
      return false;
    /* One call writes the same chain into both: the native catalog's ids. */
    plan__resolve_chain(plan, &catalogs->view[VIEW_NATIVE], &entry.info);
    entry.info.id = *next_id;
    if (!catalog_append(catalog, &entry))
      return false;
  }
  ++*next_id;
  return true;
}

static bool plan__update(const plan_t *plan, const edit_t *edit, catalog_t *catalog)
{
  uint32_t id = plan_resolve(plan, catalog, edit->entry.info.id);
  catalog_entry_t *entry = catalog_find_id(catalog, id);

  if (entry == NULL || !catalog_guid_equal(&entry->info.guid, &edit->guid))
    return false;
  bool missing = entry->dll_missing;
  *entry = edit->entry;
  entry->info.id = id;
  entry->dll_missing = missing;
  plan__resolve_chain(plan, catalog, &entry->info);
  /* The path is the provider's. */
  for (size_t i = 0; i < catalog->count; i++)
    if (catalog_guid_equal(&catalog->entries[i].info.guid, &edit->guid))
      memcpy(catalog->entries[i].path, edit->entry.path, sizeof edit->entry.path);
  return true;
}

static bool plan__remove(const edit_t *edit, catalog_t *catalog)
{
  size_t before = catalog->count;

  for (size_t i = catalog->count; i-- > 0;)
    if (catalog_guid_equal(&catalog->entries[i].info.guid, &edit->guid))
      catalog_remove(catalog, i);
  return catalog->count < before;
}

static bool plan__reorder(const plan_t *plan, const edit_t *edit, catalog_t *catalog)
{
  catalog_t ordered = {0};
  bool done = edit->order_count == catalog->count;

  for (size_t i = 0; done && i < edit->order_count; i++) {
    const catalog_entry_t *entry = catalog_find_id(catalog, plan_resolve(plan, catalog, edit->order[i]));

    done =
        entry != NULL && catalog_find_id(&ordered, entry->info.id) == NULL && catalog_append(&ordered, entry);
  }
  if (!done) {
    catalog_free(&ordered);
    return false;
  }
  catalog_free(catalog);
  *catalog = ordered;
  return true;
}

bool plan_simulate(const plan_t *plan, const edit_t *edit, catalogs_t *catalogs, uint32_t *next_id)
{
  catalog_t *catalog = &catalogs->view[edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE];

  switch (edit->kind) {
  case EDIT_INSTALL:
    return plan__install(plan, edit, catalogs, next_id);
  case EDIT_UPDATE:
    return plan__update(plan, edit, catalog);
  case EDIT_REMOVE:
    return plan__remove(edit, catalog);
  case EDIT_ORDER:
    return plan__reorder(plan, edit, catalog);
  case EDIT_CATEGORY:
    return catalog_find_guid(catalog, &edit->guid) != NULL;
  }
  return false;
}

bool plan_simulate_all(const plan_t *plan, size_t from, catalogs_t *catalogs, uint32_t *next_id)
{
  for (size_t i = from; i < plan->count; i++)
    if (!plan_simulate(plan, &plan->edits[i], catalogs, next_id))
      return false;
  return true;
}

/* ---- for people ---- */

static void plan__name(const plan_t *plan, const catalog_t *catalog, uint32_t id, char *text, size_t size)
{
  const catalog_entry_t *entry = catalog_find_id(catalog, plan_resolve(plan, catalog, id));

  if (entry != NULL) {
    catalog_text(entry->info.name, CATALOG_NAME_CHARS, text, size);
    return;
  }
  snprintf(text, size, "entry %u", (unsigned)id);
  for (size_t i = 0; i < plan->count && id & PLAN_REFERENCE; i++)
    if (plan->edits[i].kind == EDIT_INSTALL &&
        catalog_guid_equal(&plan->edits[i].guid, &plan->references[id & ~PLAN_REFERENCE].guid))
      catalog_text(plan->edits[i].entry.info.name, CATALOG_NAME_CHARS, text, size);
}

static void plan__chain(const plan_t *plan, const catalog_t *catalog, const catalog_info_t *info, char *text,
                        size_t size)
{
  size_t used = 0;

  text[0] = '\0';
  for (int32_t link = 0; info->chain_length > CHAIN_BASE && link < info->chain_length && link < CHAIN_MAX;
       link++) {
    char name[CATALOG_NAME_CHARS];

    plan__name(plan, catalog, info->chain[link], name, sizeof name);
    if (used < size)
      used += (size_t)snprintf(text + used, size - used, "%s%s", link ? " > " : ", chain ", name);
  }
}

void plan_edit_text(const plan_t *plan, const catalogs_t *now, const edit_t *edit, char *text, size_t size)
{
  size_t view = edit->views == IN_WOW ? VIEW_WOW : VIEW_NATIVE;
  const catalog_t *catalog = &now->view[view];
  const char *where =
      edit->views == IN_BOTH && now->views > 1 ? "both catalogs" : catalog_view_name(now, view);
  char name[CATALOG_NAME_CHARS] = "", chain[1024];
  uint32_t id = 0;
  const catalog_entry_t *known = catalog_find_guid(catalog, &edit->guid);

  if (known != NULL)
    id = known->info.id;
  if (edit->kind == EDIT_INSTALL || edit->kind == EDIT_UPDATE)
    catalog_text(edit->entry.info.name, CATALOG_NAME_CHARS, name, sizeof name);
  else if (id)
    plan__name(plan, catalog, id, name, sizeof name);
  else
    for (size_t i = 0; i < plan->count; i++)
      if (plan->edits[i].kind == EDIT_INSTALL && catalog_guid_equal(&plan->edits[i].guid, &edit->guid))
        catalog_text(plan->edits[i].entry.info.name, CATALOG_NAME_CHARS, name, sizeof name);
  plan__chain(plan, catalog, &edit->entry.info, chain, sizeof chain);
  switch (edit->kind) {
  case EDIT_INSTALL:
    snprintf(text, size, "%s: add %s\"%s\"%s", where,
             edit->entry.info.chain_length == CHAIN_LAYER ? "hidden entry " : "", name, chain);
    break;
  case EDIT_UPDATE:
    snprintf(text, size, "%s: change \"%s\"%s", where, name, chain);
    break;
  case EDIT_REMOVE:
    snprintf(text, size, "%s: remove \"%s\"", where, name);
    break;
  case EDIT_ORDER:
    plan__name(plan, catalog, edit->order_count ? edit->order[0] : 0, name, sizeof name);
    snprintf(text, size, "%s: put %u entries in order, \"%s\" first", where, (unsigned)edit->order_count,
             name);
    break;
  case EDIT_CATEGORY:
    snprintf(text, size, "%s: set the category of \"%s\" to FIREWALL|INSPECTOR", where, name);
    break;
  }
}

void plan_free(plan_t *plan)
{
  for (size_t i = 0; i < plan->count; i++)
    free(plan->edits[i].order);
  free(plan->edits);
  free(plan->references);
  *plan = (plan_t){0};
}
