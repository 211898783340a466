#include "protocol_info.h"

policy_triple_t protocol_info_effective(const WSAPROTOCOL_INFOW *entry, policy_triple_t requested)
{
  policy_triple_t effective = requested;

  if (requested.af == AF_UNSPEC || requested.af == FROM_PROTOCOL_INFO)
    effective.af = entry->iAddressFamily;
  if (requested.type == 0 || requested.type == FROM_PROTOCOL_INFO)
    effective.type = entry->iSocketType;
  if (requested.protocol == 0 || requested.protocol == FROM_PROTOCOL_INFO)
    effective.protocol = entry->iProtocol;
  return effective;
}

bool protocol_info_is_shared(const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *entry)
{
  return info->dwProviderReserved != 0 || info->dwServiceFlags3 != entry->dwServiceFlags3 ||
         info->dwServiceFlags4 != entry->dwServiceFlags4;
}

void protocol_info_copy_shared(WSAPROTOCOL_INFOW *to, const WSAPROTOCOL_INFOW *from,
                               const WSAPROTOCOL_INFOW *entry)
{
  to->dwProviderReserved = from->dwProviderReserved;
  if (from->dwServiceFlags3 != entry->dwServiceFlags3)
    to->dwServiceFlags3 = from->dwServiceFlags3;
  if (from->dwServiceFlags4 != entry->dwServiceFlags4)
    to->dwServiceFlags4 = from->dwServiceFlags4;
}
