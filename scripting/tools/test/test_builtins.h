/*
 * test_builtins.h - the builtins that tests of policies have beside the language's: test, decide, assertions.
 */
#ifndef SOCKWARDEN_TEST_BUILTINS_H
#define SOCKWARDEN_TEST_BUILTINS_H

#include "builtins.h"

/* The index-th list of them, or NULL where there are no more. Static. */
const builtin_t *test_builtins_list(size_t index);

/* Make them known in a state, and those refused that register policy entries. Once a state. [-0, +0] */
void test_builtins_open(lua_State *L);

/* Push the function and the name of the index-th test, from 1. [-0, +2] */
void test_builtins_push_test(lua_State *L, size_t index);

#endif
