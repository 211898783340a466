#include "calls.h"

#include "chain_search.h"
#include "handle.h"
#include "protocol_info.h"

/* The info of the chain that the other process shall open the socket in. On top that is our chain over
 * whatever the socket was made in: a layer may use one table of ours for all its chains. */
static const WSAPROTOCOL_INFOW *duplicate__chain(const chain_instance_t *instance, DWORD lower_id)
{
  const chain_place_t *place = &instance->place;
  const catalog_entry_t *chain = NULL;

  if (place->on_top)
    chain = chain_search_over(instance->catalog, catalog_find(instance->catalog, lower_id), place->chain);
  return chain != NULL ? &chain->info : &place->chain->info;
}

/*
 * lpProtocolInfo is what the other process will open the socket with, so it must name our chain there, with
 * the state that the lower provider put in. The lower provider's structure obeys the propagation rule on the
 * way in as well; the caller's is written to on success only. Without one the lower provider says which is
 * wrong first: that, the socket or the process.
 */
int call_duplicate_socket(chain_instance_t *instance, SOCKET s, DWORD dwProcessId,
                          LPWSAPROTOCOL_INFOW lpProtocolInfo, LPINT lpErrno)
{
  WSAPROTOCOL_INFOW lower = *instance->place.lower_info;
  INT error = 0;

  if (instance->lower.lpWSPDuplicateSocket(s, dwProcessId, lpProtocolInfo != NULL ? &lower : NULL, &error) !=
      0) {
    handle_fail(lpErrno, error);
    return SOCKET_ERROR;
  }
  if (lpProtocolInfo == NULL)
    return 0;
  *lpProtocolInfo = *duplicate__chain(instance, lower.dwCatalogEntryId);
  protocol_info_copy_shared(lpProtocolInfo, &lower, instance->place.lower_info);
  return 0;
}
