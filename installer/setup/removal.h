/*
 * removal.h - taking Sockwarden out: for an uninstallation, and for one that was interrupted.
 */
#ifndef SOCKWARDEN_INSTALLER_REMOVAL_H
#define SOCKWARDEN_INSTALLER_REMOVAL_H

#include "transaction.h"

/* Takes what the catalogs hold of ours and all else out, each of which may be done already. Returns the exit
 * status (setup.h), all printed. `purge`: policies, logs, snapshots and settings go too. */
int removal_run(transaction_t *transaction, bool purge);

/* The same once the catalogs hold nothing of ours any more. */
int removal_finish(transaction_t *transaction, bool purge);

/* Removes policies, logs, snapshots and settings. False where that fails: printed. */
bool removal_purge(const transaction_t *transaction);

#endif
