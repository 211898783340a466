/*
 * expect.h - what must hold whatever the input: where it does not, the program says so and aborts, which
 * libFuzzer takes for a finding.
 */
#ifndef SOCKWARDEN_FUZZ_EXPECT_H
#define SOCKWARDEN_FUZZ_EXPECT_H

#include <stdio.h>
#include <stdlib.h>

#define expect(condition, ...)                                                                               \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      fprintf(stderr, "%s:%d: expected %s: ", __FILE__, __LINE__, #condition);                               \
      fprintf(stderr, __VA_ARGS__);                                                                          \
      fputc('\n', stderr);                                                                                   \
      abort();                                                                                               \
    }                                                                                                        \
  } while (0)

#endif
