/*
 * catalog_model.h - the protocol catalog as plain data: what the planning works on. No Windows include, so
 * that it is tested anywhere; apply.c and winsock_catalog.c translate.
 */
#ifndef SOCKWARDEN_INSTALLER_CATALOG_MODEL_H
#define SOCKWARDEN_INSTALLER_CATALOG_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  CHAIN_MAX = 7,            /* MAX_PROTOCOL_CHAIN */
  CHAIN_LAYER = 0,          /* ChainLen of a layer's own, hidden entry */
  CHAIN_BASE = 1,           /* ChainLen of a base provider's entry */
  CATALOG_NAME_CHARS = 256, /* WSAPROTOCOL_LEN + 1 */
  CATALOG_PATH_CHARS = 260  /* MAX_PATH */
};

#define CATALOG_IFS_HANDLES UINT32_C(0x00020000) /* XP1_IFS_HANDLES */
#define CATALOG_HIDDEN      UINT32_C(0x00000004) /* PFL_HIDDEN */

/* The numbers of Winsock's headers. */
enum {
  FAMILY_UNIX = 1,
  FAMILY_INET = 2,
  FAMILY_INET6 = 23,
  FAMILY_BLUETOOTH = 32,
  FAMILY_HYPERV = 34,
  TYPE_STREAM = 1,
  TYPE_DATAGRAM = 2,
  TYPE_RAW = 3
};

typedef struct catalog_guid {
  uint8_t bytes[16]; /* as a GUID lies in memory */
} catalog_guid_t;

/* WSAPROTOCOL_INFOW, member for member (winsock_catalog.c asserts it): all of an entry but its DLL. */
typedef struct catalog_info {
  uint32_t service_flags[4];
  uint32_t provider_flags;
  catalog_guid_t guid;
  uint32_t id;
  int32_t chain_length;
  uint32_t chain[CHAIN_MAX];
  int32_t version;
  int32_t family;
  int32_t max_address;
  int32_t min_address;
  int32_t type;
  int32_t protocol;
  int32_t protocol_range;
  int32_t byte_order;
  int32_t security;
  uint32_t message_size;
  uint32_t reserved;
  uint16_t name[CATALOG_NAME_CHARS]; /* UTF-16 */
} catalog_info_t;

typedef struct catalog_entry {
  catalog_info_t info;
  uint16_t
      path[CATALOG_PATH_CHARS]; /* the DLL as it stands in the catalog: %SystemRoot% not expanded. UTF-16 */
  bool dll_missing;             /* found out by the reader */
} catalog_entry_t;

/* One catalog, in order: what stands first is tried first. */
typedef struct catalog {
  catalog_entry_t *entries;
  size_t count;
} catalog_t;

/* The catalogs of a machine. 64-bit Windows has two, whose ids drift apart; 32-bit Windows one. */
enum { VIEW_NATIVE, VIEW_WOW, VIEWS };
typedef struct catalogs {
  catalog_t view[VIEWS];
  size_t views; /* 1 or 2 */
} catalogs_t;

/* "64-bit", "32-bit": what people call a view. */
const char *catalog_view_name(const catalogs_t *catalogs, size_t view);

/* All of these that add return false where memory is short, and change nothing then. */
bool catalog_insert(catalog_t *catalog, size_t at, const catalog_entry_t *entry);
bool catalog_append(catalog_t *catalog, const catalog_entry_t *entry);
void catalog_remove(catalog_t *catalog, size_t at);
void catalog_free(catalog_t *catalog);
bool catalogs_copy(const catalogs_t *from, catalogs_t *to);
void catalogs_free(catalogs_t *catalogs);

/* NULL where there is none. The first, where a damaged catalog has several. */
catalog_entry_t *catalog_find_id(const catalog_t *catalog, uint32_t id);
catalog_entry_t *catalog_find_guid(const catalog_t *catalog, const catalog_guid_t *guid);
/* The entry of that provider with so many of its entries in front of it. */
catalog_entry_t *catalog_find_nth(const catalog_t *catalog, const catalog_guid_t *guid, size_t nth);

bool catalog_guid_equal(const catalog_guid_t *a, const catalog_guid_t *b);
/* "{e70f1aa0-ab8b-11cf-8ca3-00805f48a192}" */
enum { CATALOG_GUID_TEXT = 39 };
void catalog_guid_text(const catalog_guid_t *guid, char text[CATALOG_GUID_TEXT]);

/* UTF-16 to UTF-8, cut at a character where it does not fit. */
void catalog_text(const uint16_t *wide, size_t chars, char *text, size_t size);
/* ASCII into a UTF-16 field of so many characters, cut to fit, the rest zero. */
void catalog_set_text(uint16_t *wide, size_t chars, const char *text);

/* Whether the entry's DLL is ours: its file name is sockwarden.dll, wherever that is. An earlier
 * installation, or someone else's installer, may have put it elsewhere under GUIDs we never saw. */
bool catalog_is_ours(const catalog_entry_t *entry);

#endif
