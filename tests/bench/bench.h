/*
 * bench.h - cases that are measured side by side: short samples of every case in turn, many rounds, medians.
 * A case's ratio to the case it is measured against is the median of the ratios of neighbouring samples, so
 * that what else the machine does falls on both alike.
 */
#ifndef SOCKWARDEN_BENCH_H
#define SOCKWARDEN_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define BENCH_PRINTF(format_at, values_at) __attribute__((format(gnu_printf, format_at, values_at)))
#else
#define BENCH_PRINTF(format_at, values_at) __attribute__((format(printf, format_at, values_at)))
#endif

typedef struct bench_options {
  int rounds;           /* samples of each case */
  double sample_us;     /* how long a sample shall take */
  const char *only;     /* this group; NULL: all */
  const char *one_case; /* only run this case, `count` times, for callgrind to count; NULL: measure */
  size_t count;
  bool smoke;           /* small sizes only */
  const char *platform; /* goes into the output */
} bench_options_t;

typedef void bench_run_t(void *context, size_t count);

/* Add a case: `run` does the thing `count` times. `against` is the name of an earlier case of the same group,
 * or NULL. All text is borrowed for the whole run. */
void bench_add(const char *group, const char *name, const char *against, bench_run_t *run, void *context);

/* Measure all cases added so far, print them, forget them. */
void bench_run(const bench_options_t *options);

/* Whether a group or case of that name is wanted at all: spares the preparation. */
bool bench_wanted(const bench_options_t *options, const char *group);

/* Print one figure measured by other means. ratio: 0 for none; against: NULL for none. */
void bench_print(const bench_options_t *options, const char *group, const char *name, double value,
                 const char *unit, const char *against, double ratio);

/* Text for a name, kept for the whole run. printf-like. */
const char *bench_name(const char *format, ...) BENCH_PRINTF(1, 2);

double bench_now(void); /* nanoseconds */
double bench_median(double *values, size_t count);

#endif
