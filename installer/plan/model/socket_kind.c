#include "socket_kind.h"

#include <stdio.h>

enum { PROTOCOL_TCP = 6, PROTOCOL_UDP = 17 };

static bool socket_kind__is_covered(const catalog_model_info_t *info)
{
  switch (info->family) {
  case FAMILY_INET:
  case FAMILY_INET6:
    return (info->type == TYPE_STREAM && info->protocol == PROTOCOL_TCP) ||
           (info->type == TYPE_DATAGRAM && info->protocol == PROTOCOL_UDP) || info->type == TYPE_RAW;
  case FAMILY_BLUETOOTH:
  case FAMILY_HYPERV:
  case FAMILY_UNIX:
    return true;
  }
  return false;
}

/* Where a kind stands in our order: the usual six first, the others as they come. */
static int socket_kind__rank(const socket_kind_t *kind)
{
  if (kind->family == FAMILY_INET)
    return kind->type;
  return kind->family == FAMILY_INET6 ? 3 + kind->type : 7;
}

size_t socket_kinds_list(const catalog_model_t *catalog, socket_kind_t *kinds, size_t room)
{
  size_t count = 0;

  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_model_info_t *info = &catalog->entries[i].info;
    size_t at = 0;

    if (info->chain_length == CHAIN_LAYER || !socket_kind__is_covered(info))
      continue;
    while (at < count && !socket_kind_matches(&kinds[at], info))
      at++;
    if (at < count || count == room)
      continue;
    socket_kind_t kind = {info->family, info->type, info->protocol};
    for (at = count; at > 0 && socket_kind__rank(&kinds[at - 1]) > socket_kind__rank(&kind); at--)
      kinds[at] = kinds[at - 1];
    kinds[at] = kind;
    count++;
  }
  return count;
}

bool socket_kind_matches(const socket_kind_t *kind, const catalog_model_info_t *info)
{
  return info->family == kind->family && info->type == kind->type && info->protocol == kind->protocol;
}

const catalog_model_entry_t *socket_kind_top_entry(const catalog_model_t *catalog, const socket_kind_t *kind,
                                                   bool others)
{
  for (size_t i = 0; i < catalog->count; i++) {
    const catalog_model_entry_t *entry = &catalog->entries[i];

    if (entry->info.chain_length != CHAIN_LAYER && socket_kind_matches(kind, &entry->info) &&
        !(others && catalog_model_is_ours(entry)))
      return entry;
  }
  return NULL;
}

void socket_kind_text(const socket_kind_t *kind, char text[SOCKET_KIND_TEXT])
{
  static const char *const types[] = {"?", "TCP", "UDP", "RAW"};
  const char *family = kind->family == FAMILY_INET        ? "IPv4"
                       : kind->family == FAMILY_INET6     ? "IPv6"
                       : kind->family == FAMILY_BLUETOOTH ? "Bluetooth"
                       : kind->family == FAMILY_HYPERV    ? "Hyper-V"
                                                          : "AF_UNIX";
  bool ip = kind->family == FAMILY_INET || kind->family == FAMILY_INET6;

  if (ip && kind->type >= TYPE_STREAM && kind->type <= TYPE_RAW)
    snprintf(text, SOCKET_KIND_TEXT, "%s over %s", types[kind->type], family);
  else
    snprintf(text, SOCKET_KIND_TEXT, "%s type %d protocol %d", family, (int)kind->type, (int)kind->protocol);
}
