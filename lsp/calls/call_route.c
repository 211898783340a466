#include "call_route.h"

#include "chain_search.h"
#include "protocol_info.h"

/* The entry of the id that an info names: the chain's own without a look into the catalog. NULL for no info
 * and for an id that the catalog does not have. */
static const catalog_entry_t *call_route__find(const chain_instance_t *instance,
                                               const WSAPROTOCOL_INFOW *given)
{
  if (given == NULL)
    return NULL;
  if (given->dwCatalogEntryId == instance->place.chain->info.dwCatalogEntryId)
    return instance->place.chain;
  return catalog_find(instance->catalog, given->dwCatalogEntryId);
}

static const catalog_entry_t *call_route__transport(const chain_instance_t *instance,
                                                    const catalog_entry_t *named)
{
  return named != NULL && named->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL ? named
                                                                                 : instance->place.chain;
}

/* The instance that serves the chain which the info names. */
static chain_instance_t *call_route__instance(chain_instance_t *through, const catalog_entry_t *named)
{
  chain_instance_t *sibling;
  chain_place_t place;

  if (named == NULL || named->info.ProtocolChain.ChainLen < 2 ||
      !chain_locate(through->catalog, &named->info, &place) || place.lower == through->place.lower)
    return through;
  return chain_instance_sibling(through, named, &sibling) == 0 ? sibling : through;
}

const catalog_entry_t *call_route_entry(const chain_instance_t *instance, const WSAPROTOCOL_INFOW *given)
{
  return call_route__transport(instance, call_route__find(instance, given));
}

void call_route_resolve(chain_instance_t *through, const WSAPROTOCOL_INFOW *given, policy_triple_t requested,
                        call_route_t *route)
{
  const catalog_entry_t *named = call_route__find(through, given);
  bool as_started = given == NULL || given->dwCatalogEntryId == through->info.dwCatalogEntryId;

  route->instance = as_started ? through : call_route__instance(through, named);
  route->entry = call_route__transport(route->instance, named);
  route->on_top = through->place.on_top && (as_started || (named != NULL && named->ours));
  route->shared = given != NULL && protocol_info_is_shared(given, &route->entry->info);
  route->requested = requested;
  route->effective = protocol_info_effective(&route->entry->info, requested);
}

INT call_route_rewrite(const call_route_t *route, const policy_triple_t *triple, chain_instance_t **instance)
{
  INT error = 0;

  *instance = NULL;
  if (route->shared || !route->on_top)
    return WSAEACCES;
  const catalog_entry_t *chain = chain_search_triple(route->instance->catalog, triple, &error);
  return chain == NULL ? error : chain_instance_sibling(route->instance, chain, instance);
}
