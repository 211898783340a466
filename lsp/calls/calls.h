/*
 * calls.h - the socket functions that must be ours, each with the chain instance of its proc table in front
 * of the arguments that Microsoft gives it. Everything else in our proc tables is the lower provider's own
 * pointer (docs/winsock-notes.md 3).
 *
 * They follow the contract of the function they are named after: SOCKET_ERROR or INVALID_SOCKET with *lpErrno
 * set, and never 0, on failure; *lpErrno untouched on success; lpErrno may be NULL. Any thread; no lock is
 * held while the lower provider, ws2_32 or the engine is called.
 */
#ifndef SOCKWARDEN_LSP_CALLS_H
#define SOCKWARDEN_LSP_CALLS_H

#include "chain_instance.h"

SOCKET call_socket(chain_instance_t *instance, int af, int type, int protocol,
                   LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g, DWORD dwFlags, LPINT lpErrno);

SOCKET call_accept(chain_instance_t *instance, SOCKET s, struct sockaddr *addr, LPINT addrlen,
                   LPCONDITIONPROC lpfnCondition, DWORD_PTR dwCallbackData, LPINT lpErrno);

SOCKET call_join_leaf(chain_instance_t *instance, SOCKET s, const struct sockaddr *name, int namelen,
                      LPWSABUF lpCallerData, LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags,
                      LPINT lpErrno);

int call_duplicate_socket(chain_instance_t *instance, SOCKET s, DWORD dwProcessId,
                          LPWSAPROTOCOL_INFOW lpProtocolInfo, LPINT lpErrno);

INT call_address_to_string(chain_instance_t *instance, LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                           LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                           LPDWORD lpdwAddressStringLength, LPINT lpErrno);

INT call_string_to_address(chain_instance_t *instance, LPWSTR AddressString, INT AddressFamily,
                           LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress, LPINT lpAddressLength,
                           LPINT lpErrno);

int call_get_sock_opt(chain_instance_t *instance, SOCKET s, int level, int optname, char *optval,
                      LPINT optlen, LPINT lpErrno);

#endif
