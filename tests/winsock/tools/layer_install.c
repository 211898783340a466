#include "layer_install.h"

#include "../entries.h"

#include <rpc.h>
#include <ws2spi.h>
#include <sporder.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* What is layered over, in this order. RAW stands for every protocol number. */
static const struct {
  int family, type;
} covered[] = {
    {AF_INET, SOCK_STREAM},  {AF_INET, SOCK_DGRAM},  {AF_INET, SOCK_RAW},
    {AF_INET6, SOCK_STREAM}, {AF_INET6, SOCK_DGRAM}, {AF_INET6, SOCK_RAW},
};

#define COVERED (sizeof covered / sizeof *covered)

static BOOL failed(const char *call, int error)
{
  fprintf(stderr, "layerctl: %s failed: %d\n", call, error);
  return FALSE;
}

WSAPROTOCOL_INFOW *layer_enumerate(int *count)
{
  WSAPROTOCOL_INFOW *infos = entries_enumerate(count);

  if (infos == NULL)
    failed("WSCEnumProtocols", (int)GetLastError());
  return infos;
}

void layer_path(const WSAPROTOCOL_INFOW *info, wchar_t path[MAX_PATH])
{
  GUID id = info->ProviderId;
  int length = MAX_PATH, error;

  if (WSCGetProviderPath(&id, path, &length, &error))
    wcscpy(path, L"?");
}

static GUID fresh_guid(void)
{
  GUID id;

  UuidCreate(&id);
  return id;
}

static BOOL install_entry(GUID *provider, const wchar_t *dll, WSAPROTOCOL_INFOW *info)
{
  int error;

  if (WSCInstallProvider(provider, dll, info, 1, &error))
    return failed("WSCInstallProvider", error);
  return TRUE;
}

static const WSAPROTOCOL_INFOW *find_provider(const WSAPROTOCOL_INFOW *infos, int count, const GUID *provider)
{
  for (int i = 0; i < count; i++) {
    if (IsEqualGUID(&infos[i].ProviderId, provider))
      return infos + i;
  }
  return NULL;
}

/* The entry that serves that family and type today: the first in the order that is not hidden. */
static const WSAPROTOCOL_INFOW *find_top(const WSAPROTOCOL_INFOW *infos, int count, int family, int type)
{
  for (int i = 0; i < count; i++) {
    if (infos[i].ProtocolChain.ChainLen != LAYERED_PROTOCOL && infos[i].iAddressFamily == family &&
        infos[i].iSocketType == type)
      return infos + i;
  }
  return NULL;
}

/* The chain over `beneath`: our hidden entry, then what is beneath. A chain beneath is referred to by its own
 * id, with the rest of its entries after it, as Microsoft's sample installer does. */
static BOOL build_chain(const WSAPROTOCOL_INFOW *beneath, DWORD hidden_id, const wchar_t *name, BOOL ifs,
                        WSAPROTOCOL_INFOW *chain)
{
  int length = beneath->ProtocolChain.ChainLen;

  if (length >= MAX_PROTOCOL_CHAIN)
    return FALSE;
  *chain = *beneath;
  if (!ifs)
    chain->dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
  swprintf(chain->szProtocol, WSAPROTOCOL_LEN + 1, L"%ls over [%ls]", name, beneath->szProtocol);
  WSAPROTOCOLCHAIN *links = &chain->ProtocolChain;
  links->ChainLen = length + 1;
  links->ChainEntries[0] = hidden_id;
  links->ChainEntries[1] = beneath->dwCatalogEntryId;
  for (int i = 1; i < length; i++)
    links->ChainEntries[i + 1] = beneath->ProtocolChain.ChainEntries[i];
  return TRUE;
}

