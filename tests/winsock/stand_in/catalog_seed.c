#include "catalog.h"

#include <string.h>
#include <wchar.h>

/* The provider GUIDs of Windows' own MSAFD entries: one for IPv4, one for IPv6. */
static const GUID msafd_ipv4 = {0xe70f1aa0, 0xab8b, 0x11cf, {0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}};
static const GUID msafd_ipv6 = {0xf9eab0c0, 0x26d4, 0x11d0, {0xbb, 0xbf, 0x00, 0xaa, 0x00, 0x6c, 0x34, 0xe4}};

#define BASE_PROVIDER_PATH "%SystemRoot%\\system32\\swbase.dll"

#define STREAM_FLAGS                                                                                         \
  (XP1_IFS_HANDLES | XP1_EXPEDITED_DATA | XP1_GRACEFUL_CLOSE | XP1_GUARANTEED_ORDER | XP1_GUARANTEED_DELIVERY)
#define DATAGRAM_FLAGS                                                                                       \
  (XP1_IFS_HANDLES | XP1_SUPPORT_MULTIPOINT | XP1_SUPPORT_BROADCAST | XP1_MESSAGE_ORIENTED |                 \
   XP1_CONNECTIONLESS)

/* Flags and sizes as Windows has them; the RAW message size is the one Microsoft's "TCP/IP raw sockets"
 * names. RAW is hidden, as Wine's test suite found on Windows. */
static const struct {
  const GUID *provider;
  int family, address_size, type, protocol, max_offset;
  DWORD service_flags, message_size;
  const wchar_t *name;
} base_entries[] = {
    {&msafd_ipv4, AF_INET, 16, SOCK_STREAM, IPPROTO_TCP, 0, STREAM_FLAGS, 0, L"MSAFD Tcpip [TCP/IP]"},
    {&msafd_ipv4, AF_INET, 16, SOCK_DGRAM, IPPROTO_UDP, 0, DATAGRAM_FLAGS, 65527, L"MSAFD Tcpip [UDP/IP]"},
    {&msafd_ipv4, AF_INET, 16, SOCK_RAW, 0, 255, DATAGRAM_FLAGS, 65467, L"MSAFD Tcpip [RAW/IP]"},
    {&msafd_ipv6, AF_INET6, 28, SOCK_STREAM, IPPROTO_TCP, 0, STREAM_FLAGS, 0, L"MSAFD Tcpip [TCP/IPv6]"},
    {&msafd_ipv6, AF_INET6, 28, SOCK_DGRAM, IPPROTO_UDP, 0, DATAGRAM_FLAGS, 65527, L"MSAFD Tcpip [UDP/IPv6]"},
    {&msafd_ipv6, AF_INET6, 28, SOCK_RAW, 0, 255, DATAGRAM_FLAGS, 65467, L"MSAFD Tcpip [RAW/IPv6]"},
};

int catalog_seed(catalog_t *catalog)
{
  const DWORD first_id = 1001;

  catalog->next_id = first_id;
  for (size_t i = 0; i < sizeof base_entries / sizeof *base_entries; i++) {
    catalog_item_t item = {.path = BASE_PROVIDER_PATH};
    WSAPROTOCOL_INFOW *info = &item.info;

    info->dwServiceFlags1 = base_entries[i].service_flags;
    info->dwProviderFlags = PFL_MATCHES_PROTOCOL_ZERO | (base_entries[i].type == SOCK_RAW ? PFL_HIDDEN : 0);
    info->ProviderId = *base_entries[i].provider;
    info->dwCatalogEntryId = catalog->next_id++;
    info->ProtocolChain.ChainLen = BASE_PROTOCOL;
    info->iVersion = 2;
    info->iAddressFamily = base_entries[i].family;
    info->iMaxSockAddr = info->iMinSockAddr = base_entries[i].address_size;
    info->iSocketType = base_entries[i].type;
    info->iProtocol = base_entries[i].protocol;
    info->iProtocolMaxOffset = base_entries[i].max_offset;
    info->iNetworkByteOrder = BIGENDIAN;
    info->iSecurityScheme = SECURITY_PROTOCOL_NONE;
    info->dwMessageSize = base_entries[i].message_size;
    wcscpy(info->szProtocol, base_entries[i].name);
    int error = catalog_append(catalog, &item);
    if (error)
      return error;
  }
  return 0;
}
