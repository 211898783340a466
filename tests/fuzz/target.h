/*
 * target.h - what libFuzzer calls in each of the programs here.
 */
#ifndef SOCKWARDEN_FUZZ_TARGET_H
#define SOCKWARDEN_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Try one input; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