/* New chains first, then what was there, our hidden entry last. */
static BOOL write_order(const GUID *chains, int chain_count, const GUID *hidden)
{
  int count, used = 0;
  WSAPROTOCOL_INFOW *infos = layer_enumerate(&count);
  DWORD *order = infos != NULL ? calloc((size_t)count, sizeof *order) : NULL;

  if (order == NULL) {
    free(infos);
    return FALSE;
  }
  DWORD hidden_id = 0;
  for (int i = 0; i < chain_count; i++)
    order[used++] = find_provider(infos, count, chains + i)->dwCatalogEntryId;
  for (int i = 0; i < count; i++) {
    BOOL ours = FALSE;

    for (int chain = 0; chain < chain_count; chain++)
      ours = ours || IsEqualGUID(&infos[i].ProviderId, chains + chain);
    if (IsEqualGUID(&infos[i].ProviderId, hidden))
      hidden_id = infos[i].dwCatalogEntryId;
    else if (!ours)
      order[used++] = infos[i].dwCatalogEntryId;
  }
  order[used++] = hidden_id;
  int error = WSCWriteProviderOrder(order, (DWORD)used);
  free(order);
  free(infos);
  return error ? failed("WSCWriteProviderOrder", error) : TRUE;
}

static BOOL install_chains(const WSAPROTOCOL_INFOW *infos, int count, const wchar_t *dll, const wchar_t *name,
                           BOOL ifs, const GUID *hidden)
{
  GUID chains[COVERED];
  int chain_count = 0;
  const WSAPROTOCOL_INFOW *hidden_info = find_provider(infos, count, hidden);

  for (size_t i = 0; i < COVERED; i++) {
    const WSAPROTOCOL_INFOW *beneath = find_top(infos, count, covered[i].family, covered[i].type);
    WSAPROTOCOL_INFOW chain;

    if (beneath == NULL || !build_chain(beneath, hidden_info->dwCatalogEntryId, name, ifs, &chain))
      continue;
    chains[chain_count] = fresh_guid();
    if (!install_entry(&chains[chain_count++], dll, &chain))
      return FALSE;
  }
  return write_order(chains, chain_count, hidden);
}

BOOL layer_install(const wchar_t *dll, const wchar_t *name, BOOL ifs)
{
  int count;
  WSAPROTOCOL_INFOW *before = layer_enumerate(&count);

  if (before == NULL)
    return FALSE;
  const WSAPROTOCOL_INFOW *model = find_top(before, count, AF_INET, SOCK_STREAM);
  GUID hidden = fresh_guid();
  BOOL done = model != NULL;
  if (done) {
    /* Type and protocol 0 and last in the order: some ws2_32 (ReactOS's) would open sockets on a hidden entry
     * that matches (docs/winsock-notes.md 1). */
    WSAPROTOCOL_INFOW entry = *model;

    entry.ProtocolChain = (WSAPROTOCOLCHAIN){.ChainLen = LAYERED_PROTOCOL};
    entry.dwProviderFlags = PFL_HIDDEN;
    entry.iSocketType = entry.iProtocol = entry.iProtocolMaxOffset = 0;
    if (!ifs)
      entry.dwServiceFlags1 &= ~(DWORD)XP1_IFS_HANDLES;
    swprintf(entry.szProtocol, WSAPROTOCOL_LEN + 1, L"%ls", name);
    done = install_entry(&hidden, dll, &entry);
  }
  free(before);
  if (!done)
    return FALSE;

  WSAPROTOCOL_INFOW *infos = layer_enumerate(&count);
  done = infos != NULL && install_chains(infos, count, dll, name, ifs, &hidden);
  free(infos);
  if (!done)
    layer_remove(dll);
  return done;
}

static BOOL remove_entry(const WSAPROTOCOL_INFOW *info)
{
  GUID id = info->ProviderId;
  int error;

  if (WSCDeinstallProvider(&id, &error))
    return failed("WSCDeinstallProvider", error);
  return TRUE;
}

BOOL layer_remove(const wchar_t *dll)
{
  int count, removed = 0;
  WSAPROTOCOL_INFOW *infos = layer_enumerate(&count);

  if (infos == NULL)
    return FALSE;
  BOOL done = TRUE;
  for (int hidden = 0; hidden <= 1; hidden++) {
    for (int i = 0; i < count; i++) {
      wchar_t path[MAX_PATH];

      if ((infos[i].ProtocolChain.ChainLen == LAYERED_PROTOCOL) != hidden)
        continue;
      layer_path(infos + i, path);
      if (_wcsicmp(path, dll) != 0)
        continue;
      done = remove_entry(infos + i) && done;
      removed++;
    }
  }
  free(infos);
  if (!removed)
    fprintf(stderr, "layerctl: no entry of %ls in the catalog\n", dll);
  return done && removed > 0;
}
