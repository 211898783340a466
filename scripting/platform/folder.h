/*
 * folder.h - the policy folder as it was at one moment: its files in byte order of their names, with their
 * text, kept in memory so that every Lua state of a policy set is loaded from the same words.
 */
#ifndef SOCKWARDEN_FOLDER_H
#define SOCKWARDEN_FOLDER_H

#include "folder_listing.h"
#include "memory.h"
#include "platform.h"
#include "policy.h"

/* A policy is text that people write; more is a mistake or an attack. */
enum { FOLDER_FILE_LIMIT = 4 * 1024 * 1024 };

typedef struct folder_file {
  char *name;
  char *text; /* NULL where it could not be read: `status` says why */
  size_t size;
  platform_status_t status;
  platform_distrust_t *distrust; /* NULL where only administrators could have written it */
} folder_file_t;

/* Shared by the sets built from it. */
typedef struct folder folder_t;

/* Read the folder (an empty path is an empty folder): its files as they were together at one moment, as far
 * as sizes and time stamps tell; a folder that changes while it is read is read again, a few times. NULL
 * where memory is short. The caller owns one reference. With POLICY_PROTECTION_REQUIRED, what is unprotected
 * is PLATFORM_UNPROTECTED and has no files, or no text. */
folder_t *folder_read(const char *path, policy_protection_t protection, const memory_t *memory);

/* As folder_read, for the tests in the folder instead of the policies. Whoever wrote them. */
folder_t *folder_read_tests(const char *path, const memory_t *memory);

folder_t *folder_share(folder_t *folder);
void folder_release(folder_t *folder);

platform_status_t folder_status(const folder_t *folder); /* whether it could be listed at all */

/* Why the folder itself is not trusted, or NULL. It is refused for that (folder_status), or loaded all the
 * same. */
const platform_distrust_t *folder_distrust(const folder_t *folder);

/* The folder and every file could be read: nothing may get better without their looking different from
 * outside. */
bool folder_readable(const folder_t *folder);

size_t folder_count(const folder_t *folder);
const folder_file_t *folder_file(const folder_t *folder, size_t index);

/* A hash over names and texts. */
uint64_t folder_hash(const folder_t *folder);

#endif
