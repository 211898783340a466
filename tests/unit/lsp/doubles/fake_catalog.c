#include "fake_catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "testing.h"

enum { ROOM = 40 };

static struct {
  catalog_t head;
  catalog_entry_t room[ROOM];
} made;

int fake_catalog_reads;
bool fake_catalog_fails;

void fake_catalog_clear(void)
{
  memset(&made, 0, sizeof made);
  made.head.references = 1;
  fake_catalog_reads = 0;
  fake_catalog_fails = false;
}

const catalog_t *fake_catalog(void)
{
  return &made.head;
}

catalog_t *catalog_read(void)
{
  fake_catalog_reads++;
  if (fake_catalog_fails)
    return NULL;
  catalog_t *copy = catalog_new(made.head.count);
  if (copy == NULL)
    return NULL;
  memcpy(copy->entries, made.head.entries, made.head.count * sizeof copy->entries[0]);
  return copy;
}

WSAPROTOCOL_INFOW *fake_catalog_add(DWORD id, const WCHAR *path, int af, int type, int protocol,
                                    const DWORD *chain)
{
  assert_true(made.head.count < ROOM);
  catalog_entry_t *entry = &made.head.entries[made.head.count++];
  WSAPROTOCOL_INFOW *info = &entry->info;

  wcscpy(entry->path, path);
  entry->ours = wcscmp(path, PATH_OURS) == 0;
  info->dwCatalogEntryId = id;
  info->ProviderId.Data1 = id;
  info->iAddressFamily = af;
  info->iSocketType = type;
  info->iProtocol = protocol;
  info->iProtocolMaxOffset = type == SOCK_RAW ? 255 : 0;
  info->dwProviderFlags = type == SOCK_RAW ? 0 : PFL_MATCHES_PROTOCOL_ZERO;
  info->dwServiceFlags1 = XP1_IFS_HANDLES | 0x66;
  info->iVersion = 2;
  swprintf(info->szProtocol, WSAPROTOCOL_LEN, L"entry %lu", id);
  if (chain == NULL)
    return info;
  for (info->ProtocolChain.ChainLen = 0; *chain != 0; chain++)
    info->ProtocolChain.ChainEntries[info->ProtocolChain.ChainLen++] = *chain;
  return info;
}

static void fake_catalog__base(DWORD id, int af, int type, int protocol)
{
  fake_catalog_add(id, PATH_BASE, af, type, protocol, NULL)->ProtocolChain.ChainLen = 1;
}

void fake_catalog_usual(void)
{
  fake_catalog_clear();
  fake_catalog_add(ID_OUR_TCP4, PATH_OURS, AF_INET, SOCK_STREAM, IPPROTO_TCP, (DWORD[]){ID_OURS, ID_TCP4, 0});
  fake_catalog_add(ID_OUR_UDP4, PATH_OURS, AF_INET, SOCK_DGRAM, IPPROTO_UDP, (DWORD[]){ID_OURS, ID_UDP4, 0});
  fake_catalog_add(ID_OUR_RAW4, PATH_OURS, AF_INET, SOCK_RAW, 0, (DWORD[]){ID_OURS, ID_RAW4, 0});
  fake_catalog_add(ID_OUR_TCP6, PATH_OURS, AF_INET6, SOCK_STREAM, IPPROTO_TCP,
                   (DWORD[]){ID_OURS, ID_TCP6, 0});
  fake_catalog__base(ID_TCP4, AF_INET, SOCK_STREAM, IPPROTO_TCP);
  fake_catalog__base(ID_UDP4, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  fake_catalog__base(ID_RAW4, AF_INET, SOCK_RAW, 0);
  fake_catalog__base(ID_TCP6, AF_INET6, SOCK_STREAM, IPPROTO_TCP);
  fake_catalog__base(ID_UDP6, AF_INET6, SOCK_DGRAM, IPPROTO_UDP);
  fake_catalog_add(ID_OURS, PATH_OURS, 0, 0, 0, NULL);
}

catalog_entry_t *fake_catalog_entry(DWORD id)
{
  const catalog_entry_t *entry = catalog_find(&made.head, id);

  assert_non_null(entry);
  return &made.head.entries[entry - made.head.entries];
}

WSAPROTOCOL_INFOW *fake_catalog_info(DWORD id)
{
  return &fake_catalog_entry(id)->info;
}
