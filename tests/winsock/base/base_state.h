/* What the base provider's files share. */
#ifndef SOCKWARDEN_TESTS_BASE_STATE_H
#define SOCKWARDEN_TESTS_BASE_STATE_H

#include <winsock2.h>
#include <ws2spi.h>

/* The most recent upcall table. */
const WSPUPCALLTABLE *base_upcalls(void);

int WSPAPI base_WSPCleanup(LPINT lpErrno);

/* Notes the built-in's last error. Returns `result`. */
int base_result(int result, LPINT lpErrno);

/* Creation (base_create.c). */
SOCKET WSPAPI base_WSPSocket(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g,
                             DWORD dwFlags, LPINT lpErrno);
SOCKET WSPAPI base_WSPAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                             DWORD_PTR dwCallbackData, LPINT lpErrno);
SOCKET WSPAPI base_WSPJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
                               LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS, DWORD dwFlags,
                               LPINT lpErrno);
int WSPAPI base_WSPDuplicateSocket(SOCKET s, DWORD dwProcessId, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                                   LPINT lpErrno);

#endif
