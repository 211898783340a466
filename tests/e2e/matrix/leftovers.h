/* What a process holds: open handles, blocks of memory, sockets that the stand-in knows. In another ws2_32
 * sockets are not counted, and handles are its own affair: ReactOS's keeps two for each WSAStartup. */
#ifndef SOCKWARDEN_TESTS_LEFTOVERS_H
#define SOCKWARDEN_TESTS_LEFTOVERS_H

#include <stdbool.h>
#include <winsock2.h>

typedef struct holdings {
  long handles, sockets, blocks;
} holdings_t;

holdings_t holdings_count(void);

/* Whether a phase left something over: a socket, or more handles or blocks than before. Prints what, where
 * so. */
bool holdings_left(const holdings_t *before, const char *what);

/* Whether this ws2_32 is another than the stand-in: where SOCKWARDEN_WS2_32 is set (scripts/wine-prefix.sh).
 */
bool holdings_foreign(void);

/* The catalog id of the entry that owns a handle, by its label alone, in another ws2_32 by what its provider
 * says; 0 where it is not known. */
DWORD holdings_owner(SOCKET socket);

#endif
