/* The catalog as a shape: which layers stand over the base provider, and each one's entry for each kind of
 * socket. */
#ifndef SOCKWARDEN_TESTS_SHAPE_H
#define SOCKWARDEN_TESTS_SHAPE_H

#include <stdbool.h>
#include <winsock2.h>
#include <ws2spi.h>

enum { KINDS = 6, LEVELS_MAX = 4, CATALOG_MAX = 64 };

/* A kind of socket: a base entry's family and type, and a protocol number that names it. RAW entries serve
 * every number and have 0 for their own. */
typedef struct kind {
  int af, type, protocol;
  const char *name;
} kind_t;

extern const kind_t kinds[KINDS];

typedef struct shape {
  int levels;                                   /* 1 for the base provider alone */
  int ours;                                     /* our level; 0: not there */
  char names[LEVELS_MAX][16];                   /* of the DLLs, without ".dll": what records call them */
  bool makes_handles[LEVELS_MAX];               /* a non-IFS layer: WPUCreateSocketHandle */
  WSAPROTOCOL_INFOW entries[LEVELS_MAX][KINDS]; /* the base entries, and the chains with that layer on top */
  WSAPROTOCOL_INFOW order[CATALOG_MAX];         /* the whole catalog */
  int count;
} shape_t;

/* Reads it from the catalog, which does not tell a non-IFS layer from an IFS one over a non-IFS one: the
 * kinds of the layers are given, "ifs", "non-ifs" or "none". False, with a line on stderr, where that is no
 * shape the matrix knows. */
bool shape_read(shape_t *shape, const char *lower, const char *upper);

/* The level and kind of a catalog id; false for a hidden entry. */
bool shape_find(const shape_t *shape, DWORD id, int *level, int *kind);

#endif
