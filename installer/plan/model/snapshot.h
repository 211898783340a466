/*
 * snapshot.h - a machine's catalogs as text: what repair goes back to. Every byte of every entry is in it,
 * people can read which entries they are, and a checksum tells a file that was cut short from a whole one.
 * Any thread.
 */
#ifndef SOCKWARDEN_INSTALLER_SNAPSHOT_H
#define SOCKWARDEN_INSTALLER_SNAPSHOT_H

#include "machine_catalogs.h"

/* The text, which the caller frees with free(); NULL where memory is short. */
char *snapshot_write(const machine_catalogs_t *catalogs);

/* Makes *catalogs, which the caller frees, from the text. False where it is no whole snapshot, or memory is
 * short; *catalogs is then empty. Whether DLLs are missing is not in it: dll_missing is false. */
bool snapshot_read(const char *text, machine_catalogs_t *catalogs);

#endif
