/*
 * setup.h - installing, removing and repairing, each as a transaction: a snapshot first, the catalogs changed
 * step by step, the result verified from a fresh process, and everything put back where any step fails.
 *
 * All tell what they do on stdout and what went wrong on stderr, and return the command's exit status: 0
 * done, 1 not done (and nothing changed, unless the text says otherwise), SETUP_RESTART done, but something
 * goes away only at the next start of Windows.
 */
#ifndef SOCKWARDEN_INSTALLER_SETUP_H
#define SOCKWARDEN_INSTALLER_SETUP_H

#include <stdbool.h>

#include "journal.h"
#include "install_paths.h"

enum { SETUP_DONE = 0, SETUP_FAILED = 1, SETUP_RESTART = 3010 /* ERROR_SUCCESS_REBOOT_REQUIRED */ };

/* `policies` NULL: the folder that is set, or ours. Installed already: says so, does nothing. */
int setup_install(const char *policies, bool dry_run);

/* Not installed: says so, does nothing. `purge`: policies, logs, snapshots and settings go too. */
int setup_uninstall(bool purge);

/* Finishes or undoes what was interrupted, mends chains, makes the layer whole where it is to be; or, with a
 * snapshot's name or path, goes back to it. */
int setup_repair(const char *snapshot);

/* The program at that path, a file, loads no layer without the category SYSTEM from its next start on. */
int setup_exclude(const char *program);

/* Which processes do not load us: on stdout. */
void setup_tell_left_out(void);

#endif
