/*
 * registry.h - a registry that answers what the fuzzer's bytes say: whether a key or value is there, its
 * type, its size (odd ones too) and its bytes, which end where they end. Sizes are kept as RegQueryValueEx
 * keeps them: no byte more than there is room for, ERROR_MORE_DATA where that is too little.
 */
#ifndef SOCKWARDEN_FUZZ_WINDOWS_REGISTRY_H
#define SOCKWARDEN_FUZZ_WINDOWS_REGISTRY_H

#include "bytes.h"

/* From here on. Borrowed. */
void registry_answer(bytes_t *bytes);

/* No key was left open, or closed twice. */
void registry_expect_closed(void);

#endif
