/*
 * setup.h - the commands that change the machine, each as a transaction: a snapshot first, every further step
 * noted before it is taken, the result verified from a new process, and everything put back where any step
 * fails.
 *
 * All print what they do on stdout and what went wrong on stderr, and return the command's exit status. One
 * thread; other processes that run one of these are waited for.
 */
#ifndef SOCKWARDEN_INSTALLER_SETUP_H
#define SOCKWARDEN_INSTALLER_SETUP_H

#include <stdbool.h>

enum {
  SETUP_DONE = 0,   /* done, or nothing was to be done */
  SETUP_FAILED = 1, /* not done, and nothing is changed unless the text says otherwise */
  SETUP_RESTART =
      3010 /* done; something goes only at the next start of Windows (ERROR_SUCCESS_REBOOT_REQUIRED) */
};

/* `policies`: the policy folder (UTF-8); NULL: the folder that is set, or ours. Installed already: says so,
 * does nothing. `dry_run`: prints what would be done, does nothing. */
int setup_install(const char *policies, bool dry_run);

/* Not installed: says so, does nothing. `purge`: policies, logs, snapshots and settings go too. */
int setup_uninstall(bool purge);

/* Finishes or undoes what was interrupted, repairs chains, makes the layer whole where it is to be. */
int setup_repair(void);

/* Brings the catalogs back to a snapshot: a file, or a name in our own folder (UTF-8). */
int setup_restore(const char *snapshot);

/* The program at that path, a file (UTF-8), loads no layer without the category SYSTEM from its next start
 * on. */
int setup_exclude(const char *program);

#endif
