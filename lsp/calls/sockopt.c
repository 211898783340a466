#include "calls.h"

#include <string.h>
#include "chain_search.h"
#include "handle.h"

/*
 * What the lower provider answers of a socket, made to be of our chain over it. ws2_32 asks any IFS provider
 * about a handle that the process inherited, so the chain is found from the answer, not from the function
 * that was called (docs/winsock-notes.md 2). Where the answer differs from its catalog entry, it describes
 * this socket, and that stays.
 */
static void sockopt__map(const chain_instance_t *instance, WSAPROTOCOL_INFOW *answer)
{
  const catalog_entry_t *lower = catalog_find(instance->catalog, answer->dwCatalogEntryId);
  const catalog_entry_t *chain = chain_search_over(instance->catalog, lower, instance->place.chain);

  if (chain == NULL)
    return;
  WSAPROTOCOL_INFOW mapped = chain->info;
  mapped.dwServiceFlags1 &= answer->dwServiceFlags1 | ~lower->info.dwServiceFlags1;
  /* Over a layer without IFS handles ours is its handle, whatever our entry's flags claim. */
  if (!(answer->dwServiceFlags1 & XP1_IFS_HANDLES))
    mapped.dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
  if (answer->iAddressFamily != lower->info.iAddressFamily)
    mapped.iAddressFamily = answer->iAddressFamily;
  if (answer->iSocketType != lower->info.iSocketType)
    mapped.iSocketType = answer->iSocketType;
  if (answer->iProtocol != lower->info.iProtocol)
    mapped.iProtocol = answer->iProtocol;
  *answer = mapped;
}

/* The two structures are the same up to the name at their end. */
static void sockopt__narrow(const WSAPROTOCOL_INFOW *wide, WSAPROTOCOL_INFOA *narrow)
{
  memcpy(narrow, wide, offsetof(WSAPROTOCOL_INFOA, szProtocol));
  if (WideCharToMultiByte(CP_ACP, 0, wide->szProtocol, -1, narrow->szProtocol, sizeof narrow->szProtocol,
                          NULL, NULL) == 0)
    narrow->szProtocol[sizeof narrow->szProtocol - 1] = '\0';
}

static int sockopt__protocol_info(const chain_instance_t *instance, SOCKET s, int optname, char *optval,
                                  LPINT optlen, INT *error)
{
  INT size = optname == SO_PROTOCOL_INFOW ? (INT)sizeof(WSAPROTOCOL_INFOW) : (INT)sizeof(WSAPROTOCOL_INFOA);
  INT answer_size = sizeof(WSAPROTOCOL_INFOW);
  WSAPROTOCOL_INFOW answer = {0};

  /* The handle first: WSAENOTSOCK is what ws2_32 goes by when it looks for the provider of one. */
  if (instance->lower.lpWSPGetSockOpt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&answer, &answer_size,
                                      error) != 0)
    return SOCKET_ERROR;
  if (optlen == NULL || optval == NULL || *optlen < size) {
    if (optlen != NULL)
      *optlen = size;
    *error = WSAEFAULT;
    return SOCKET_ERROR;
  }
  sockopt__map(instance, &answer);
  if (optname == SO_PROTOCOL_INFOW)
    memcpy(optval, &answer, sizeof answer);
  else
    sockopt__narrow(&answer, (WSAPROTOCOL_INFOA *)optval);
  *optlen = size;
  return 0;
}

int call_get_sock_opt(chain_instance_t *instance, SOCKET s, int level, int optname, char *optval,
                      LPINT optlen, LPINT lpErrno)
{
  INT error = 0;

  if (level != SOL_SOCKET || (optname != SO_PROTOCOL_INFOW && optname != SO_PROTOCOL_INFOA))
    return instance->lower.lpWSPGetSockOpt(s, level, optname, optval, optlen, lpErrno);

  int result = sockopt__protocol_info(instance, s, optname, optval, optlen, &error);
  if (result != 0)
    handle_fail(lpErrno, error);
  return result;
}
