/*
 * memory_platform.h - scripting/platform/platform.h without an operating system: the policy folder lies in
 * memory and the clock stands still until it is told to go on. Linked in front of the engine, it takes the
 * place of platform_posix.c. The engine then decides on nothing but its input.
 */
#ifndef SOCKWARDEN_FUZZ_MEMORY_PLATFORM_H
#define SOCKWARDEN_FUZZ_MEMORY_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

typedef struct memory_file {
  const char *name;
  const void *bytes;
  size_t size;
} memory_file_t;

/* The files that every folder holds from now on. Borrowed. */
void memory_platform_files(const memory_file_t *files, size_t count);

/* Let time pass. */
void memory_platform_wait(uint32_t milliseconds);

#endif
