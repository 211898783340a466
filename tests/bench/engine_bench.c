/*
 * engine_bench: the policy engine's numbers, each beside what it is measured against. Prints a JSON object a
 * line; scripts/bench.sh makes a table of them.
 */
#include "engine_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policies.h"

static int usage(void)
{
  fputs("usage: engine_bench [--rounds N] [--sample MICROSECONDS] [--only GROUP] [--smoke]\n"
        "       engine_bench --case NAME --count N [--only GROUP]   run one case so often, for callgrind\n",
        stderr);
  return 2;
}

int main(int argc, char **argv)
{
#if defined(_WIN32)
  bench_options_t options = {.rounds = 41, .sample_us = 1000, .platform = "wine"};
#else
  bench_options_t options = {.rounds = 41, .sample_us = 1000, .platform = "native"};

#endif
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : NULL;

    if (strcmp(argv[i], "--smoke") == 0) {
      options.smoke = true;
      options.rounds = 3;
      options.sample_us = 20;
      continue;
    }
    if (value == NULL)
      return usage();
    if (strcmp(argv[i], "--rounds") == 0)
      options.rounds = atoi(value);
    else if (strcmp(argv[i], "--sample") == 0)
      options.sample_us = atof(value);
    else if (strcmp(argv[i], "--only") == 0)
      options.only = value;
    else if (strcmp(argv[i], "--case") == 0)
      options.one_case = value;
    else if (strcmp(argv[i], "--count") == 0)
      options.count = strtoul(value, NULL, 10);
    else
      return usage();
    i++;
  }
  if (options.rounds < 1)
    return usage();
  atexit(policies_remove_all);
  bench_rules(&options);
  bench_functions(&options);
  bench_by_hand(&options);
  if (options.one_case == NULL) {
    bench_load(&options);
    bench_threads(&options);
  }
  return 0;
}
