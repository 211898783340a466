/* What makes a recording layer an IFS or a non-IFS one: whose handles its clients see. */
#ifndef SOCKWARDEN_TESTS_KIND_H
#define SOCKWARDEN_TESTS_KIND_H

#include "chain.h"

extern const char kind_name[]; /* "ifs", "non-ifs" */

/* The handle for our client of a socket that the provider below made. On failure the socket is closed again:
 * INVALID_SOCKET, and *error. */
SOCKET kind_adopt(chain_t *chain, SOCKET below, int *error);

/* The socket below for a handle of our client's, and the chain it was made in, in place of the one that was
 * called. FALSE and *error where the handle is none of ours. */
BOOL kind_below(chain_t **chain, SOCKET s, SOCKET *below, int *error);

/* The socket below is closed: the handle goes too, once nothing under way needs it. */
void kind_closed(SOCKET s);

/* What SO_PROTOCOL_INFO tells of the socket, given what the provider below said of it. */
void kind_describe(const chain_t *chain, WSAPROTOCOL_INFOW *answer);

/* Puts the kind's other functions, if it has any, over those of the provider below. */
void kind_complete_table(WSPPROC_TABLE *table);

/* The last WSPCleanup: nothing of the kind's may run any more when it returns. */
void kind_end(void);

#endif
