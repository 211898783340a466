/*
 * layer_install.h - everything in its place: folders, DLLs, registry, chains.
 */
#ifndef SOCKWARDEN_INSTALLER_LAYER_INSTALL_H
#define SOCKWARDEN_INSTALLER_LAYER_INSTALL_H

#include "transaction.h"

/* Makes the layer whole, inside a begun transaction, and verifies it from a new process. `policies`: the
 * policy folder. `mend`: first take out of other vendors' chains what does not exist. False: printed, and
 * half of it may be done: roll back. */
bool layer_install(transaction_t *transaction, const WCHAR *policies, bool mend);

#endif
