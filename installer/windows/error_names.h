/*
 * error_names.h - Windows' and Winsock's errors by their names, and what an administrator can do about each.
 */
#ifndef SOCKWARDEN_INSTALLER_ERROR_NAMES_H
#define SOCKWARDEN_INSTALLER_ERROR_NAMES_H

/* "WSANO_RECOVERY"; "error" for one that has no name here. Static text. */
const char *error_name(int error);

/* A sentence. Static text. */
const char *error_advice(int error);

/* "CALL failed: WSANO_RECOVERY (11003). What to do." on stderr. */
void error_tell(const char *call, int error);

#endif
