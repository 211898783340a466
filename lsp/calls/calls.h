/*
 * provider.h - the socket functions that must be ours, each with the slot of its chain in front of the
 * arguments that Microsoft gives it. Everything else in our proc tables is the lower provider's own pointer
 * (WINSOCK.md 3).
 *
 * They follow the contract of the function they are named after: SOCKET_ERROR or INVALID_SOCKET with *lpErrno
 * set, and never 0, on failure; *lpErrno untouched on success; lpErrno may be NULL. Any thread; no lock is
 * held while the lower provider, ws2_32 or the engine is called.
 */
#ifndef SOCKWARDEN_LSP_PROVIDER_H
#define SOCKWARDEN_LSP_PROVIDER_H

#include "chain_instance.h"

SOCKET provider_socket(slot_t *slot, int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                       GROUP g, DWORD dwFlags, LPINT lpErrno);

SOCKET provider_accept(slot_t *slot, SOCKET s, struct sockaddr *addr, LPINT addrlen,
                       LPCONDITIONPROC lpfnCondition, DWORD_PTR dwCallbackData, LPINT lpErrno);

SOCKET provider_join_leaf(slot_t *slot, SOCKET s, const struct sockaddr *name, int namelen,
                          LPWSABUF lpCallerData, LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS,
                          DWORD dwFlags, LPINT lpErrno);

int provider_duplicate_socket(slot_t *slot, SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                              LPINT lpErrno);

INT provider_address_to_string(slot_t *slot, LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength, LPINT lpErrno);

INT provider_string_to_address(slot_t *slot, LPWSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength, LPINT lpErrno);

int provider_get_sock_opt(slot_t *slot, SOCKET s, int level, int optname, char *optval, LPINT optlen,
                          LPINT lpErrno);

int provider_cleanup(slot_t *slot, LPINT lpErrno);

#endif
