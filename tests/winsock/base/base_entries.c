#include "base_entries.h"

#include "../provider_path.h"
#include "base_foreign.h"
#include "base_raw.h"
#include "builtin.h"

#include <ws2spi.h>

#define MAX_ENTRIES 16

static WSAPROTOCOL_INFOW entries[MAX_ENTRIES];
static int entry_count;

static BOOL is_ours(const WSAPROTOCOL_INFOW *info, LPWSCGETPROVIDERPATH get_path)
{
  static const WCHAR own_name[] = L"swbase.dll";
  WCHAR path[MAX_PATH];

  if (info->ProtocolChain.ChainLen != BASE_PROTOCOL || !provider_path(get_path, &info->ProviderId, path))
    return FALSE;
  const WCHAR *name = path;
  for (const WCHAR *at = path; *at; at++) {
    if (*at == L'\\')
      name = at + 1;
  }
  return lstrcmpiW(name, own_name) == 0;
}

static BOOL CALLBACK load(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
  (void)once;
  (void)parameter;
  (void)context;
  /* The one that called us: by its bare name the built-in could be meant. */
  HMODULE ws2_32 = GetModuleHandleW(L"C:\\windows\\system32\\ws2_32.dll");
  LPWSCENUMPROTOCOLS enumerate =
      (LPWSCENUMPROTOCOLS)(void (*)(void))GetProcAddress(ws2_32, "WSCEnumProtocols");
  LPWSCGETPROVIDERPATH get_path =
      (LPWSCGETPROVIDERPATH)(void (*)(void))GetProcAddress(ws2_32, "WSCGetProviderPath");
  if (enumerate == NULL || get_path == NULL)
    return FALSE;
  static WSAPROTOCOL_INFOW all[256];
  DWORD size = sizeof all;
  int error, count = enumerate(NULL, all, &size, &error);
  for (int i = 0; i < count && entry_count < MAX_ENTRIES; i++) {
    if (is_ours(all + i, get_path))
      entries[entry_count++] = all[i];
  }
  return entry_count > 0;
}

int base_entries_load(void)
{
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

  return InitOnceExecuteOnce(&once, load, NULL, NULL) ? 0 : WSASYSNOTREADY;
}

int base_entries_check(const WSAPROTOCOL_INFOW *info)
{
  if (info == NULL)
    return WSAEFAULT;
  if (info->ProtocolChain.ChainLen != BASE_PROTOCOL)
    return WSAEINVAL;
  for (int i = 0; i < entry_count; i++) {
    if (entries[i].dwCatalogEntryId == info->dwCatalogEntryId &&
        IsEqualGUID(&entries[i].ProviderId, &info->ProviderId))
      return 0;
  }
  return WSAEINVAL;
}

/* Wine's built-in makes IPv6 raw sockets of some protocols but cannot describe them: SO_TYPE and
 * SO_PROTOCOL_INFO fail without an error, or tell zeros. It describes every other socket, and the protocol
 * stays unknown. */
static void describe_raw(SOCKET socket, WSAPROTOCOL_INFOW *info)
{
  DWORD only;
  int size = sizeof only;
  BOOL ipv6 = !builtin()->getsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&only, &size);

  info->iAddressFamily = ipv6 ? AF_INET6 : AF_INET;
  info->iSocketType = SOCK_RAW;
  info->iProtocol = 0;
}

int base_entries_of_socket(SOCKET socket, WSAPROTOCOL_INFOW *info)
{
  WSAPROTOCOL_INFOW built_in = {0};
  int size = sizeof built_in, error = base_foreign_introduce(socket);

  if (error)
    return error;
  if (!base_raw_describe(socket, &built_in) &&
      (builtin()->getsockopt(socket, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&built_in, &size) ||
       built_in.iSocketType == 0))
    describe_raw(socket, &built_in);
  for (int i = 0; i < entry_count; i++) {
    const WSAPROTOCOL_INFOW *entry = entries + i;

    if (entry->iAddressFamily != built_in.iAddressFamily || entry->iSocketType != built_in.iSocketType ||
        built_in.iProtocol < entry->iProtocol ||
        built_in.iProtocol > entry->iProtocol + entry->iProtocolMaxOffset)
      continue;
    *info = *entry;
    info->iProtocol = built_in.iProtocol;
    return 0;
  }
  return WSAENOTSOCK;
}
