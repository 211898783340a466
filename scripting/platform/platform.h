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
  PLATFORM_UNPROTECTED,     /* writable by non-administrators */
  PLATFORM_NO_ACCESS_LISTS, /* its volume has none: who can write it is unknown */
  PLATFORM_FAILED
} platform_status_t;

/* In words, for messages. Static text. */
const char *platform_status_text(platform_status_t status);

typedef struct platform_entry {
  const char *name;
  uint64_t size;
  uint64_t modified; /* same clock as platform_file_clock */
} platform_entry_t;

/* Visit the regular files of a folder, in no order. The visitor returns false to stop (which is
 * PLATFORM_NO_MEMORY). */
platform_status_t platform_list_folder(const char *path,
                                       bool (*visit)(void *context, const platform_entry_t *entry),
                                       void *context);

/* Why a file or folder is not trusted, and what fixes it; "" where that is unknown. */
typedef struct platform_distrust {
  char what[640];
  char advice[2048];
} platform_distrust_t;

/*
 * Whether only administrators can change what is in the folder or put another folder in its place
 * (trust_path.h). PLATFORM_OK, PLATFORM_NO_ACCESS_LISTS, or how it failed; with PLATFORM_UNPROTECTED
 * *distrust is filled in. On POSIX always PLATFORM_OK: there the command line reads what its user points it
 * to.
 */
platform_status_t platform_judge_folder(const char *path, platform_distrust_t *distrust);

/*
 * Read a whole file of at most `limit` bytes into a block of *memory that the caller frees; a zero follows
 * the text. Where `distrust` is not NULL, the opened file is judged too: it may then be PLATFORM_UNPROTECTED,
 * the text being there all the same.
 */
platform_status_t platform_read_file(const char *folder, const char *name, size_t limit,
                                     const memory_t *memory, char **text, size_t *size,
                                     platform_distrust_t *distrust);

/* A clock in milliseconds that never goes back but wraps: compare differences. No system call. */
uint32_t platform_milliseconds(void);

/* The clock that stamps files, in units of PLATFORM_FILE_SECOND to the second. */
#define PLATFORM_FILE_SECOND UINT64_C(10000000)
uint64_t platform_file_clock(void);

/* A number that differs from thread to thread, also in its lowest bits. */
uint32_t platform_thread(void);

#endif
