/* The catalog entries of the base provider: what its sockets are labelled with. */
#ifndef SOCKWARDEN_TESTS_BASE_ENTRIES_H
#define SOCKWARDEN_TESTS_BASE_ENTRIES_H

#include <winsock2.h>

/* Reads them from the catalog (base entries whose DLL is this one), once. 0 or WSASYSNOTREADY. */
int base_entries_load(void);

/* 0 where `info` is that of a base entry of ours, WSAEFAULT for NULL, WSAEINVAL otherwise. */
int base_entries_check(const WSAPROTOCOL_INFOW *info);

/* The info of the entry that serves a socket of the built-in, with the socket's own protocol in it. 0 or the
 * built-in's error. */
int base_entries_of_socket(SOCKET socket, WSAPROTOCOL_INFOW *info);

#endif
