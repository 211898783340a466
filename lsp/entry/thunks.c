#include "thunks.h"

#include "calls.h"
#include "provider_lifetime.h"

/* One set of functions for each chain instance: they forward to call_*, with their instance in front. */
#define THUNKS(n)                                                                                            \
  static SOCKET WSPAPI socket_##n(int a, int b, int c, LPWSAPROTOCOL_INFOW d, GROUP e, DWORD f, LPINT error) \
  {                                                                                                          \
    return call_socket(chain_instance_at(n), a, b, c, d, e, f, error);                                       \
  }                                                                                                          \
  static SOCKET WSPAPI accept_##n(SOCKET a, struct sockaddr *b, LPINT c, LPCONDITIONPROC d, DWORD_PTR e,     \
                                  LPINT error)                                                               \
  {                                                                                                          \
    return call_accept(chain_instance_at(n), a, b, c, d, e, error);                                          \
  }                                                                                                          \
  static SOCKET WSPAPI join_leaf_##n(SOCKET a, const struct sockaddr *b, int c, LPWSABUF d, LPWSABUF e,      \
                                     LPQOS f, LPQOS g, DWORD h, LPINT error)                                 \
  {                                                                                                          \
    return call_join_leaf(chain_instance_at(n), a, b, c, d, e, f, g, h, error);                              \
  }                                                                                                          \
  static int WSPAPI duplicate_socket_##n(SOCKET a, DWORD b, LPWSAPROTOCOL_INFOW c, LPINT error)              \
  {                                                                                                          \
    return call_duplicate_socket(chain_instance_at(n), a, b, c, error);                                      \
  }                                                                                                          \
  static INT WSPAPI address_to_string_##n(LPSOCKADDR a, DWORD b, LPWSAPROTOCOL_INFOW c, LPWSTR d, LPDWORD e, \
                                          LPINT error)                                                       \
  {                                                                                                          \
    return call_address_to_string(chain_instance_at(n), a, b, c, d, e, error);                               \
  }                                                                                                          \
  static INT WSPAPI string_to_address_##n(LPWSTR a, INT b, LPWSAPROTOCOL_INFOW c, LPSOCKADDR d, LPINT e,     \
                                          LPINT error)                                                       \
  {                                                                                                          \
    return call_string_to_address(chain_instance_at(n), a, b, c, d, e, error);                               \
  }                                                                                                          \
  static int WSPAPI get_sock_opt_##n(SOCKET a, int b, int c, char *d, LPINT e, LPINT error)                  \
  {                                                                                                          \
    return call_get_sock_opt(chain_instance_at(n), a, b, c, d, e, error);                                    \
  }                                                                                                          \
  static int WSPAPI cleanup_##n(LPINT error)                                                                 \
  {                                                                                                          \
    return provider_lifetime_cleanup(chain_instance_at(n), error);                                           \
  }

#define TABLE(n)                                                                                             \
  [n] = {.lpWSPSocket = socket_##n,                                                                          \
         .lpWSPAccept = accept_##n,                                                                          \
         .lpWSPJoinLeaf = join_leaf_##n,                                                                     \
         .lpWSPDuplicateSocket = duplicate_socket_##n,                                                       \
         .lpWSPAddressToString = address_to_string_##n,                                                      \
         .lpWSPStringToAddress = string_to_address_##n,                                                      \
         .lpWSPGetSockOpt = get_sock_opt_##n,                                                                \
         .lpWSPCleanup = cleanup_##n},

/* Numbers of instances, in octal: 000 to 077. */
#define EIGHT(f, tens) f(tens##0) f(tens##1) f(tens##2) f(tens##3) f(tens##4) f(tens##5) f(tens##6) f(tens##7)
#define ALL(f)                                                                                               \
  EIGHT(f, 00) EIGHT(f, 01) EIGHT(f, 02) EIGHT(f, 03) EIGHT(f, 04) EIGHT(f, 05) EIGHT(f, 06) EIGHT(f, 07)

ALL(THUNKS)

static const WSPPROC_TABLE tables[] = {ALL(TABLE)};
_Static_assert(sizeof tables / sizeof tables[0] == CHAIN_INSTANCE_COUNT, "each instance has its functions");

void thunks_insert(const chain_instance_t *instance, WSPPROC_TABLE *table)
{
  const WSPPROC_TABLE *ours = &tables[chain_instance_number(instance)];

  table->lpWSPSocket = ours->lpWSPSocket;
  table->lpWSPAccept = ours->lpWSPAccept;
  table->lpWSPJoinLeaf = ours->lpWSPJoinLeaf;
  table->lpWSPDuplicateSocket = ours->lpWSPDuplicateSocket;
  table->lpWSPAddressToString = ours->lpWSPAddressToString;
  table->lpWSPStringToAddress = ours->lpWSPStringToAddress;
  table->lpWSPGetSockOpt = ours->lpWSPGetSockOpt;
  table->lpWSPCleanup = ours->lpWSPCleanup;
}
