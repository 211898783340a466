/* Which catalog entry serves a socket triple. */
#ifndef SOCKWARDEN_TESTS_SELECT_PROVIDER_H
#define SOCKWARDEN_TESTS_SELECT_PROVIDER_H

#include "process.h"

/* The first base or chain entry after `after` (NULL: from the start) that serves the triple; 0 as family or
 * type is a wildcard. Under the catalog lock. Where there is none: WSAEINVAL for a triple of wildcards only,
 * WSAEAFNOSUPPORT where no entry has the family, WSAESOCKTNOSUPPORT where none has family and type,
 * WSAEPROTONOSUPPORT where none of those has the protocol. */
int select_provider(int family, int type, int protocol, const entry_t *after, entry_t **chosen);

#endif
