#include "chain_instance.h"

#include <string.h>
#include "policy_link.h"
#include "startup_lock.h"

static slot_t slots[SLOT_COUNT];
static catalog_t *current;     /* the snapshot in use */
static uint64_t fills;         /* how often a slot was filled */
static LONG users;             /* starts of others that succeeded, and those under way */
static WSPUPCALLTABLE upcalls; /* the most recent */
static volatile LPWPUMODIFYIFSHANDLE modify_ifs_handle;

slot_t *slot_at(size_t number)
{
  return &slots[number];
}

size_t slot_number(const slot_t *slot)
{
  return (size_t)(slot - slots);
}

LPWPUMODIFYIFSHANDLE slot_modify_ifs_handle(void)
{
  return modify_ifs_handle;
}

/* A snapshot with a reference for the caller; a fresh one where the present one does not know the entry,
 * since ws2_32 does then. NULL where there is none. */
static catalog_t *slot__catalog(DWORD id)
{
  catalog_t *catalog = NULL, *stale = NULL;

  startup_lock();
  if (current != NULL && chain_entry(current, id) != NULL)
    catalog = catalog_share(current);
  startup_unlock();
  if (catalog != NULL)
    return catalog;

  catalog = catalog_read();
  startup_lock();
  if (catalog != NULL) {
    stale = current;
    current = catalog_share(catalog);
  } else if (current != NULL) {
    catalog = catalog_share(current);
  }
  startup_unlock();
  catalog_release(stale);
  return catalog;
}

static slot_t *slot__find(const WSAPROTOCOL_INFOW *info, const chain_place_t *place)
{
  for (size_t i = 0; i < SLOT_COUNT; i++) {
    slot_t *slot = &slots[i];

    if (slot->starts > 0 && slot->info.dwCatalogEntryId == info->dwCatalogEntryId &&
        slot->place.own_id == place->own_id && slot->place.top == place->top &&
        slot->place.next->info.dwCatalogEntryId == place->next->info.dwCatalogEntryId)
      return slot;
  }
  return NULL;
}

static slot_t *slot__free(void)
{
  for (size_t i = 0; i < SLOT_COUNT; i++)
    if (slots[i].starts == 0)
      return &slots[i];
  return NULL;
}

