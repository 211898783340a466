/* Wine's built-in ws2_32, kept under a second path.
 *
 * The stand-in takes the place of ws2_32 in the whole prefix, so the built-in one is reached as a module of
 * its own: scripts/wine-run.sh copies it to C:\windows\builtin\ws2_32.dll. The stand-in needs it for what has
 * nothing to do with layers, the base provider for everything. */
#ifndef SOCKWARDEN_TESTS_BUILTIN_H
#define SOCKWARDEN_TESTS_BUILTIN_H

#include <winsock2.h>
#include <ws2tcpip.h>

#define BUILTIN_PATH L"C:\\windows\\builtin\\ws2_32.dll"

/* The functions of the built-in that are called, by their own names. */
#define BUILTIN_FUNCTIONS(X)                                                                                 \
  X(WSAAccept)                                                                                               \
  X(WSAAddressToStringW)                                                                                     \
  X(WSAAsyncSelect)                                                                                          \
  X(WSACleanup)                                                                                              \
  X(WSAConnect)                                                                                              \
  X(WSAEnumNetworkEvents)                                                                                    \
  X(WSAEventSelect)                                                                                          \
  X(WSAGetOverlappedResult)                                                                                  \
  X(WSAGetQOSByName)                                                                                         \
  X(WSAIoctl)                                                                                                \
  X(WSAPoll)                                                                                                 \
  X(WSARecv)                                                                                                 \
  X(WSARecvDisconnect)                                                                                       \
  X(WSARecvFrom)                                                                                             \
  X(WSASend)                                                                                                 \
  X(WSASendDisconnect)                                                                                       \
  X(WSASendTo)                                                                                               \
  X(WSASocketW)                                                                                              \
  X(WSAStartup)                                                                                              \
  X(WSAStringToAddressW)                                                                                     \
  X(bind)                                                                                                    \
  X(closesocket)                                                                                             \
  X(getpeername)                                                                                             \
  X(getsockname)                                                                                             \
  X(getsockopt)                                                                                              \
  X(listen)                                                                                                  \
  X(select)                                                                                                  \
  X(setsockopt)                                                                                              \
  X(shutdown)                                                                                                \
  X(FreeAddrInfoW)                                                                                           \
  X(GetAddrInfoW)

typedef struct builtin {
#define BUILTIN_MEMBER(name) __typeof__(name) *name;
  BUILTIN_FUNCTIONS(BUILTIN_MEMBER)
#undef BUILTIN_MEMBER
} builtin_t;

/* Loads the built-in on first use (never called from DllMain). NULL where it is missing or lacks a function:
 * the prefix was then not made by scripts/wine-run.sh. Any thread. */
const builtin_t *builtin(void);

#endif
