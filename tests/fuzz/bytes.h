/*
 * bytes.h - what the fuzzer gives, taken piece by piece: whatever is asked for can be had, all zero once the
 * bytes are used up, so that every input means something.
 */
#ifndef SOCKWARDEN_FUZZ_BYTES_H
#define SOCKWARDEN_FUZZ_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bytes {
  const uint8_t *at;
  size_t left;
} bytes_t;

/* Into `target`; what is not there any more is zero. */
void bytes_copy(bytes_t *bytes, void *target, size_t size);

uint8_t bytes_byte(bytes_t *bytes);
uint32_t bytes_word(bytes_t *bytes);

/* Below `limit`, which is at most 256 and not 0. */
unsigned bytes_below(bytes_t *bytes, unsigned limit);

/* True in one of `of` cases; never where no bytes are left. */
bool bytes_rarely(bytes_t *bytes, unsigned of);

#endif
