/* entries.h - the whole catalog, in Winsock's order, for layers and programs. */
#ifndef SOCKWARDEN_TESTS_ENTRIES_H
#define SOCKWARDEN_TESTS_ENTRIES_H

#include <winsock2.h>
#include <ws2spi.h>

/* All entries, hidden ones and chains included; the caller frees them. NULL and 0 of them on failure, which
 * GetLastError tells. */
WSAPROTOCOL_INFOW *entries_enumerate(int *count);

/* The entry with that id among them, or NULL. */
const WSAPROTOCOL_INFOW *entries_find(const WSAPROTOCOL_INFOW *infos, int count, DWORD id);

#endif
