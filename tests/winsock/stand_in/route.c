#include "route.h"

#include "handles.h"
#include "upcalls.h"

/* A provider that has to be asked: the first entry of each distinct IFS provider. */
static BOOL first_of_its_provider(const entry_t *entries, const entry_t *entry)
{
  for (const entry_t *other = entries; other < entry; other++) {
    if (other->info.dwServiceFlags1 & XP1_IFS_HANDLES &&
        other->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL &&
        IsEqualGUID(&other->info.ProviderId, &entry->info.ProviderId))
      return FALSE;
  }
  return TRUE;
}

static const WSPPROC_TABLE *provider_to_ask(DWORD index)
{
  const WSPPROC_TABLE *table = NULL;

  process_lock();
  DWORD count;
  entry_t *entries = process_entries(&count);
  entry_t *entry = entries + index;
  if (index < count && entry->info.dwServiceFlags1 & XP1_IFS_HANDLES &&
      entry->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL && first_of_its_provider(entries, entry) &&
      provider_start(entry) == 0)
    table = &entry->provider->table;
  process_unlock();
  return table;
}

static entry_t *adopt(SOCKET socket)
{
  DWORD flags, count;

  if (socket == INVALID_SOCKET || !GetHandleInformation((HANDLE)socket, &flags))
    return NULL;
  process_entries(&count);
  for (DWORD i = 0; i < count; i++) {
    const WSPPROC_TABLE *table = provider_to_ask(i);

    if (table == NULL)
      continue;
    WSAPROTOCOL_INFOW info;
    int size = sizeof info, error = 0;
    /* Not under the lock: a provider may take its time. */
    if (table->lpWSPGetSockOpt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size, &error))
      continue;
    upcalls_table().lpWPUModifyIFSHandle(info.dwCatalogEntryId, socket, &error);
    return handles_owner(socket);
  }
  return NULL;
}

const WSPPROC_TABLE *route_socket(SOCKET socket)
{
  if (!process_started())
    return NULL;
  entry_t *owner = handles_owner(socket);
  if (owner == NULL)
    owner = adopt(socket);
  if (owner == NULL) {
    SetLastError(WSAENOTSOCK);
    return NULL;
  }
  return &owner->provider->table;
}

int route_result(int result, int error)
{
  if (result == SOCKET_ERROR)
    SetLastError(error ? (DWORD)error : WSASYSCALLFAILURE);
  return result;
}

SOCKET route_socket_result(SOCKET socket, int error)
{
  if (socket == INVALID_SOCKET) {
    SetLastError(error ? (DWORD)error : WSASYSCALLFAILURE);
    return INVALID_SOCKET;
  }
  /* A provider that returns a handle it never registered breaks "Descriptor Allocation": the IFS provider
   * must call WPUModifyIFSHandle "prior to supplying the new handle". */
  if (handles_owner(socket) == NULL) {
    SetLastError(WSASYSCALLFAILURE);
    return INVALID_SOCKET;
  }
  return socket;
}
