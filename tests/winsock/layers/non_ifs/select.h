/* WSPSelect over handles of ours. */
#ifndef SOCKWARDEN_TESTS_SELECT_H
#define SOCKWARDEN_TESTS_SELECT_H

#include <winsock2.h>
#include <ws2spi.h>

int WSPAPI select_below(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds,
                        const PTIMEVAL timeout, LPINT lpErrno);

#endif
