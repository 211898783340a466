/*
 * test_builtins.h - the words that tests of policies have beside the language: test, decide, and assertions.
 */
#ifndef SOCKWARDEN_TEST_WORDS_H
#define SOCKWARDEN_TEST_WORDS_H

#include "language.h"
#include "policy_test.h"

/* A test file under way; language_context_t.bench points to it. */
typedef struct test_bench {
  const policy_tester_t *tester;
  bool loading; /* the file runs, registering tests */
  size_t tests; /* registered */
  /* Of the assertion that failed: */
  char expected[TEST_TEXT_MAX], actual[TEST_TEXT_MAX], decided_by[TEST_TEXT_MAX], asked[TEST_TEXT_MAX];
} test_bench_t;

/* Make the words known in a state. [-0, +0] */
void test_builtins_open(lua_State *L);

/* Push the function and the name of the index-th test, from 1. [-0, +2] */
void test_builtins_push(lua_State *L, size_t index);

#endif
