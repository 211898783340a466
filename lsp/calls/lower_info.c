#include "lower_info.h"

#include "protocol_info.h"

/* A layer finds itself in what we were handed, now or in WSPStartup (a layer above may have started us with
 * another chain's info); else only in our chain (chain.h). */
static bool lower_info__passes(const chain_instance_t *instance, const WSAPROTOCOL_INFOW *given)
{
  const chain_place_t *place = &instance->place;

  return !place->lower_is_base &&
         (place->lower_info == &instance->info || chain_holds(given, place->lower->info.dwCatalogEntryId));
}

WSAPROTOCOL_INFOW *lower_info(const chain_instance_t *instance, WSAPROTOCOL_INFOW *given,
                              const catalog_entry_t *entry, WSAPROTOCOL_INFOW *storage)
{
  if (given != NULL && lower_info__passes(instance, given))
    return given;
  *storage = *instance->place.lower_info;
  if (given != NULL)
    protocol_info_copy_shared(storage, given, &entry->info);
  return storage;
}
