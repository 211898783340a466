/* Sockets that another process made. */
#ifndef SOCKWARDEN_TESTS_BASE_FOREIGN_H
#define SOCKWARDEN_TESTS_BASE_FOREIGN_H

#include <winsock2.h>

/* Makes the built-in accept a socket handle that came into this process by inheritance or duplication;
 * nothing happens to one it knows. 0 or WSAENOTSOCK. */
int base_foreign_introduce(SOCKET socket);

#endif
