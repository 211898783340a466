#define _POSIX_C_SOURCE 200809L
#include "stopwatch.h"

#ifdef _WIN32
#include <windows.h>

double stopwatch_seconds(void)
{
  LARGE_INTEGER frequency, count;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&count);
  return (double)count.QuadPart / (double)frequency.QuadPart;
}
#else
#include <time.h>

double stopwatch_seconds(void)
{
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
#endif
