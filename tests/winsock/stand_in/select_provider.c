#include "select_provider.h"

static BOOL serves_protocol(const WSAPROTOCOL_INFOW *info, int protocol)
{
  if (protocol == 0 && info->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO)
    return TRUE;
  return protocol >= info->iProtocol && protocol <= info->iProtocol + info->iProtocolMaxOffset;
}

int select_provider(int family, int type, int protocol, const entry_t *after, entry_t **chosen)
{
  *chosen = NULL;
  /* Wine's test suite, which runs on Windows too, has neither family nor protocol fail so, and a type that is
   * nowhere complained of before a family that is nowhere. */
  if (family == AF_UNSPEC && protocol == 0)
    return WSAEINVAL;

  DWORD count;
  entry_t *entries = process_entries(&count);
  BOOL type_anywhere = type == 0, family_known = FALSE, type_known = FALSE;
  for (entry_t *entry = after != NULL ? entries + (after - entries) + 1 : entries; entry < entries + count;
       entry++) {
    const WSAPROTOCOL_INFOW *info = &entry->info;

    /* "Unchained protocol layers are not considered to have partial matches on type or af, either"
     * (WSASocketW). */
    if (info->ProtocolChain.ChainLen == LAYERED_PROTOCOL)
      continue;
    type_anywhere = type_anywhere || info->iSocketType == type;
    if (family != AF_UNSPEC && info->iAddressFamily != family)
      continue;
    family_known = TRUE;
    if (type != 0 && info->iSocketType != type)
      continue;
    type_known = TRUE;
    if (!serves_protocol(info, protocol))
      continue;
    *chosen = entry;
    return 0;
  }
  if (type_known)
    return WSAEPROTONOSUPPORT;
  return family_known || !type_anywhere ? WSAESOCKTNOSUPPORT : WSAEAFNOSUPPORT;
}
