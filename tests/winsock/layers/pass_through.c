/* pass_through.dll: the least a layer can be. It starts the next provider by the rules of
 * docs/winsock-notes.md 1 and hands out that provider's functions, its own WSPSocket excepted, which follows
 * the propagation rule. It proves that the stand-in loads layers, and is what a layer costs at least
 * (tests/bench).
 *
 * The handles stay labelled with the next provider's entry: nothing here needs the later calls.
 *
 * The environment variable PASS_THROUGH makes it a bad layer, to see what ws2_32 and the base provider do
 * about it:
 * - refuse:N: WSPSocket fails with error N
 * - chain-info: the base provider's WSPSocket is handed our own info
 * - fail: WSPStartup fails
 * - version: WSPStartup answers with version 1.1
 * - table: WSPStartup leaves a function out */
#include "../entries.h"
#include "../provider_path.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CHAINS 16

/* A table belongs to one chain, since each is installed under a GUID of its own; but the functions get no
 * context argument, so one chain is told from another by the catalog id in the info. */
typedef struct chain {
  DWORD id;
  WSAPROTOCOL_INFOW next_info; /* what goes to the next provider where that is the base */
  BOOL next_is_base;
  WSPPROC_TABLE next;
} chain_t;

static chain_t chains[MAX_CHAINS];
static volatile LONG chain_count;
static char wanted[32]; /* what PASS_THROUGH said at the first start */

static BOOL misbehave(const char *how, int *value)
{
  size_t compared = strlen(how);

  if (strncmp(wanted, how, compared) != 0)
    return FALSE;
  if (value != NULL)
    *value = atoi(wanted + compared);
  return TRUE;
}

/* Our place in the chain: the link whose DLL is this one, by our hidden entry's id or, with another layer
 * above, by our chain's. */
static int own_place(const WSPUPCALLTABLE *upcalls, const WSAPROTOCOL_INFOW *infos, int count,
                     const WSAPROTOCOLCHAIN *links)
{
  for (int place = 0; place < links->ChainLen - 1 && place < MAX_PROTOCOL_CHAIN - 1; place++) {
    const WSAPROTOCOL_INFOW *info = entries_find(infos, count, links->ChainEntries[place]);
    wchar_t path[MAX_PATH];

    if (info != NULL && provider_path(upcalls->lpWPUGetProviderPath, &info->ProviderId, path) &&
        wcsstr(path, L"pass_through.dll") != NULL)
      return place;
  }
  return 0;
}

static HMODULE load(const WSPUPCALLTABLE *upcalls, const WSAPROTOCOL_INFOW *info)
{
  wchar_t path[MAX_PATH];

  if (!provider_path(upcalls->lpWPUGetProviderPath, &info->ProviderId, path))
    return NULL;
  return LoadLibraryW(path);
}

static SOCKET WSPAPI pass_WSPSocket(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                                    GROUP g, DWORD dwFlags, LPINT lpErrno)
{
  if (misbehave("refuse:", lpErrno))
    return INVALID_SOCKET;
  for (LONG i = 0; i < chain_count; i++) {
    chain_t *chain = chains + i;

    if (chain->id != lpProtocolInfo->dwCatalogEntryId)
      continue;
    BOOL substitute = chain->next_is_base && !misbehave("chain-info", NULL);
    WSAPROTOCOL_INFOW info = substitute ? chain->next_info : *lpProtocolInfo;
    info.dwProviderReserved = lpProtocolInfo->dwProviderReserved;
    return chain->next.lpWSPSocket(af, type, protocol, &info, g, dwFlags, lpErrno);
  }
  *lpErrno = WSAEINVAL;
  return INVALID_SOCKET;
}

int WSPAPI WSPStartup(WORD wVersionRequested, LPWSPDATA lpWSPData, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                      WSPUPCALLTABLE UpcallTable, LPWSPPROC_TABLE lpProcTable)
{
  const WSAPROTOCOLCHAIN *links = &lpProtocolInfo->ProtocolChain;

  if (!chain_count && GetEnvironmentVariableA("PASS_THROUGH", wanted, sizeof wanted) >= sizeof wanted)
    wanted[0] = 0;
  if (links->ChainLen <= BASE_PROTOCOL || chain_count == MAX_CHAINS || misbehave("fail", NULL))
    return WSASYSNOTREADY;
  int count;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);
  int place = own_place(&UpcallTable, infos, count, links);
  const WSAPROTOCOL_INFOW *next = entries_find(infos, count, links->ChainEntries[place + 1]);
  HMODULE module = next != NULL ? load(&UpcallTable, next) : NULL;
  LPWSPSTARTUP startup =
      module != NULL ? (LPWSPSTARTUP)(void (*)(void))GetProcAddress(module, "WSPStartup") : NULL;
  int error = WSASYSNOTREADY;
  if (startup != NULL) {
    chain_t *chain = chains + chain_count;

    chain->id = lpProtocolInfo->dwCatalogEntryId;
    chain->next_is_base = links->ChainLen == place + 2;
    chain->next_info = *next;
    error = startup(wVersionRequested, lpWSPData, chain->next_is_base ? &chain->next_info : lpProtocolInfo,
                    UpcallTable, lpProcTable);
    if (!error) {
      chain->next = *lpProcTable;
      lpProcTable->lpWSPSocket = pass_WSPSocket;
      if (misbehave("version", NULL))
        lpWSPData->wVersion = MAKEWORD(1, 1);
      if (misbehave("table", NULL))
        lpProcTable->lpWSPGetQOSByName = NULL;
      InterlockedIncrement(&chain_count);
    }
  }
  free(infos);
  return error;
}
