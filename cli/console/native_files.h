/*
 * native_files.h - files and folders named in UTF-8 on every platform. All leave errno set where they fail.
 */
#ifndef SOCKWARDEN_CLI_NATIVE_FILES_H
#define SOCKWARDEN_CLI_NATIVE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Read a file, as fopen "rb"; the caller closes it. */
FILE *native_files_open(const char *path);

/* Write a new file, as fopen "wx": never over one that exists. The caller closes it. */
FILE *native_files_create(const char *path);

/* As mkdir and remove: 0 or -1. */
int native_files_make_folder(const char *path);
int native_files_delete(const char *path);

/* A whole file as text with a zero behind it, which the caller frees. NULL where it cannot be read, is larger
 * than `limit` bytes (EFBIG), or memory is short. */
char *native_files_read(const char *path, size_t limit);

/* Called for each file of a folder, in no order; folders in it are left out. The name is borrowed for the
 * call. False where memory is short (ENOMEM): that ends the listing. */
typedef bool native_files_visit_fn(void *context, const char *name);

/* List a folder. False where it could not be read to its end. */
bool native_files_list(const char *folder, native_files_visit_fn *visit, void *context);

#endif
