#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "bench.h"

#include <stdarg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <windows.h>
#else
#include <time.h>
#endif

enum { MOST_CASES = 64, MOST_ROUNDS = 400 };

typedef struct bench_case {
  const char *group, *name;
  int against; /* index, or -1 */
  bench_run_t *run;
  void *context;
  size_t count; /* a sample */
  double samples[MOST_ROUNDS];
} bench_case_t;

static bench_case_t cases[MOST_CASES];
static int case_count;

double bench_now(void)
{
#if defined(_WIN32)
  static LARGE_INTEGER frequency;
  LARGE_INTEGER now;
  if (!frequency.QuadPart)
    QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&now);
  return (double)now.QuadPart * 1e9 / (double)frequency.QuadPart;
#else
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
#endif
}

static int by_value(const void *a, const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

double bench_median(double *values, size_t count)
{
  qsort(values, count, sizeof *values, by_value);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

const char *bench_name(const char *format, ...)
{
  typedef struct kept {
    struct kept *next;
    char text[256];
  } kept_t;
  static kept_t *names; /* until the program ends */
  kept_t *kept = malloc(sizeof *kept);

  if (kept == NULL)
    abort();
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(kept->text, sizeof kept->text, format, arguments);
  va_end(arguments);
  kept->next = names;
  names = kept;
  return kept->text;
}

void bench_add(const char *group, const char *name, const char *against, bench_run_t *run, void *context)
{
  if (case_count == MOST_CASES)
    abort();
  bench_case_t *added = &cases[case_count];
  *added = (bench_case_t){.group = group, .name = name, .against = -1, .run = run, .context = context};
  for (int i = 0; against != NULL && i < case_count; i++)
    if (strcmp(cases[i].name, against) == 0)
      added->against = i;
  if (against != NULL && added->against < 0)
    abort();
  case_count++;
}

bool bench_wanted(const bench_options_t *options, const char *group)
{
  return options->only == NULL || strcmp(group, options->only) == 0;
}

void bench_print(const bench_options_t *options, const char *group, const char *name, double value,
                 const char *unit, const char *against, double ratio)
{
  printf("{\"platform\":\"%s\",\"group\":\"%s\",\"name\":\"%s\",\"value\":%.6g,\"unit\":\"%s\"",
         options->platform, group, name, value, unit);
  if (against != NULL)
    printf(",\"against\":\"%s\"", against);
  if (ratio > 0 &&
      isfinite(ratio)) /* on a busy machine a short sample may have taken no time, or done nothing */
    printf(",\"ratio\":%.4f", ratio);
  puts("}");
  fflush(stdout);
}

/* A function of its own, which callgrind is told to count in (--toggle-collect). */
void bench_measured(bench_run_t *run, void *context, size_t count);
__attribute__((noinline)) void bench_measured(bench_run_t *run, void *context, size_t count)
{
  run(context, count);
  __asm__ volatile("" ::: "memory"); /* no tail call: the function must be left after the run */
}

static double sample(bench_case_t *measured, size_t count)
{
  double start = bench_now();

  measured->run(measured->context, count);
  return (bench_now() - start) / (double)count;
}

/* How often fits into a sample. The first runs load policies, and fill what is filled when first needed. */
static void calibrate(bench_case_t *measured, double sample_us)
{
  measured->run(measured->context, 20);
  measured->count = 1;
  for (;;) {
    double each = sample(measured, measured->count);
    double fits = sample_us * 1000 / (each > 0.01 ? each : 0.01);

    if ((double)measured->count >= fits / 2 || measured->count > ((size_t)1 << 30)) {
      measured->count = fits >= 1 ? (size_t)fits : 1;
      return;
    }
    measured->count *= 2;
  }
}

static void print_cases(const bench_options_t *options, int rounds)
{
  static double ratios[MOST_ROUNDS], sorted[MOST_ROUNDS];

  for (int i = 0; i < case_count; i++) {
    const bench_case_t *measured = &cases[i];
    const bench_case_t *other = measured->against < 0 ? NULL : &cases[measured->against];
    double ratio = 0;

    memcpy(sorted, measured->samples, (size_t)rounds * sizeof *sorted);
    for (int round = 0; other != NULL && round < rounds; round++)
      ratios[round] = measured->samples[round] / other->samples[round];
    if (other != NULL)
      ratio = bench_median(ratios, (size_t)rounds);
    bench_print(options, measured->group, measured->name, bench_median(sorted, (size_t)rounds), "ns",
                other != NULL ? other->name : NULL, ratio);
  }
}

void bench_run(const bench_options_t *options)
{
  int rounds = options->rounds < MOST_ROUNDS ? options->rounds : MOST_ROUNDS;

  for (int i = 0; i < case_count && options->one_case != NULL; i++)
    if (strcmp(cases[i].name, options->one_case) == 0) {
      cases[i].run(cases[i].context, 100);
      bench_measured(cases[i].run, cases[i].context, options->count);
    }
  if (options->one_case == NULL) {
    for (int i = 0; i < case_count; i++)
      calibrate(&cases[i], options->sample_us);
    for (int round = 0; round < rounds; round++)
      for (int i = 0; i < case_count; i++) { /* to and fro: who comes after whom makes a difference */
        bench_case_t *next = &cases[round % 2 ? case_count - 1 - i : i];

        next->samples[round] = sample(next, next->count);
      }
    print_cases(options, rounds);
  }
  case_count = 0;
}
