/* The functions of a recording layer, both kinds: those of a proc table, with the chain of the table in front
 * (thunks.c). They record, fail on order, and follow the propagation rule. */
#ifndef SOCKWARDEN_TESTS_LAYER_H
#define SOCKWARDEN_TESTS_LAYER_H

#include "chain.h"

HMODULE layer_module(void);

SOCKET layer_socket(chain_t *chain, int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                    DWORD flags, LPINT lpErrno);
SOCKET layer_accept(chain_t *chain, SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC condition,
                    DWORD_PTR data, LPINT lpErrno);
SOCKET layer_join_leaf(chain_t *chain, SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF caller,
                       LPWSABUF callee, LPQOS sqos, LPQOS gqos, DWORD flags, LPINT lpErrno);
int layer_duplicate_socket(chain_t *chain, SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info, LPINT lpErrno);
int layer_get_sock_opt(chain_t *chain, SOCKET s, int level, int optname, char *optval, LPINT optlen,
                       LPINT lpErrno);
int layer_close_socket(chain_t *chain, SOCKET s, LPINT lpErrno);
INT layer_address_to_string(chain_t *chain, LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW info,
                            LPWSTR text, LPDWORD text_length, LPINT lpErrno);
INT layer_string_to_address(chain_t *chain, LPWSTR text, INT family, LPWSAPROTOCOL_INFOW info,
                            LPSOCKADDR address, LPINT length, LPINT lpErrno);
int layer_cleanup(chain_t *chain, LPINT lpErrno);

/* Puts these functions into a table, for that chain. */
void thunks_insert(int chain, WSPPROC_TABLE *table);

#endif
