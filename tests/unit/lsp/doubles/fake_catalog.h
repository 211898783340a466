/*
 * fake_catalog.h - catalogs made up by tests, in the place of catalog_read.c.
 */
#ifndef FAKE_CATALOG_H
#define FAKE_CATALOG_H

#include "catalog.h"

#define PATH_BASE  L"C:\\test\\base.dll"
#define PATH_LAYER L"C:\\test\\layer.dll"
#define PATH_UPPER L"C:\\test\\upper.dll"
#define PATH_OURS  L"C:\\test\\sockwarden.dll"

enum {
  ID_TCP4 = 1001,
  ID_UDP4,
  ID_RAW4,
  ID_TCP6,
  ID_UDP6,
  ID_LAYER = 1010,      /* another vendor's hidden entry */
  ID_LAYER_TCP4 = 1011, /* its chain over TCP4 */
  ID_UPPER = 1015,      /* one above us */
  ID_UPPER_TCP4 = 1016, /* its chain over OUR_TCP4 */
  ID_OURS = 1020,       /* our hidden entry */
  ID_OUR_TCP4 = 1021,
  ID_OUR_UDP4,
  ID_OUR_RAW4,
  ID_OUR_TCP6,
  ID_OUR_LAYERED = 1030, /* our chain over the other layer, TCP4 */
};

/* An empty catalog for fake_catalog_add; forgets what catalog_read returned before. */
void fake_catalog_clear(void);

/* Append an entry; a chain's elements end with 0. The entry is ours where the path is PATH_OURS. Returns its
 * info, to be altered at will. */
WSAPROTOCOL_INFOW *fake_catalog_add(DWORD id, const WCHAR *path, int af, int type, int protocol,
                                    const DWORD *chain);

/* The usual one: base entries, our hidden entry, our chains directly over TCP4, UDP4, RAW4 and TCP6 (none
 * over UDP6). */
void fake_catalog_usual(void);

/* An info by id, to be altered; fails the test where there is none. */
WSAPROTOCOL_INFOW *fake_catalog_info(DWORD id);
catalog_entry_t *fake_catalog_entry(DWORD id);

/* The catalog under construction, for tests of chain.c that need no copy. */
const catalog_t *fake_catalog(void);

/* How many times catalog_read was called since fake_catalog_clear; and whether it shall fail. */
extern int fake_catalog_reads;
extern bool fake_catalog_fails;

#endif
