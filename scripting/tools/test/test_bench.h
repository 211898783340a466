/*
 * test_bench.h - a test file under way; the context of its builtins (builtins_context_t.tool) points to one.
 */
#ifndef SOCKWARDEN_TEST_BENCH_H
#define SOCKWARDEN_TEST_BENCH_H

#include "builtins.h"
#include "policy_tools.h"

enum { TEST_TEXT_MAX = 700 };

typedef struct test_bench {
  const policy_tester_t *tester;
  bool loading; /* the file runs, registering tests */
  size_t tests; /* registered */
  /* Of the assertion that failed; "" before one does: */
  char expected[TEST_TEXT_MAX], actual[TEST_TEXT_MAX], decided_by[TEST_TEXT_MAX], request[TEST_TEXT_MAX];
} test_bench_t;

static inline test_bench_t *test_bench_of(lua_State *L)
{
  return builtins_context(L)->tool;
}

#endif
