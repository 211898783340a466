/*
 * layering.h - what a layer must sit over: which kinds of socket there are, which entry serves each today,
 * and how the protocol chains of layers, ours and others', run through the catalog.
 */
#ifndef SOCKWARDEN_INSTALLER_LAYERING_H
#define SOCKWARDEN_INSTALLER_LAYERING_H

#include "catalog_model.h"

/* One kind of socket: entries that agree in all three compete, and the first in the catalog wins. */
typedef struct layering_kind {
  int32_t family, type, protocol;
} layering_kind_t;

/* Whether policies are to see it: TCP, UDP and RAW of IPv4 and IPv6; anything of Bluetooth, Hyper-V and
 * AF_UNIX (docs/winsock-notes.md 4). */
bool layering_wanted(const catalog_info_t *info);

bool layering_same_kind(const catalog_info_t *info, const layering_kind_t *kind);

/* The kinds that the catalog serves and we cover, each once, in a fixed order; at most `room`. Returns how
 * many. */
enum { LAYERING_KINDS_MAX = 64 };
size_t layering_kinds(const catalog_t *catalog, layering_kind_t *kinds, size_t room);

/* The entry a program gets for that kind: the first one that is no layer's hidden entry. NULL where there is
 * none. With `others`, entries of ours are passed over. */
const catalog_entry_t *layering_top(const catalog_t *catalog, const layering_kind_t *kind, bool others);

/* "TCP over IPv4", for people. */
enum { LAYERING_KIND_TEXT = 64 };
void layering_kind_text(const layering_kind_t *kind, char text[LAYERING_KIND_TEXT]);

/* What can be wrong with an entry's chain. */
typedef enum layering_chain {
  CHAIN_SOUND,
  CHAIN_BAD_LENGTH, /* negative, or longer than the array */
  CHAIN_DANGLING,   /* names an id that is not in the catalog */
  CHAIN_BASELESS    /* does not end with a base provider's entry */
} layering_chain_t;
/* `id`, where not NULL, receives the missing id of a dangling chain. */
layering_chain_t layering_check_chain(const catalog_t *catalog, const catalog_info_t *info, uint32_t *id);

/* Whether one of our entries is in the chain of that entry, or the entry is ours. Base and hidden entries
 * have none. */
bool layering_through_us(const catalog_t *catalog, const catalog_entry_t *entry);

/*
 * The place in the chain of the lowest layer without IFS handles, or -1. An IFS layer belongs beneath it
 * (docs/winsock-notes.md 4). A chain that itself claims IFS handles has none: it could not claim them.
 */
int layering_lowest_non_ifs(const catalog_t *catalog, const catalog_info_t *info);

/* Whether a chain of ours lies over a chain without IFS handles: ours could not claim them either. */
bool layering_over_non_ifs(const catalog_t *catalog, const catalog_info_t *info);

/*
 * The chain of someone else's entry without us: where it names a chain of ours, what lies below us there
 * takes our place; where it names our hidden entry, the link goes; links that come twice stay once. With
 * `missing`, links to ids that do not exist go too. Returns whether anything changed; *info is changed only
 * then, and only where what is left is a sound chain.
 */
bool layering_without_us(const catalog_t *catalog, catalog_info_t *info, bool missing);

#endif