static void slot__fill(slot_t *slot, catalog_t *catalog, const WSAPROTOCOL_INFOW *info,
                       const chain_place_t *place, const lower_t *lower)
{
  slot->catalog = catalog_share(catalog);
  slot->place = *place;
  slot->info = *info;
  if (place->down == info)
    slot->place.down = &slot->info;
  slot->below = lower->table;
  slot->ifs = (place->next->info.dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
  slot->provider[0] = '\0';
  WideCharToMultiByte(CP_UTF8, 0, place->next->info.szProtocol, -1, slot->provider, sizeof slot->provider,
                      NULL, NULL);
  slot->provider_number = ++fills;
}

static void slot__push(slot_t *slot, lower_t *lower, bool own)
{
  if (lower != NULL) {
    lower->next = slot->lowers;
    slot->lowers = lower;
    slot->lower_count++;
  }
  slot->starts++;
  if (own)
    slot->own_starts++;
}

/* One start fewer. Returns the lower start that goes with it, for the caller to close outside the lock, or
 * NULL; the one whose functions are in use goes last. *catalog receives the slot's reference when the slot is
 * free again. */
static lower_t *slot__pop(slot_t *slot, bool own, catalog_t **catalog)
{
  lower_t *lower = NULL;

  slot->starts--;
  if (own)
    slot->own_starts--;
  if (slot->lower_count > slot->starts) {
    lower = slot->lowers;
    slot->lowers = lower->next;
    slot->lower_count--;
    lower->next = NULL;
  }
  *catalog = slot->starts == 0 ? slot->catalog : NULL;
  return lower;
}

/* Under the lock, when the last user has left: everything we hold ourselves. */
static lower_t *slot__pop_held(catalog_t **catalogs, size_t *catalog_count)
{
  lower_t *list = NULL;

  for (size_t i = 0; i < SLOT_COUNT; i++) {
    while (slots[i].own_starts > 0) {
      catalog_t *catalog;
      lower_t *lower = slot__pop(&slots[i], true, &catalog);

      if (catalog != NULL)
        catalogs[(*catalog_count)++] = catalog;
      if (lower != NULL) {
        lower->next = list;
        list = lower;
      }
    }
  }
  return list;
}

/* One user fewer, who may be one whose start failed. */
static void slot__leave(void)
{
  catalog_t *catalogs[SLOT_COUNT + 1];
  size_t count = 0;
  lower_t *lowers = NULL;
  policy_link_t link = {.live = NULL, .tls = TLS_OUT_OF_INDEXES};

  startup_lock();
  if (--users == 0) {
    lowers = slot__pop_held(catalogs, &count);
    for (size_t i = 0; current != NULL && i < current->count; i++)
      current->entries[i].held = NULL;
    if (current != NULL)
      catalogs[count++] = current;
    current = NULL;
    modify_ifs_handle = NULL;
    link = policy_link_detach();
  }
  startup_unlock();

  lower_close_all(lowers);
  policy_link_destroy(&link);
  while (count > 0)
    catalog_release(catalogs[--count]);
}

/* What slot_start and slot_sibling (`own`) share: a started slot for `info`, one start more. */
static INT slot__start(catalog_t *catalog, const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *table,
                       bool own, slot_t **result)
{
  chain_place_t place;
  lower_t *lower = NULL;

  if (!chain_locate(catalog, info, &place))
    return WSAEPROVIDERFAILEDINIT;
  INT error =
      lower_open(place.next->path, place.next_is_base ? &place.next->info : place.down, table, &lower);

  startup_lock();
  slot_t *slot = slot__find(info, &place);
  if (slot == NULL && error == 0) {
    slot = slot__free();
    if (slot != NULL)
      slot__fill(slot, catalog, info, &place, lower);
    else
      error = WSAEPROCLIM;
  } else if (slot != NULL) {
    error = 0;
  }
  if (error == 0)
    slot__push(slot, lower, own);
  if (error == 0 && !own) {
    upcalls = *table;
    modify_ifs_handle = table->lpWPUModifyIFSHandle;
  }
  startup_unlock();

  if (error != 0 && lower != NULL)
    lower_close(lower);
  *result = error == 0 ? slot : NULL;
  return error;
}

INT slot_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *table, slot_t **slot)
{
  startup_lock();
  if (users++ == 0)
    policy_link_attach();
  startup_unlock();

  catalog_t *catalog = slot__catalog(info->dwCatalogEntryId);
  INT error = catalog == NULL ? WSASYSNOTREADY : slot__start(catalog, info, table, false, slot);
  catalog_release(catalog);
  if (error != 0)
    slot__leave();
  return error;
}

bool slot_stop(slot_t *slot)
{
  catalog_t *catalog = NULL;
  lower_t *lower = NULL;

  startup_lock();
  bool started = slot->starts > slot->own_starts;
  if (started)
    lower = slot__pop(slot, false, &catalog);
  startup_unlock();
  if (!started)
    return false;

  lower_close_all(lower);
  catalog_release(catalog);
  slot__leave();
  return true;
}

INT slot_sibling(slot_t *slot, const catalog_entry_t *entry, slot_t **sibling)
{
  catalog_entry_t *held = &slot->catalog->entries[entry - slot->catalog->entries];

  *sibling =
      slot->place.top && slot->info.dwCatalogEntryId == entry->info.dwCatalogEntryId ? slot : held->held;
  if (*sibling != NULL)
    return 0;

  startup_lock();
  WSPUPCALLTABLE table = upcalls;
  startup_unlock();
  slot_t *started;
  INT error = slot__start(slot->catalog, &entry->info, &table, true, &started);
  if (error != 0)
    return error;

  *sibling = InterlockedCompareExchangePointer((PVOID volatile *)&held->held, started, NULL);
  if (*sibling == NULL) {
    *sibling = started;
    return 0;
  }
  /* Another thread was first: one start of our own is enough. */
  catalog_t *catalog;
  startup_lock();
  lower_t *lower = slot__pop(started, true, &catalog);
  startup_unlock();
  lower_close_all(lower);
  catalog_release(catalog);
  return 0;
}
