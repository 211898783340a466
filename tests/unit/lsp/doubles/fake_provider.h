/*
 * fake_provider.h - lower providers that do what a test wants and note what they are handed, in the place of
 * module.c.
 */
#ifndef FAKE_PROVIDER_H
#define FAKE_PROVIDER_H

#include <stdbool.h>
#include "winsock.h"

/* Not a function: what the proc table holds where nobody may call. */
#define FAKE_POINTER(index) ((void *)(UINT_PTR)(0x1000 + (index)))

typedef struct fake_provider {
  const WCHAR *path;

  /* What it shall do. */
  bool missing;      /* the DLL cannot be loaded */
  INT startup_error; /* of the next WSPStartup */
  bool sloppy;       /* fails a startup with its table filled in */
  WORD version;
  int hole;      /* index of a table entry left NULL, or -1 */
  SOCKET socket; /* what WSPSocket, WSPAccept, WSPJoinLeaf return */
  INT error;     /* their error where that is INVALID_SOCKET, and that of the others where `fails` */
  bool fails;
  INT close_error;          /* WSPCloseSocket fails with it */
  WSAPROTOCOL_INFOW answer; /* to SO_PROTOCOL_INFO and WSPDuplicateSocket */
  void (*in_socket)(void);  /* called inside WSPSocket */
  void (*in_startup)(void); /* and inside WSPStartup */

  /* What happened. */
  int loaded, started, cleaned, unloaded; /* counts of calls */
  WSAPROTOCOL_INFOW startup_info;
  WSPUPCALLTABLE upcalls;
  WORD requested;
  int sockets;
  struct {
    int af, type, protocol;
    WSAPROTOCOL_INFOW info;
    const WSAPROTOCOL_INFOW *info_pointer;
    GROUP g;
    DWORD flags;
  } call; /* the last WSPSocket; `info` also of WSPDuplicateSocket and the address functions */
  int closes;
  SOCKET closed;
  int options; /* WSPGetSockOpt calls */
} fake_provider_t;

extern fake_provider_t fake_base, fake_layer;

/* All of them as new: working, version 2.2, sockets 100. */
void fake_providers_reset(void);

#endif
