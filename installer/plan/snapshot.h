/*
 * snapshot.h - both catalogs as text: what repair goes back to. Every byte of every entry is in it, people
 * can read which entries they are, and a checksum tells a file that was cut short from a whole one.
 */
#ifndef SOCKWARDEN_INSTALLER_SNAPSHOT_H
#define SOCKWARDEN_INSTALLER_SNAPSHOT_H

#include "catalog_model.h"

/* The text, which the caller frees with free(); NULL where memory is short. */
char *snapshot_write(const catalogs_t *catalogs);

/* False where the text is no whole snapshot, or memory is short; *catalogs is then empty. */
bool snapshot_read(const char *text, catalogs_t *catalogs);

#endif
