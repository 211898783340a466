/*
 * socket_kind.h - the kinds of socket that a catalog serves, which of them a layer must cover, and the entry
 * that serves each. Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_SOCKET_KIND_H
#define SOCKWARDEN_INSTALLER_SOCKET_KIND_H

#include "catalog_model.h"

/* One kind of socket: entries that agree in all three compete, and the first in the catalog wins. */
typedef struct socket_kind {
  int32_t family, type, protocol;
} socket_kind_t;

/* The kinds that the catalog serves and policies are to see: TCP, UDP and RAW of IPv4 and IPv6; anything of
 * Bluetooth, Hyper-V and AF_UNIX (docs/winsock-notes.md 4). Each once, the IP ones first; at most `room`.
 * Returns how many. */
enum { SOCKET_KINDS_MAX = 64 };
size_t socket_kinds_list(const catalog_model_t *catalog, socket_kind_t *kinds, size_t room);

bool socket_kind_matches(const socket_kind_t *kind, const catalog_model_info_t *info);

/* The entry that a program gets for that kind: the first one that is no layer's hidden entry. NULL where
 * there is none. With `others`, entries of ours do not count. */
const catalog_model_entry_t *socket_kind_top_entry(const catalog_model_t *catalog, const socket_kind_t *kind,
                                                   bool others);

/* "TCP over IPv4", for people. */
enum { SOCKET_KIND_TEXT = 64 };
void socket_kind_text(const socket_kind_t *kind, char text[SOCKET_KIND_TEXT]);

#endif
