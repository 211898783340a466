/* From a socket handle to the provider that owns it. */
#ifndef SOCKWARDEN_TESTS_ROUTE_H
#define SOCKWARDEN_TESTS_ROUTE_H

#include "provider.h"

/* The owner's functions. A handle never seen here (inherited from the parent process) is resolved as ws2_32
 * does it: each IFS provider in turn is asked for SO_PROTOCOL_INFO, and the entry named in the first answer
 * becomes the owner. NULL with the last error set: WSANOTINITIALISED or WSAENOTSOCK. */
const WSPPROC_TABLE *route_socket(SOCKET socket);

/* Ends an API call: notes a provider's error as the last error. Returns `result`. */
int route_result(int result, int error);
SOCKET route_socket_result(SOCKET socket, int error);

#endif
