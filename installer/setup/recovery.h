/*
 * recovery.h - ending what a killed process left.
 */
#ifndef SOCKWARDEN_INSTALLER_RECOVERY_H
#define SOCKWARDEN_INSTALLER_RECOVERY_H

#include "transaction.h"

/* An installation or repair is undone, a removal finished, as the journal says; without either, nothing.
 * False where that fails: printed. */
bool recovery_run(transaction_t *transaction);

#endif
