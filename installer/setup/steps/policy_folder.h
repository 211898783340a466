/*
 * policy_folder.h - the policy folder of an installation, and the setting that names it.
 */
#ifndef SOCKWARDEN_INSTALLER_POLICY_FOLDER_H
#define SOCKWARDEN_INSTALLER_POLICY_FOLDER_H

#include "transaction.h"

/* The folder that will be used: what the command line says (UTF-8; may be NULL), else what is set, else ours.
 * False where the argument is no path: printed. */
bool policy_folder_choose(const install_paths_t *paths, const char *argument,
                          WCHAR folder[INSTALL_PATH_CHARS]);

/* Whether the setting PolicyDir has to be written to name that folder. */
bool policy_folder_setting_is_due(const install_paths_t *paths, const WCHAR *folder);

/* Makes the folder. An administrator's own folder that exists keeps its access list, with a warning where
 * others can write to it. False: printed. */
bool policy_folder_make(transaction_t *transaction, const WCHAR *folder);

/* Writes the setting where that is due; noted first. False: printed. */
bool policy_folder_write_setting(transaction_t *transaction, const WCHAR *folder);

#endif
