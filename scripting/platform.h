/*
 * platform.h - the engine's only calls of the operating system: platform_posix.c and platform_win32.c.
 * All are thread safe. Paths and names are UTF-8.
 */
#ifndef SOCKWARDEN_PLATFORM_H
#define SOCKWARDEN_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

typedef enum platform_status {
  PLATFORM_OK,
  PLATFORM_NOT_FOUND,
  PLATFORM_NOT_A_FOLDER,
  PLATFORM_DENIED,
  PLATFORM_TOO_LARGE,
  PLATFORM_NO_MEMORY,
  PLATFORM_FAILED
} platform_status_t;

/* In words, for messages. Static text. */
const char *platform_status_text(platform_status_t status);

typedef struct platform_entry {
  const char *name;
  uint64_t size;
  uint64_t modified; /* same clock as platform_file_clock */
} platform_entry_t;

/* Visit the regular files of a folder, in no order. The visitor returns false to stop (which is PLATFORM_NO_MEMORY). */
platform_status_t platform_list_folder(const char *path, bool (*visit)(void *context, const platform_entry_t *entry),
                                       void *context);

/* Read a whole file of at most `limit` bytes into a block of *memory that the caller frees; a zero follows the text. */
platform_status_t platform_read_file(const char *folder, const char *name, size_t limit, const memory_t *memory,
                                     char **text, size_t *size);

/* A clock in milliseconds that never goes back but wraps: compare differences. No system call. */
uint32_t platform_milliseconds(void);

/* The clock that stamps files, in units of PLATFORM_FILE_SECOND to the second. */
#define PLATFORM_FILE_SECOND UINT64_C(10000000)
uint64_t platform_file_clock(void);

/* A number that tells threads apart, small differences included. */
uint32_t platform_thread(void);

#endif
