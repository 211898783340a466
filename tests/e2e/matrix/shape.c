#include "shape.h"

#include "../../winsock/provider_path.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

const kind_t kinds[KINDS] = {
    {AF_INET, SOCK_STREAM, IPPROTO_TCP, "inet-stream"}, {AF_INET, SOCK_DGRAM, IPPROTO_UDP, "inet-dgram"},
    {AF_INET, SOCK_RAW, IPPROTO_ICMP, "inet-raw"},      {AF_INET6, SOCK_STREAM, IPPROTO_TCP, "inet6-stream"},
    {AF_INET6, SOCK_DGRAM, IPPROTO_UDP, "inet6-dgram"}, {AF_INET6, SOCK_RAW, 58 /* ICMPv6 */, "inet6-raw"},
};

static int kind_of(const WSAPROTOCOL_INFOW *info)
{
  for (int kind = 0; kind < KINDS; kind++) {
    if (kinds[kind].af == info->iAddressFamily && kinds[kind].type == info->iSocketType)
      return kind;
  }
  return -1;
}

static bool name_of(const WSAPROTOCOL_INFOW *info, char name[16])
{
  wchar_t path[MAX_PATH];

  if (!provider_path(WSCGetProviderPath, &info->ProviderId, path))
    return false;
  const wchar_t *file = wcsrchr(path, L'\\');
  snprintf(name, 16, "%ls", file != NULL ? file + 1 : path);
  char *dot = strrchr(name, '.');
  if (dot != NULL)
    *dot = '\0';
  return true;
}

static bool place(shape_t *shape, const WSAPROTOCOL_INFOW *info)
{
  int kind = kind_of(info), level = info->ProtocolChain.ChainLen - 1;
  char name[16];

  if (kind < 0 || level >= LEVELS_MAX || !name_of(info, name))
    return false;
  shape->entries[level][kind] = *info;
  strcpy(shape->names[level], name);
  if (level + 1 > shape->levels)
    shape->levels = level + 1;
  if (strcmp(name, "sockwarden") == 0)
    shape->ours = level;
  return true;
}

static bool whole(const shape_t *shape)
{
  for (int level = 0; level < shape->levels; level++) {
    for (int kind = 0; kind < KINDS; kind++) {
      if (shape->entries[level][kind].dwCatalogEntryId == 0)
        return false;
    }
  }
  return shape->levels > 0 && strcmp(shape->names[0], "swbase") == 0;
}

bool shape_read(shape_t *shape, const char *lower, const char *upper)
{
  DWORD size = sizeof shape->order;
  int error = 0;

  memset(shape, 0, sizeof *shape);
  shape->count = WSCEnumProtocols(NULL, shape->order, &size, &error);
  bool read = shape->count > 0;
  for (int i = 0; read && i < shape->count; i++)
    read = shape->order[i].ProtocolChain.ChainLen == LAYERED_PROTOCOL || place(shape, shape->order + i);
  for (int level = 1; level < shape->levels; level++) {
    const char *kind = strcmp(shape->names[level], "lower") == 0 ? lower : upper;

    shape->makes_handles[level] = level != shape->ours && strcmp(kind, "non-ifs") == 0;
  }
  int wanted = 1 + (shape->ours > 0) + (strcmp(lower, "none") != 0) + (strcmp(upper, "none") != 0);
  if (read && whole(shape) && shape->levels == wanted)
    return true;
  fprintf(stderr, "matrix: no catalog of that shape: %d entries, error %d\n", shape->count, error);
  return false;
}

bool shape_find(const shape_t *shape, DWORD id, int *level, int *kind)
{
  for (*level = 0; *level < shape->levels; ++*level) {
    for (*kind = 0; *kind < KINDS; ++*kind) {
      if (shape->entries[*level][*kind].dwCatalogEntryId == id)
        return true;
    }
  }
  return false;
}
