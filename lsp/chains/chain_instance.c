#include "chain_instance.h"

#include "current_catalog.h"
#include "startup_lock.h"
#include "upcalls.h"

static chain_instance_t instances[CHAIN_INSTANCE_COUNT];
static uint64_t fills; /* how often an instance was filled */

chain_instance_t *chain_instance_at(size_t number)
{
  return &instances[number];
}

size_t chain_instance_number(const chain_instance_t *instance)
{
  return (size_t)(instance - instances);
}

static chain_instance_t *chain_instance__find(const WSAPROTOCOL_INFOW *info, const chain_place_t *place)
{
  for (size_t i = 0; i < CHAIN_INSTANCE_COUNT; i++) {
    chain_instance_t *instance = &instances[i];

    if (instance->starts > 0 && instance->info.dwCatalogEntryId == info->dwCatalogEntryId &&
        instance->place.own_id == place->own_id && instance->place.on_top == place->on_top &&
        instance->place.lower->info.dwCatalogEntryId == place->lower->info.dwCatalogEntryId)
      return instance;
  }
  return NULL;
}

static chain_instance_t *chain_instance__find_free(void)
{
  for (size_t i = 0; i < CHAIN_INSTANCE_COUNT; i++)
    if (instances[i].starts == 0)
      return &instances[i];
  return NULL;
}

static void chain_instance__fill(chain_instance_t *instance, catalog_t *catalog,
                                 const WSAPROTOCOL_INFOW *info, const chain_place_t *place,
                                 const lower_provider_t *lower)
{
  instance->catalog = catalog_share(catalog);
  instance->place = *place;
  instance->info = *info;
  if (place->lower_info == info)
    instance->place.lower_info = &instance->info;
  instance->lower = lower->table;
  instance->ifs = (place->lower->info.dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
  instance->provider[0] = '\0';
  WideCharToMultiByte(CP_UTF8, 0, place->lower->info.szProtocol, -1, instance->provider,
                      sizeof instance->provider, NULL, NULL);
  instance->provider_number = ++fills;
}

static void chain_instance__add_start(chain_instance_t *instance, lower_provider_t *lower, bool own)
{
  if (lower != NULL) {
    lower->next = instance->lower_providers;
    instance->lower_providers = lower;
    instance->lower_count++;
  }
  instance->starts++;
  if (own)
    instance->own_starts++;
}

/* One start fewer. Returns the start of the lower provider that goes with it, for the caller to close outside
 * the lock, or NULL; the one whose functions are in use goes last. *catalog receives the instance's reference
 * when the instance is free again. */
static lower_provider_t *chain_instance__remove_start(chain_instance_t *instance, bool own,
                                                      catalog_t **catalog)
{
  lower_provider_t *lower = NULL;

  instance->starts--;
  if (own)
    instance->own_starts--;
  if (instance->lower_count > instance->starts) {
    lower = instance->lower_providers;
    instance->lower_providers = lower->next;
    instance->lower_count--;
    lower->next = NULL;
  }
  *catalog = instance->starts == 0 ? instance->catalog : NULL;
  return lower;
}

/* What chain_instance_start and chain_instance_sibling (`own`) share: a started instance for `info`, one
 * start more. */
static INT chain_instance__start(catalog_t *catalog, const WSAPROTOCOL_INFOW *info,
                                 const WSPUPCALLTABLE *table, bool own, chain_instance_t **result)
{
  chain_place_t place;
  lower_provider_t *lower = NULL;

  if (!chain_locate(catalog, info, &place))
    return WSAEPROVIDERFAILEDINIT;
  INT error = lower_provider_open(place.lower->path, place.lower_info, table, &lower);

  startup_lock();
  chain_instance_t *instance = chain_instance__find(info, &place);
  if (instance == NULL && error == 0) {
    instance = chain_instance__find_free();
    if (instance != NULL)
      chain_instance__fill(instance, catalog, info, &place, lower);
    else
      error = WSAEPROCLIM;
  } else if (instance != NULL) {
    error = 0;
  }
  if (error == 0)
    chain_instance__add_start(instance, lower, own);
  if (error == 0 && !own)
    upcalls_use(table);
  startup_unlock();

  if (error != 0 && lower != NULL)
    lower_provider_close(lower);
  *result = error == 0 ? instance : NULL;
  return error;
}

/* End one start, of our own or of others; false where there is none. */
static bool chain_instance__stop(chain_instance_t *instance, bool own)
{
  catalog_t *catalog = NULL;
  lower_provider_t *lower = NULL;

  startup_lock();
  bool started = own ? instance->own_starts > 0 : instance->starts > instance->own_starts;
  if (started)
    lower = chain_instance__remove_start(instance, own, &catalog);
  startup_unlock();
  lower_provider_close_all(lower);
  catalog_release(catalog);
  return started;
}

INT chain_instance_start(const WSAPROTOCOL_INFOW *info, const WSPUPCALLTABLE *upcalls,
                         chain_instance_t **instance)
{
  catalog_t *catalog = current_catalog_acquire(info->dwCatalogEntryId);

  if (catalog == NULL)
    return WSASYSNOTREADY;
  INT error = chain_instance__start(catalog, info, upcalls, false, instance);
  catalog_release(catalog);
  return error;
}

bool chain_instance_stop(chain_instance_t *instance)
{
  return chain_instance__stop(instance, false);
}

INT chain_instance_sibling(chain_instance_t *instance, const catalog_entry_t *entry,
                           chain_instance_t **sibling)
{
  catalog_entry_t *own = &instance->catalog->entries[entry - instance->catalog->entries];

  if (instance->place.on_top && instance->info.dwCatalogEntryId == entry->info.dwCatalogEntryId)
    *sibling = instance;
  else
    *sibling = own->attached;
  if (*sibling != NULL)
    return 0;

  WSPUPCALLTABLE table = upcalls_latest();
  chain_instance_t *started;
  INT error = chain_instance__start(instance->catalog, &entry->info, &table, true, &started);
  if (error != 0)
    return error;

  *sibling = InterlockedCompareExchangePointer(&own->attached, started, NULL);
  if (*sibling == NULL)
    *sibling = started;
  else /* another thread was first: one start of our own is enough */
    chain_instance__stop(started, true);
  return 0;
}

void chain_instance_detach(chain_instance_rest_t *rest)
{
  catalog_t *catalog;

  rest->lower_providers = NULL;
  rest->catalog_count = 0;
  for (size_t i = 0; i < CHAIN_INSTANCE_COUNT; i++)
    while (instances[i].own_starts > 0) {
      lower_provider_t *lower = chain_instance__remove_start(&instances[i], true, &catalog);

      if (catalog != NULL)
        rest->catalogs[rest->catalog_count++] = catalog;
      if (lower != NULL) {
        lower->next = rest->lower_providers;
        rest->lower_providers = lower;
      }
    }
  catalog = current_catalog_detach();
  if (catalog != NULL)
    rest->catalogs[rest->catalog_count++] = catalog;
  upcalls_forget();
}

void chain_instance_close(chain_instance_rest_t *rest)
{
  lower_provider_close_all(rest->lower_providers);
  while (rest->catalog_count > 0)
    catalog_release(rest->catalogs[--rest->catalog_count]);
}
