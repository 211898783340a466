/*
 * rules_against_reference without a fuzzer, for any compiler: as many calls as the command line says, of
 * policies out of random numbers, the same ones each time.
 */
#include <stdio.h>
#include <stdlib.h>

#include "expect.h"
#include "rules_compare.h"

/* xorshift64* */
static uint64_t next_random(void)
{
  static uint64_t state = UINT64_C(0x5eed5eed5eed);

  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * UINT64_C(2685821657736338717);
}

int main(int argc, char **argv)
{
  static uint64_t block[512];
  rules_tally_t tally = {0};
  size_t wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;

  while (tally.calls < wanted) {
    for (size_t i = 0; i < sizeof block / sizeof block[0]; i++)
      block[i] = next_random();
    bytes_t bytes = {(const uint8_t *)block, sizeof block};
    rules_compare(&bytes, &tally);
  }
  printf(
      "%zu allowed, %zu rejected, %zu rewritten; %zu by a step, %zu with a failure; %zu steps, %zu of them "
      "matching\n",
      tally.decided[POLICY_ALLOW], tally.decided[POLICY_REJECT], tally.decided[POLICY_REWRITE],
      tally.by_a_step, tally.failed, tally.steps, tally.steps_matching);
  /* Cases that decide nothing would compare nothing. */
  for (int action = POLICY_ALLOW; action <= POLICY_REWRITE; action++)
    expect(tally.decided[action] > tally.calls / 20, "action %d hardly comes up", action);
  expect(tally.failed > tally.calls / 100 && tally.steps_matching > tally.calls / 4, "little comes up");
  printf("ok random rules against the reference: %zu calls of %zu policy sets\n", tally.calls, tally.sets);
  return 0;
}
