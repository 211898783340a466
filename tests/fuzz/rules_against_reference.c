/*
 * Rules as the engine compiles, folds and remembers them, against a slow evaluator of the manual's text
 * (reference.h).
 */
#include "rules_compare.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static rules_tally_t tally;
  bytes_t bytes = {data, size};
  rules_compare(&bytes, &tally);
  return 0;
}
