/*
 * assertions.h - assert_allow and its like: what a result, or any value, is expected to be.
 */
#ifndef SOCKWARDEN_ASSERTIONS_H
#define SOCKWARDEN_ASSERTIONS_H

#include "builtins.h"

const builtin_t *assertions_builtins(void);

#endif
