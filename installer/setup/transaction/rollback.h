/*
 * rollback.h - undoing what an installation or repair noted.
 */
#ifndef SOCKWARDEN_INSTALLER_ROLLBACK_H
#define SOCKWARDEN_INSTALLER_ROLLBACK_H

#include "transaction.h"

/* Undoes what the journal says: catalogs first, files last. False where something could not be undone,
 * printed: the journal then stays, for repair. */
bool rollback_run(transaction_t *transaction);

/* Deletes the copies of DLLs that were kept for a rollback. */
void rollback_discard_backups(const transaction_t *transaction);

/* Prints that the command has `not_done` ("not installed") what it was to do, and whether all is as it was.
 */
void rollback_print(const char *not_done, bool undone);

#endif
