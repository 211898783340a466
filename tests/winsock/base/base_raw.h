/* Raw sockets where the system gives none: Wine's built-in refuses protocol 0 and ICMPv6, and without root
 * any. With BASE_RAW_STAND_IN in the environment a UDP socket takes the place of one that was refused, and is
 * called raw. No data goes through it as it would through a raw one; what layers are handed and how they
 * label handles can be shown all the same. */
#ifndef SOCKWARDEN_TESTS_BASE_RAW_H
#define SOCKWARDEN_TESTS_BASE_RAW_H

#include <winsock2.h>

/* INVALID_SOCKET, and the last error of the refusal, where the environment does not ask for it. */
SOCKET base_raw_make(int family, int protocol, DWORD flags);

/* Another handle of the same socket in this process. Nothing where it is none of these. */
void base_raw_copy(SOCKET socket, SOCKET duplicate);
void base_raw_forget(SOCKET socket);

/* Family, type and protocol. FALSE where the socket is none of these. */
BOOL base_raw_describe(SOCKET socket, WSAPROTOCOL_INFOW *info);

#endif
