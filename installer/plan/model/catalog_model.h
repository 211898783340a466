/*
 * catalog_model.h - one protocol catalog as plain data: what planning works on. No Windows include, so that
 * it is tested anywhere; installer/windows/catalog/ translates. No function here keeps state: any thread.
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

/* A provider's GUID. */
typedef struct catalog_model_guid {
  uint8_t bytes[16]; /* as a GUID lies in memory */
} catalog_model_guid_t;

/* WSAPROTOCOL_INFOW, member for member (winsock_catalog.c asserts it): all of an entry but its DLL. */
typedef struct catalog_model_info {
  uint32_t service_flags[4];
  uint32_t provider_flags;
  catalog_model_guid_t guid;
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
} catalog_model_info_t;

typedef struct catalog_model_entry {
  catalog_model_info_t info;
  uint16_t path[CATALOG_PATH_CHARS]; /* the DLL as the catalog has it: %SystemRoot% not expanded. UTF-16 */
  bool dll_missing;                  /* found out by the reader */
} catalog_model_entry_t;

/* One catalog, in order: what stands first is tried first. All zero is an empty one; catalog_model_free
 * frees. */
typedef struct catalog_model {
  catalog_model_entry_t *entries;
  size_t count;
} catalog_model_t;

/* A copy of the entry in front of the one at `at` (at most `count`), or behind all. False where memory is
 * short, and nothing is changed then. Pointers to entries are void afterwards. */
bool catalog_model_insert(catalog_model_t *catalog, size_t at, const catalog_model_entry_t *entry);
bool catalog_model_append(catalog_model_t *catalog, const catalog_model_entry_t *entry);

/* Takes out the entry at `at`, which must be there. */
void catalog_model_remove(catalog_model_t *catalog, size_t at);

/* Frees the entries; the catalog is empty then. */
void catalog_model_free(catalog_model_t *catalog);

/* The entry with that id; the provider's first entry; the provider's entry with `nth` of its entries in front
 * of it. NULL where there is none. Where a damaged catalog has several, the first. */
catalog_model_entry_t *catalog_model_find_id(const catalog_model_t *catalog, uint32_t id);
catalog_model_entry_t *catalog_model_find_guid(const catalog_model_t *catalog,
                                               const catalog_model_guid_t *guid);
catalog_model_entry_t *catalog_model_find_nth(const catalog_model_t *catalog,
                                              const catalog_model_guid_t *guid, size_t nth);

bool catalog_model_guid_equal(const catalog_model_guid_t *a, const catalog_model_guid_t *b);

/* Whether two entries are equal to the byte; whether their DLLs are there does not count. */
bool catalog_model_entry_equal(const catalog_model_entry_t *a, const catalog_model_entry_t *b);

/* Whether the entry's DLL is Sockwarden's: its file name is sockwarden.dll, wherever that is. An earlier
 * installation, or someone else's installer, may have put it elsewhere under GUIDs that we never saw. */
bool catalog_model_is_ours(const catalog_model_entry_t *entry);

#endif
