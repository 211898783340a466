/*
 * snapshot_file.h - snapshots of the catalogs as files in ProgramData\Sockwarden\snapshots.
 */
#ifndef SOCKWARDEN_INSTALLER_SNAPSHOT_FILE_H
#define SOCKWARDEN_INSTALLER_SNAPSHOT_FILE_H

#include "install_paths.h"
#include "machine_catalogs.h"

/* A name for one that is taken now: 20260131-235959-123.snapshot (UTC). */
enum { SNAPSHOT_FILE_NAME = 64 };
void snapshot_file_name(char name[SNAPSHOT_FILE_NAME]);

/* The path of the one of that name; one that cannot exist where the name is none. */
void snapshot_file_path(const install_paths_t *paths, const char *name, WCHAR path[INSTALL_PATH_CHARS]);

/* Writes the catalogs and reads them back. 0 or the error. */
DWORD snapshot_file_save(const WCHAR *path, const machine_catalogs_t *catalogs);

/* Reads a whole snapshot; the caller frees it. 0, ERROR_FILE_NOT_FOUND where it cannot be read,
 * ERROR_INVALID_DATA where it is none or not whole; *catalogs is empty then. */
DWORD snapshot_file_read(const WCHAR *path, machine_catalogs_t *catalogs);

#endif
