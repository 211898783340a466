#include "provider.h"

#include "handle.h"
#include "lower_info.h"

/*
 * lpProtocolInfo is what the other process will open the socket with, so it must name our chain there, with
 * the state that the lower provider put in. Below, the structure obeys the propagation rule on the way in as
 * well; the caller's is written to on success only. Without one the provider below says which is wrong first:
 * that, the socket or the process.
 */
int provider_duplicate_socket(slot_t *slot, SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                              LPINT lpErrno)
{
  WSAPROTOCOL_INFOW below;
  INT error = 0;

  info_down_fresh(slot, &below);
  if (slot->below.lpWSPDuplicateSocket(s, dwProcessId, lpProtocolInfo != NULL ? &below : NULL, &error) != 0) {
    handle_fail(lpErrno, error);
    return SOCKET_ERROR;
  }
  if (lpProtocolInfo == NULL)
    return 0;

  /* On top, our chain over whatever the socket was made in: a layer may use one table of ours for all its
   * chains. */
  const catalog_entry_t *chain = NULL;
  if (slot->place.top)
    chain = chain_over(slot->catalog, below.dwCatalogEntryId, slot->place.chain);
  *lpProtocolInfo = chain != NULL ? chain->info : slot->place.chain->info;
  chain_info_share(lpProtocolInfo, &below,
                   slot->place.next_is_base ? &slot->place.next->info : slot->place.down);
  return 0;
}
