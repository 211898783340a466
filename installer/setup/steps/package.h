/*
 * package.h - the DLLs that are installed: one for each catalog, from the folder of this program.
 */
#ifndef SOCKWARDEN_INSTALLER_PACKAGE_H
#define SOCKWARDEN_INSTALLER_PACKAGE_H

#include "transaction.h"

/* How many there are: as many as catalogs. */
size_t package_views(void);

/* Whether the package is whole: each DLL there and for its processor. A DLL that is not beside this program
 * but already where it goes counts as well, so that an MSI may put it there; paths->source follows. False:
 * printed. */
bool package_check(install_paths_t *paths);

/* Whether a DLL for each processor can be had, from the package or from where it goes; paths->source follows.
 */
bool package_find(install_paths_t *paths);

/* Whether that view's DLL has to be copied. */
bool package_dll_is_due(const install_paths_t *paths, size_t view);

/* Copies that view's DLL where it goes, if that is due; noted first, with a backup of what was there. False:
 * printed. */
bool package_place_dll(transaction_t *transaction, size_t view);

#endif
