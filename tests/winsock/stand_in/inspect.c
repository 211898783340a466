/* What tests may ask of the stand-in that no ws2_32 tells: whose a handle is, by the label alone, without
 * asking the provider it leads to. */
#include "handles.h"

DWORD WSAAPI StandInHandleCount(void);
DWORD WSAAPI StandInHandleOwner(SOCKET socket);

DWORD WSAAPI StandInHandleCount(void)
{
  return handles_count();
}

/* The catalog id; 0 where the handle is not known. */
DWORD WSAAPI StandInHandleOwner(SOCKET socket)
{
  const entry_t *owner = handles_owner(socket);

  return owner != NULL ? owner->info.dwCatalogEntryId : 0;
}
