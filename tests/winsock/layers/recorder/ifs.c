/* An IFS layer: its clients use the handles of the provider below. */
#include "kind.h"

const char kind_name[] = "ifs";

/* "it is mandatory that the provider call WPUModifyIFSHandle prior to supplying the new handle" (Descriptor
 * Allocation). A provider below without IFS handles keeps its own. */
SOCKET kind_adopt(chain_t *chain, SOCKET below, int *error)
{
  int ignored;

  if (!chain->ifs)
    return below;
  SOCKET adopted = chain_upcalls()->lpWPUModifyIFSHandle(chain->own_id, below, error);
  if (adopted == INVALID_SOCKET)
    chain->next.lpWSPCloseSocket(below, &ignored);
  return adopted;
}

BOOL kind_below(chain_t **chain, SOCKET s, SOCKET *below, int *error)
{
  (void)chain;
  (void)error;
  *below = s;
  return TRUE;
}

void kind_closed(SOCKET s)
{
  (void)s;
}

/* ws2_32 may ask about a handle that this process inherited, and asks any IFS provider: the socket's chain is
 * the one over the entry that the provider below names. */
void kind_describe(const chain_t *chain, WSAPROTOCOL_INFOW *answer)
{
  (void)chain;
  WSAPROTOCOL_INFOW entry;
  if (!chain_entry_over(answer->dwCatalogEntryId, &entry))
    return;
  entry.iProtocol = answer->iProtocol;
  *answer = entry;
}

void kind_complete_table(WSPPROC_TABLE *table)
{
  (void)table;
}

void kind_end(void) {}
