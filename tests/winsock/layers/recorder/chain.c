#include "chain.h"

#include "../../entries.h"
#include "../../provider_path.h"
#include "layer.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static chain_t chains[CHAIN_COUNT];
static SRWLOCK lock = SRWLOCK_INIT; /* over `used` */
static WSPUPCALLTABLE newest_upcalls;

const WSPUPCALLTABLE *chain_upcalls(void)
{
  return &newest_upcalls;
}

chain_t *chain_at(int number)
{
  return chains + number;
}

static BOOL path_of(const WSAPROTOCOL_INFOW *info, wchar_t path[MAX_PATH])
{
  return provider_path(WSCGetProviderPath, &info->ProviderId, path);
}

static BOOL is_ours(const WSAPROTOCOL_INFOW *info)
{
  wchar_t own[MAX_PATH], path[MAX_PATH];

  GetModuleFileNameW(layer_module(), own, MAX_PATH);
  return info != NULL && path_of(info, path) && _wcsicmp(path, own) == 0;
}

/* The hidden entry of the layer that owns the entry `of`. Unchanged where there is none. */
static void hidden_entry_of(const WSAPROTOCOL_INFOW *of, WSAPROTOCOL_INFOW *entry)
{
  wchar_t path[MAX_PATH], other[MAX_PATH];
  int count;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);

  for (int i = 0; infos != NULL && path_of(of, path) && i < count; i++) {
    if (infos[i].ProtocolChain.ChainLen == LAYERED_PROTOCOL && path_of(infos + i, other) &&
        _wcsicmp(path, other) == 0)
      *entry = infos[i];
  }
  free(infos);
}

/* Our place: the first link whose DLL is this one, by our hidden entry's id or, with another layer above, by
 * our chain's. -1 where there is none with a provider below it. */
static int place_in(const WSAPROTOCOL_INFOW *infos, int count, const WSAPROTOCOLCHAIN *links)
{
  for (int place = 0; place + 1 < links->ChainLen && place + 1 < MAX_PROTOCOL_CHAIN; place++) {
    if (is_ours(entries_find(infos, count, links->ChainEntries[place])))
      return place;
  }
  return -1;
}

static int locate(chain_t *chain, wchar_t path[MAX_PATH])
{
  int count, error = WSAEINVAL;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);
  const WSAPROTOCOLCHAIN *links = &chain->info.ProtocolChain;
  int place = infos != NULL ? place_in(infos, count, links) : -1;
  const WSAPROTOCOL_INFOW *next =
      place < 0 ? NULL : entries_find(infos, count, links->ChainEntries[place + 1]);

  if (next != NULL && path_of(next, path)) {
    const WSAPROTOCOL_INFOW *own = entries_find(infos, count, links->ChainEntries[place]);

    /* The hidden entry owns no handles: it stands for the chain that was handed to us. */
    chain->own_info = own->ProtocolChain.ChainLen == LAYERED_PROTOCOL ? chain->info : *own;
    chain->own_id = chain->own_info.dwCatalogEntryId;
    chain->next_info = *next;
    chain->next_is_base = next->ProtocolChain.ChainLen == BASE_PROTOCOL;
    chain->ifs = (next->dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
    error = 0;
  }
  free(infos);
  return error;
}

static chain_t *take(void)
{
  chain_t *free_one = NULL;

  AcquireSRWLockExclusive(&lock);
  for (int i = 0; i < CHAIN_COUNT && free_one == NULL; i++) {
    if (!chains[i].used)
      free_one = chains + i;
  }
  if (free_one != NULL)
    free_one->used = TRUE;
  ReleaseSRWLockExclusive(&lock);
  return free_one;
}

static void give_back(chain_t *chain)
{
  AcquireSRWLockExclusive(&lock);
  chain->used = FALSE;
  ReleaseSRWLockExclusive(&lock);
}

/* What the layer below is told that it is started for: the same, by the rule; otherwise where RECORD_INFO
 * says so (chain.h). `next` is never the base provider here. */
static void told(const chain_t *chain, WSAPROTOCOL_INFOW *info)
{
  static WSAPROTOCOL_INFOW first;
  char how[16];
  DWORD length = GetEnvironmentVariableA("RECORD_INFO", how, sizeof how);

  *info = chain->info;
  if (!length || length >= sizeof how)
    return;
  AcquireSRWLockExclusive(&lock);
  if (first.ProtocolChain.ChainLen == 0)
    first = chain->info;
  if (strcmp(how, "first") == 0)
    *info = first;
  ReleaseSRWLockExclusive(&lock);
  if (strcmp(how, "none") == 0) {
    int last = info->ProtocolChain.ChainLen - 1;

    info->ProtocolChain.ChainEntries[1] = info->ProtocolChain.ChainEntries[last];
    info->ProtocolChain.ChainLen = 2;
  } else if (strcmp(how, "hidden") == 0) {
    hidden_entry_of(&chain->next_info, info);
  }
}

int chain_start(WORD version, LPWSPDATA data, const WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcalls,
                chain_t **result)
{
  chain_t *chain = take();

  if (chain == NULL)
    return WSAEPROCLIM;
  chain->info = *info;
  newest_upcalls = upcalls;
  wchar_t path[MAX_PATH];
  int error = locate(chain, path);
  chain->module = error ? NULL : LoadLibraryW(path);
  LPWSPSTARTUP startup = NULL;
  if (chain->module != NULL)
    startup = (LPWSPSTARTUP)(void (*)(void))GetProcAddress(chain->module, "WSPStartup");
  if (startup != NULL) {
    WSAPROTOCOL_INFOW given, storage;

    told(chain, &given);
    error = startup(version, data, chain_info_down(chain, &given, &storage), upcalls, &chain->next);
  } else if (!error) {
    error = WSAEPROVIDERFAILEDINIT;
  }
  if (error) {
    if (chain->module != NULL)
      FreeLibrary(chain->module);
    give_back(chain);
    return error;
  }
  *result = chain;
  return 0;
}

int chain_stop(chain_t *chain)
{
  int error = 0;

  if (chain->next.lpWSPCleanup(&error) == 0)
    error = 0;
  FreeLibrary(chain->module);
  give_back(chain);
  return error;
}

WSAPROTOCOL_INFOW *chain_info_down(const chain_t *chain, WSAPROTOCOL_INFOW *given, WSAPROTOCOL_INFOW *storage)
{
  if (!chain->next_is_base)
    return given;
  *storage = chain->next_info;
  if (given != NULL)
    storage->dwProviderReserved = given->dwProviderReserved;
  return storage;
}

BOOL chain_entry_over(DWORD below, WSAPROTOCOL_INFOW *entry)
{
  int count;
  BOOL found = FALSE;
  WSAPROTOCOL_INFOW *infos = entries_enumerate(&count);

  for (int i = 0; infos != NULL && !found && i < count; i++) {
    const WSAPROTOCOLCHAIN *links = &infos[i].ProtocolChain;

    found = links->ChainLen > BASE_PROTOCOL && links->ChainEntries[1] == below && is_ours(infos + i);
    if (found)
      *entry = infos[i];
  }
  free(infos);
  return found;
}
