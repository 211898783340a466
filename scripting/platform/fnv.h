/*
 * fnv.h - FNV-1a, 64 bits (Fowler, Noll, Vo): a hash that tells versions apart and is no proof against
 * forgery. Pure.
 */
#ifndef SOCKWARDEN_FNV_H
#define SOCKWARDEN_FNV_H

#include <stddef.h>
#include <stdint.h>

#define FNV_START UINT64_C(0xcbf29ce484222325)

/* The hash of what `hash` is of, followed by the bytes. */
static inline uint64_t fnv_add(uint64_t hash, const void *bytes, size_t size)
{
  for (const unsigned char *byte = bytes; size--; byte++)
    hash = (hash ^ *byte) * UINT64_C(0x100000001b3);
  return hash;
}

#endif
