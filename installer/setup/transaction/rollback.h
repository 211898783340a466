/*
 * rollback.h - undoing what an installation or repair noted.
 */
#ifndef SOCKWARDEN_INSTALLER_ROLLBACK_H
#define SOCKWARDEN_INSTALLER_ROLLBACK_H

#include "transaction.h"

/* Undoes what the journal says: catalogs first, files last. False where something could not be undone,
 * printed: the journal then stays, for repair. */
bool rollback_run(transaction_t *transaction);

/* Brings the setting PolicyDir back to what the journal says it was; with `earlier`, to what it was before
 * the first of our installations. False where that fails: printed. */
bool rollback_policy_dir(const transaction_t *transaction, bool earlier);

/* Removes the folders that were made for policies and logs, if they are empty; `earlier` as above. */
void rollback_folders(const transaction_t *transaction, bool earlier);

/* Deletes the copies of DLLs that were kept for a rollback. */
void rollback_discard_backups(const transaction_t *transaction);

/* Prints that the command has `not_done` ("not installed") what it was to do, and whether all is as it was.
 */
void rollback_print(const char *not_done, bool undone);

#endif
