/* The catalogs as the registry holds them, byte for byte; and ways to damage them. */
#ifndef PROOF_CATALOG_H
#define PROOF_CATALOG_H

#include <winsock2.h>
#include <ws2spi.h>

/* Every value below Catalog_Entries and Catalog_Entries64, and the numbers of entries; not the serial numbers
 * (Serial_Access_Num, Next_Catalog_Entry_ID), which only ever grow. */
typedef struct image {
  unsigned char *bytes;
  size_t size;
} image_t;

image_t image_take(void);
BOOL image_same(const image_t *a, const image_t *b);
void image_free(image_t *image);

/* Gives the 32-bit catalog's entries other ids than the 64-bit one's, as they have on machines that have seen
 * a few installations. */
BOOL drift_ids(void);

/* ws2_32's functions that no import library has. */
FARPROC ws2_32(const char *name);

/* The 64-bit catalog; the caller frees it. */
WSAPROTOCOL_INFOW *catalog_list(int *count);
BOOL entry_is_ours(const WSAPROTOCOL_INFOW *info);
/* How many of our entries a view has. */
int ours_in(BOOL wow);

/* Damage, in the 64-bit catalog: a link of our first chain to nowhere; a base entry in front of all; an entry
 * of ours once more; and, in the 32-bit one, all of ours gone. */
BOOL damage_dangling(void);
BOOL damage_order(void);
BOOL damage_duplicate(void);
BOOL damage_one_catalog(void);

#endif
